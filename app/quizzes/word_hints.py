"""Finds words in a text whatever their ending: "motivieren" also in "motivierte" and "Motivierung". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = ("en", "n", "e", "t")
_SHORTEST_STEM = 4
_LONGEST_ENDING = 6
_MOST = 5


def found(text: str, words: Iterable[str]) -> list[str]:
    """Those places of the text that are one of the words, as they are written there, each once, at most five."""
    tokens = _WORD.findall(text)
    sought = [parts for word in words if (parts := [_stem(part) for part in _WORD.findall(word)])]
    places: dict[str, str] = {}
    for start in range(len(tokens)):
        for stems in sought:
            here = tokens[start : start + len(stems)]
            if len(here) == len(stems) and _all_match(here, stems):
                said = " ".join(here)
                places.setdefault(said.casefold(), said)
    return list(places.values())[:_MOST]


def _stem(word: str) -> str:
    """The word without a usual ending; short words stay whole."""
    folded = word.casefold()
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM:
            return folded.removesuffix(ending)
    return folded


def _all_match(tokens: Sequence[str], stems: Sequence[str]) -> bool:
    return all(_matches(token.casefold(), stem) for token, stem in zip(tokens, stems, strict=True))


def _matches(token: str, stem: str) -> bool:
    """Begins with the stem, and only an ending follows; participles may have their "ge" in front."""
    if len(stem) < _SHORTEST_STEM:
        return token == stem
    return any(
        begin.startswith(stem) and len(begin) - len(stem) <= _LONGEST_ENDING
        for begin in (token, token.removeprefix("ge"))
    )
