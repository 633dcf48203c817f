"""Words of German texts and their stems, so that "Sozialräume" is found where "Sozialraum" was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

import snowballstemmer

# A word with its inner colon or hyphen: Adressat:innen, Kita-Team.
WORD = re.compile(r"[^\W\d_]+(?:[:\-*][^\W\d_]+)*|\d+")
LONGEST = 60  # letters; what is longer is no word, and not worth remembering
_STEMMER = snowballstemmer.stemmer("german")
_stemming = Lock()  # the stemmer holds the word it works on: two threads at once would mix theirs up


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it stands there, from where to where, and its stem."""

    text: str
    start: int
    end: int
    stem: str


def stem(word: str) -> str:
    """The stem of one word, in small letters and without umlauts."""
    return _stem(word[:LONGEST])


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    # In inclusive forms the ending after the colon says nothing about what is meant: Trainer:innen, Trainer.
    plain = re.sub(r"[:*]in(?:nen)?$", "", word.casefold())
    with _stemming:
        found: str = _STEMMER.stemWord(plain)
    return found.translate(_PLAIN)


_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def words_in(text: str) -> Iterator[Word]:
    """All words of a text in their order."""
    for found in WORD.finditer(text):
        yield Word(found[0], found.start(), found.end(), stem(found[0]))
