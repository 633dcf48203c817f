"""Whether a picture is what its name says, and holds nothing that could run."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

_BEGINNINGS = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".jpeg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
    ".svg": re.compile(rb"(?:.{0,4000}?)<svg[\s>]", re.DOTALL),
}
# Drawing programs write none of this into a plain picture.
_ACTIVE_SVG = re.compile(
    rb"<script|<foreignobject|<iframe|<!entity|<!doctype[^>]*\[|javascript:|[\s\"'/]on[a-z]+\s*=",
    re.IGNORECASE,
)
_REMOTE_SVG = re.compile(rb"(?:(?:href|src)\s*=\s*[\"']|url\(\s*[\"']?)\s*(?:https?:)?//", re.IGNORECASE)


def media_problem(path: str, content: bytes) -> str:
    """The code of what is wrong with a file under media/, or ""."""
    suffix = PurePosixPath(path).suffix.lower()
    if not path.startswith("media/") or suffix not in _BEGINNINGS:
        return ""
    if not _BEGINNINGS[suffix].match(content):
        return "media_wrong_kind"
    if suffix != ".svg":
        return ""
    if _ACTIVE_SVG.search(content):
        return "svg_active"
    return "svg_remote" if _REMOTE_SVG.search(content) else ""
