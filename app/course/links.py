"""Where a link or a picture may point, and the address it gets on a page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from app.course.findings import Target

HEADING_PREFIX = "abschnitt-"

# Pages lie at /kurs/<id>/seite/<module>/<page> and cases at /kurs/<id>/fall/lesen/<slug>. From both, this
# leads back to /kurs/<id>/, so the rendered text need not know the cohort it is read in.
FROM_PAGE = "../../"
# The glossary lies directly at /kurs/<id>/glossar.
FROM_GLOSSARY = ""

_OWN = {
    "seite": (Target.PAGE, "seite/"),
    "fall": (Target.CASE, "fall/lesen/"),
    "glossar": (Target.TERM, "glossar#"),
    "literatur": (Target.REFERENCE, "literatur#"),
}
_EXTERNAL = ("https", "http", "mailto")


@dataclass(frozen=True, slots=True)
class Link:
    """A link's address as HTML needs it; `use` names what must exist in the course for it to work."""

    address: str
    external: bool = False
    use: tuple[Target, str] | None = None
    anchor: str = ""


def link(target: str, base: str = FROM_PAGE, block_ids: frozenset[str] = frozenset()) -> Link | None:
    """What the link target written by an author means, or None if it is of no kind we allow.

    Markdown has percent-encoded the target already; names of our own are decoded again to be looked up.
    `base` leads from the page to the cohort's root. `#name` means the block of that id or else the heading.
    """
    if target.startswith("#"):
        name = unquote(target[1:]).removeprefix(HEADING_PREFIX)
        anchor = name if name in block_ids else HEADING_PREFIX + name
        return Link("#" + anchor, anchor=anchor)
    scheme, colon, rest = target.partition(":")
    scheme = scheme.lower()
    if not colon or not rest:
        return None
    if scheme in _EXTERNAL and rest.startswith("//") == (scheme != "mailto"):
        return Link(scheme + ":" + rest, external=scheme != "mailto")
    name = unquote(rest)
    if scheme in _OWN and ".." not in name:
        kind, path = _OWN[scheme]
        return Link(base + path + rest, use=(kind, name))
    return None


def picture(target: str, base: str = FROM_PAGE) -> Link | None:
    """What a picture's target means; only the course's own media are allowed."""
    scheme, _, rest = target.partition(":")
    name = unquote(rest)
    if scheme != "medien" or not name or ".." in name:
        return None
    return Link(base + "medien/" + rest, use=(Target.MEDIA, name))
