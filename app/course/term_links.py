"""Links the first use of each glossary term on a page, in any inflection, to its explanation below the text.

The explanation stands on the page as a footnote, so it is there without a script; terms.js opens it beside the text.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from app.course.german_words import Word, stem, words_in
from app.course.model import Page, Prose, Term

P = TypeVar("P", bound=Page)

ANCHOR = "begriff-"
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^<>"]|"[^"]*")*)>')
_NOT_IN = frozenset({"a", "h2", "h3", "h4", "h5", "h6", "code", "pre", "sup", "th", "dt"})
_EXPLICIT = re.compile(r'<a href="\.\./\.\./glossar#([a-z0-9-]+)">')
_BRACKET = re.compile(r"\(([^()]*)\)")
_SHORT_FORM = re.compile(r"[A-ZÄÖÜ][A-Za-zÄÖÜäöü]*[A-ZÄÖÜ]")


@dataclass(frozen=True, slots=True)
class _Name:
    """One way to write a term: the stems of its words, and whether its first letter is a capital one."""

    slug: str
    stems: tuple[str, ...]
    capital: bool
    exact: str = ""


class Terms:
    """The names of all terms, ready to be looked for."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_first: dict[str, list[_Name]] = {}
        for name in (name for term in terms for name in _names(term)):
            self._by_first.setdefault(name.stems[0], []).append(name)
        for names in self._by_first.values():
            names.sort(key=lambda name: -len(name.stems))

    def at(self, words: Sequence[Word], index: int, text: str) -> tuple[str, int] | None:
        """The slug of the term that begins with this word, and how many words it has; the longest one wins."""
        for name in self._by_first.get(words[index].stem, ()):
            found = words[index : index + len(name.stems)]
            if tuple(word.stem for word in found) == name.stems and _fits(name, found, text):
                return name.slug, len(found)
        return None


def _names(term: Term) -> Iterable[_Name]:
    """A term as it is used: without brackets, the short form in them, and each side of a slash."""
    bare = _BRACKET.sub("", term.term)
    for written in bare.split(" / "):
        words = list(words_in(written))
        if words:
            yield _Name(term.slug, tuple(word.stem for word in words), words[0].text[0].isupper())
    for inner in _BRACKET.findall(term.term):
        if _SHORT_FORM.fullmatch(inner.strip()):
            yield _Name(term.slug, (stem(inner.strip()),), True, exact=inner.strip())


def _fits(name: _Name, found: Sequence[Word], text: str) -> bool:
    """Nouns are written with a capital letter, short forms exactly; between the words stand only blanks."""
    if name.exact:
        return found[0].text == name.exact
    if name.capital and not found[0].text[0].isupper():
        return False
    return all(not text[one.end : two.start].strip() for one, two in itertools.pairwise(found))


def with_terms(page: P, terms: Terms) -> P:
    """The page with its terms linked; `terms` of the result says which, in the order of their use."""
    met: list[str] = []
    parts = tuple(
        Prose(_linked(part.html, terms, met)) if isinstance(part, Prose) else part for part in page.parts
    )
    return replace(page, parts=parts, terms=tuple(met))


def _linked(html: str, terms: Terms, met: list[str]) -> str:
    html = _EXPLICIT.sub(lambda found: _explicit(found, met), html)
    result: list[str] = []
    inside, place = 0, 0
    for tag in _TAG.finditer(html):
        text = html[place : tag.start()]
        result += [text if inside else _with_links(text, terms, met), tag[0]]
        if tag[2] in _NOT_IN:
            inside += -1 if tag[1] else 1
        place = tag.end()
    return "".join([*result, _with_links(html[place:], terms, met)])


def _explicit(found: re.Match[str], met: list[str]) -> str:
    """What the author linked: the first time to the explanation on this page, later to the glossary."""
    if found[1] in met:
        return found[0]
    met.append(found[1])
    return _opening(found[1])


def _with_links(text: str, terms: Terms, met: list[str]) -> str:
    words = list(words_in(text))
    result: list[str] = []
    place = index = 0
    while index < len(words):
        found = terms.at(words, index, text)
        count = found[1] if found else 1
        if found and found[0] not in met:
            start, end = words[index].start, words[index + count - 1].end
            met.append(found[0])
            result += [text[place:start], _opening(found[0]), text[start:end], "</a>"]
            place = end
        index += count
    return "".join([*result, text[place:]])


def _opening(slug: str) -> str:
    return f'<a class="begriff" href="#{ANCHOR}{slug}">'
