"""A name in two parts, as a printed list wants it. A name is one string; this guesses well and loses no word of it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from app.cohorts.models import Enrolment

# Words that belong to the surname behind them, also where they are written with a capital.
_PARTICLES = frozenset(
    {
        "von", "vom", "van", "vander", "der", "den", "dem", "de", "del", "della", "di", "da", "do", "dos",
        "du", "la", "le", "zu", "zur", "zum", "ten", "ter", "te", "af", "av", "al", "el",
    }
)  # fmt: skip
_BOUND = frozenset({"und", "y"})  # join what stands before and after: von und zu, García y López
_ADDED = frozenset({"jun.", "jun", "sen.", "sen", "jr.", "jr", "sr.", "sr", "ii", "iii", "iv"})
_BORN = frozenset({"geb.", "geb", "geborene", "geborener", "geborenes"})
_SPELLED = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "oe", "ł": "l", "đ": "d", "ð": "d", "ı": "i"}
)


def split_name(name: str) -> tuple[str, str]:
    """(surname, first name) of a whole name; a single word is the surname. „Kolb, Anna“ says it already.

    The last word is the surname, with its particles (von, van der, de), what is added to it (jun.) and the name at
    birth (geb. …). Titles stay with the first name.
    """
    surname, comma, first = (part.strip() for part in name.partition(","))
    if comma and surname and first and not _is_degree(first):
        return surname, first
    words = (surname or first).split()
    at = _begin_of_surname(words)
    degree = f", {first}" if surname and first else ""
    return " ".join(words[at:]), (" ".join(words[:at]) + degree).removeprefix(", ")


def _is_degree(text: str) -> bool:
    """M.A., MSW, Dipl.-Päd.: something behind a comma that is no first name."""
    return all("." in word or (word.isupper() and len(word) > 1) for word in text.split())


def _begin_of_surname(words: list[str]) -> int:
    folded = [word.casefold() for word in words]
    born = next((at for at, word in enumerate(folded) if at > 1 and word in _BORN), len(words))
    at = max(born - 1, 0)
    while at > 1 and folded[at] in _ADDED:
        at -= 1
    while at > 1 and (folded[at - 1] in _PARTICLES or (folded[at - 1] in _BOUND and at > 2)):
        at -= 2 if folded[at - 1] in _BOUND else 1
    return 0 if at == 1 and words[0] in _PARTICLES else at


def list_key(name: str) -> tuple[str, str]:
    """Sorts names by surname, then first name, as a German telephone list does: ä like ae, accents and signs aside."""
    surname, first = split_name(name)
    return _spelled(surname), _spelled(first)


def by_surname(people: Iterable[Enrolment]) -> list[Enrolment]:
    """People in the order of a printed list."""
    return sorted(people, key=lambda person: (*list_key(person.name), person.id))


def _spelled(text: str) -> str:
    written = unicodedata.normalize("NFC", text).casefold().translate(_SPELLED)
    plain = "".join(
        sign for sign in unicodedata.normalize("NFKD", written) if not unicodedata.combining(sign)
    )
    return " ".join("".join(sign if sign.isalnum() else " " for sign in plain).split())
