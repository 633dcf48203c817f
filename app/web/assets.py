"""Style sheets and scripts: read once, sent zipped, kept by browsers for ever under an address with their hash."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, url_for

from app.web.gate import public

bp = Blueprint("assets", __name__)
STATIC = Path(__file__).parent / "static"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "no-cache"


@dataclass(frozen=True, slots=True)
class Asset:
    data: bytes
    zipped: bytes
    kind: str
    fingerprint: str


@lru_cache(maxsize=100)
def asset(path: str) -> Asset:
    """The file under static/ with this path. Raises FileNotFoundError, also for what lies outside."""
    file = (STATIC / path).resolve()
    if not file.is_relative_to(STATIC.resolve()) or not file.is_file():
        raise FileNotFoundError(path)
    data = file.read_bytes()
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    return Asset(data, gzip.compress(data, 9, mtime=0), kind, hashlib.sha256(data).hexdigest()[:10])


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
