"""Where a long German word may be parted, as far as its letters tell. Pure."""

from __future__ import annotations

import re

SOFT = "\u00ad"
_LONG = 12

# Behind a hyphen or slash; else before a consonant (or sch, ch, ph, th, st, sp) that a vowel follows.
PARTING = re.compile(
    r"[-/]|.(?<![sScCpPtT](?=h))(?<!s(?=ch|[tp]))(?=(?:sch|s[tp]|[cpt]h|[b-df-hj-np-tv-zß])[aeiouyäöü])",
    re.DOTALL,
)


def soft(text: str) -> str:
    """The text with soft hyphens in its long words, for narrow columns in browsers that know no German."""
    return " ".join(_soft(word) if len(word) >= _LONG else word for word in text.split(" "))


def _soft(word: str) -> str:
    cuts = [n for n in range(3, len(word) - 2) if PARTING.match(word, n - 1)]
    return SOFT.join(word[start:end] for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True))
