"""Backups."""

from __future__ import annotations

from app import archive, settings
from app.commands.common import Given
from app.database import serving_alone


def backup(given: Given) -> int:
    """Save the database and the keys into one file."""
    values = settings.load()
    return archive.backup(values, given.file)


def restore(given: Given) -> int:
    """Put a backup back in place of what is there; what was there is kept beside it."""
    values = settings.load()
    with serving_alone(values.data):
        return archive.restore(values, given.file)
