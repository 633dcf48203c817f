"""What the commands share."""

from __future__ import annotations

import argparse
import sys

from flask import Flask

from app import create_app, settings
from app.database import migrate

Given = argparse.Namespace


def ready_app() -> Flask:
    """The application with a database that is up to date."""
    values = settings.load()
    app = create_app(values)
    migrate(app, values.data / "sicherungen")
    return app


def stop(sentence: str) -> int:
    """Say why it could not be run; the exit status for that."""
    print(sentence, file=sys.stderr)
    return 2
