"""Links and pictures that Markdown did not recognise: readers would see their brackets."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

from app.course.findings import Findings

_OWN = "medien|seite|fall|glossar|literatur"
# After `](` or after a bracket alone: a target of ours, or any target right behind `](`, or a picture's `![…](`.
_LEFT_OVER = re.compile(
    rf"(?:\]\(|!\[[^\]]{{0,300}}\][ \t]?\(|(?:\][ \t])?\((?=(?:{_OWN}):\S))"
    rf"(?P<target>(?:(?:{_OWN}|https?|mailto):|#)?[^()]*)(?P<closed>\)?)"
)
_BEGINS_LIKE_A_TARGET = re.compile(rf"(?:{_OWN}|https?|mailto):|#")
_PLAIN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_SPELT_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def note_raw_links(text: str, line: int, findings: Findings) -> None:
    """Notes every link or picture that stayed text in `text`."""
    for found in _LEFT_OVER.finditer(text):
        target, is_picture = found["target"].strip(), found[0].startswith("!")
        if not (is_picture or _BEGINS_LIKE_A_TARGET.match(target)):
            continue
        directly = "](" in found[0]
        if not (found["closed"] and directly and re.search(r"\s", target)):
            findings.error("link_as_text", line, text=found[0].strip()[:60])
        elif target.startswith("medien:") or not _BEGINS_LIKE_A_TARGET.match(target):
            name = target.removeprefix("medien:").strip()
            findings.error("picture_blank", line, target=name[:60], better=plain_name(name))
        else:
            findings.error("link_blank", line, target=target[:60])


def plain_name(name: str) -> str:
    """A file name of small letters, digits and hyphens that looks like `name`."""
    path = PurePosixPath(name.lower().translate(_SPELT_OUT))
    ascii_only = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode("ascii")
    stem = re.sub(r"[^a-z0-9_.]+", "-", ascii_only).strip("-.") or "bild"
    return stem + path.suffix


def is_plain_name(name: str) -> bool:
    return _PLAIN_NAME.fullmatch(name) is not None
