"""The allowlist every piece of rendered HTML passes."""

from __future__ import annotations

import re

import nh3

_ATTRIBUTES = {
    "a": {"href", "title", "rel", "id", "class", "aria-label"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "li": {"id"},
    "th": {"class"},
    "td": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "section": {"class", "aria-label"},
    "sup": {"class"},
    "code": {"class"},
    **{f"h{level}": {"id"} for level in range(2, 7)},
}
_TAGS = set(_ATTRIBUTES) | {
    "p", "br", "hr", "em", "strong", "pre", "blockquote", "ul", "dl", "dt", "dd",
    "table", "thead", "tbody", "tr",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto"}
# An id or class of the author's own could imitate parts of the platform; these are those we make ourselves.
_OUR_IDS = re.compile(r"abschnitt-[\w-]+|fn(ref)?-[\w-]+")
_OUR_CLASSES = re.compile(r"tabelle|links|rechts|mittig|fussnote|fussnoten|rueckverweis|language-[\w-]+")


def _kept(_tag: str, attribute: str, value: str) -> str | None:
    ours = {"id": _OUR_IDS, "class": _OUR_CLASSES}.get(attribute)
    return value if ours is None or ours.fullmatch(value) else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    link_rel=None,
    attribute_filter=_kept,
)


def sanitised(html: str) -> str:
    """`html` with nothing in it but allowed elements, attributes and addresses."""
    return _CLEANER.clean(html)
