"""Search in a course: pages, cases and glossary, by the stems of German words. Works the same on every database.

A word is found in its inflections (Räume, Raum), at the beginning of longer words from four letters on (Sozial…) and
inside compounds from five letters on (…raumorientierung).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.course.german_words import Word, words_in
from app.course.model import Course, Page, Prose
from app.course.text import folded

PREFIX, INSIDE = 4, 5
TITLE_WEIGHT, MOST_FROM_TEXT = 20, 10
MOST_WORDS = 12  # nobody asks for more; each is held against every word of the course
_AROUND = 90
_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True)
class Entry:
    """Something that can be found. `place` names it: "module/page", "fall/slug" or "glossar/slug"."""

    place: str
    title: str
    about: str
    text: str
    title_words: tuple[Word, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found; `snippet` is a piece of its text as (words, whether they were looked for)."""

    entry: Entry
    score: int
    snippet: tuple[tuple[str, bool], ...]


def entry(place: str, title: str, about: str, text: str) -> Entry:
    """An entry, its words taken apart."""
    return Entry(place, title, about, text, tuple(words_in(title)), tuple(words_in(text)))


def entries(course: Course) -> tuple[Entry, ...]:
    """All of a course that may be found: what anyone reads anyway, never what is right or shown later."""
    found = [
        entry(f"{module.slug}/{page.slug}", page.title, module.title, _text(page))
        for module, page in course.stations()
    ]
    found += [entry(f"fall/{case.slug}", case.title, "Fallbeispiel", _text(case)) for case in course.cases]
    found += [
        entry(f"glossar/{term.slug}", term.term, "Glossar", plain_text(term.html)) for term in course.glossary
    ]
    return tuple(found)


def _text(page: Page) -> str:
    """The prose of a page and the titles of its blocks."""
    pieces = [plain_text(part.html) if isinstance(part, Prose) else part.title for part in page.parts]
    return folded(" ".join(pieces))


def plain_text(rendered: str) -> str:
    """The words of rendered Markdown."""
    return folded(html.unescape(_TAG.sub(" ", rendered)))


def search(among: Iterable[Entry], query: str, *, every: bool = True) -> list[Hit]:
    """What contains every word of the query (or, with `every=False`, any), the best first."""
    wanted = _wanted(query)
    hits = [hit for found in among if (hit := _hit(found, wanted, every))]
    return sorted(hits, key=lambda hit: -hit.score)


def _wanted(query: str) -> tuple[Word, ...]:
    return tuple({word.stem: word for word in words_in(query[:200])}.values())[:MOST_WORDS]


def _hit(found: Entry, wanted: Sequence[Word], every: bool) -> Hit | None:
    score, met = 0, 0
    for word in wanted:
        in_title = sum(_meets(word, other) for other in found.title_words)
        in_text = sum(_meets(word, other) for other in found.words)
        met += bool(in_title or in_text)
        score += TITLE_WEIGHT * bool(in_title) + min(in_text, MOST_FROM_TEXT)
    if not met or (every and met < len(wanted)):
        return None
    return Hit(found, score, tuple(_snippet(found, wanted)))


def _meets(wanted: Word, other: Word) -> bool:
    if wanted.stem == other.stem:
        return True
    size = len(wanted.stem)
    if size >= INSIDE:
        return wanted.stem in other.stem
    return size >= PREFIX and other.stem.startswith(wanted.stem)


def _snippet(found: Entry, wanted: Sequence[Word]) -> Iterator[tuple[str, bool]]:
    """The words around the first one that was looked for; the beginning if only the title has it."""
    matching = [word for word in found.words if any(_meets(one, word) for one in wanted)]
    first = matching[0].start if matching else 0
    start = max(0, first - _AROUND)
    start = found.text.find(" ", start) + 1 if start else 0
    end = min(len(found.text), first + 2 * _AROUND)
    end = found.text.rfind(" ", first, end) if end < len(found.text) else end
    place = start
    yield ("… " if start else "", False)
    for word in matching:
        if start <= word.start and word.end <= end:
            yield found.text[place : word.start], False
            yield found.text[word.start : word.end], True
            place = word.end
    yield found.text[place:end] + (" …" if end < len(found.text) else ""), False
