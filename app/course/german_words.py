"""Words of German texts and their stems, so that "Sozialräume" is found where "Sozialraum" was asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

# A word with its inner colon or hyphen: Adressat:innen, Kita-Team.
WORD = re.compile(r"[^\W\d_]+(?:[:\-*][^\W\d_]+)*|\d+")
_STEMMER = snowballstemmer.stemmer("german")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: how it stands there, from where to where, and its stem."""

    text: str
    start: int
    end: int
    stem: str


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one word, in small letters and without umlauts."""
    # In inclusive forms the ending after the colon says nothing about what is meant: Trainer:innen, Trainer.
    plain = re.sub(r"[:*]in(?:nen)?$", "", word.casefold())
    found: str = _STEMMER.stemWord(plain)
    return found.translate(_PLAIN)


_PLAIN = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def words_in(text: str) -> Iterator[Word]:
    """All words of a text in their order."""
    for found in WORD.finditer(text):
        yield Word(found[0], found.start(), found.end(), stem(found[0]))
