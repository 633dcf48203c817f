"""Style sheets and scripts: read once, sent zipped, kept by browsers for ever under an address with their hash.

Several of them can be had as one: css/feldweg+reader.css is both, one after the other, so that a page needs few requests.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

from app.web.gate import public

bp = Blueprint("assets", __name__)
STATIC = Path(__file__).parent / "static"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"
MOST_TOGETHER = 12
# Whole lines of a script that are for its readers; they would be a fifth of what phones load.
_COMMENT_LINES = re.compile(rb"^[ \t]*//[^\n]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asset:
    data: bytes
    zipped: bytes
    kind: str
    fingerprint: str


@lru_cache(maxsize=100)
def asset(path: str) -> Asset:
    """The file under static/ with this path. Raises FileNotFoundError, also for what lies outside."""
    folder, _, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    names = stem.split("+")
    if len(names) > MOST_TOGETHER or len(names) != len(set(names)):
        raise FileNotFoundError(path)
    files = [_read(f"{folder}/{each}{dot}{ending}") for each in names]
    data = files[0] if len(files) == 1 else b"\n".join(_apart(each, ending) for each in files)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return Asset(data, gzip.compress(data, 9, mtime=0), kind, hashlib.sha256(data).hexdigest()[:10])


def bundled(paths: Iterable[str]) -> list[str]:
    """The same files with as few addresses as possible: one for the style sheets, one for the scripts."""
    found: dict[tuple[str, str], list[str]] = {}
    for path in dict.fromkeys(paths):
        folder, _, name = path.rpartition("/")
        stem, _, ending = name.rpartition(".")
        found.setdefault((folder, ending), []).append(stem)
    return [f"{folder}/{'+'.join(stems)}.{ending}" for (folder, ending), stems in found.items()]


def _read(path: str) -> bytes:
    file = (STATIC / path).resolve()
    if not file.is_relative_to(STATIC.resolve()) or not file.is_file():
        raise FileNotFoundError(path)
    data = file.read_bytes()
    return _COMMENT_LINES.sub(b"", data) if file.suffix == ".js" else data


def _apart(data: bytes, ending: str) -> bytes:
    """A script that hands nothing out keeps its names to itself, so that two of them can stand in one file."""
    if ending != "js" or b"\nexport " in data:
        return data
    return b"{\n" + data + b"\n}"


def static_url(path: str) -> str:
    """The address of a static file; changes when the file does."""
    return url_for("assets.static", path=path, v=asset(path).fingerprint)


@bp.get("/static/<path:path>")
@public
def static(path: str) -> Response:
    try:
        found = asset(path)
    except FileNotFoundError:
        abort(404)
    zipped = request.accept_encodings["gzip"] > 0
    response = Response(found.zipped if zipped else found.data, mimetype=found.kind)
    if zipped:
        response.headers["Content-Encoding"] = "gzip"
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = (
        _FOR_EVER if request.args.get("v") == found.fingerprint else _ASK_AGAIN
    )
    response.set_etag(found.fingerprint + ("-z" if zipped else ""))
    response.make_conditional(request)
    return response
