"""One JSON line a request: what was asked, how it went, how long it took. Never what anybody wrote."""

from __future__ import annotations

import json
import logging
import re
import sys
import time
import traceback
from typing import Any

from flask import Flask, Response, g, request

from app import clock

access = logging.getLogger("feldweg.access")
_SECRET_IN_PATH = re.compile(r"^/(mein|beitreten|anwesend|pruefen|kalender)/[^/]+")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": clock.now().isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= getattr(record, "request", {})
        if record.exc_info and record.exc_info[0]:
            # Only where it happened, not the values: a value could be somebody's text.
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ][-12:]
        return json.dumps(line, ensure_ascii=False)


def to_stderr() -> None:
    """Send Feldweg's log lines to standard error; to a person's terminal only what is wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("feldweg")
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.WARNING if sys.stderr.isatty() else logging.INFO)


def _begin() -> None:
    g.began = time.perf_counter()


def _end(response: Response) -> Response:
    if request.endpoint in ("assets.static", "web.health"):
        return response
    milliseconds = round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1)
    path = _SECRET_IN_PATH.sub(r"/\1/…", request.path)
    facts = {"method": request.method, "path": path, "status": response.status_code, "ms": milliseconds}
    access.info("request", extra={"request": facts})
    return response


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)
