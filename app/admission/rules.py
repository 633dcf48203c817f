"""What is to be done with each line of a list. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.admission.csv_reading import Row
from app.cohorts.rules import name_key

LONGEST_NAME, LONGEST_FUNDER = 120, 200
_FORMULA = ("=", "+", "@", "-")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")


class Verdict(StrEnum):
    """What happens to a line."""

    NEW = "new"
    WAITS = "waits"  # no seat is left: onto the waiting list
    THERE = "there"  # takes part already, or waits already
    TWICE = "twice"  # stands further up in the same list
    GONE = "gone"  # was in the cohort and left it: taken in again on their own page
    NAMESAKE = "namesake"  # same name, other address: only taken in when said to be another person
    SAME_EMAIL = "same_email"  # somebody else has this address: to be corrected or left out
    BROKEN = "broken"  # to be corrected or left out
    LEFT_OUT = "left_out"  # somebody decided so


TAKEN = frozenset({Verdict.NEW, Verdict.WAITS})
TO_MEND = frozenset({Verdict.BROKEN, Verdict.SAME_EMAIL})


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody the cohort knows: takes part, waits, or has left."""

    name: str
    email: str
    left: bool = False
    waits: bool = False
    line: int = 0  # where in the list, if it is only known from there
    form_key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a list with what was decided about it on the preview."""

    row: Row
    left_out: bool = False
    other_person: bool = False
    broken: str = ""  # what is wrong with what stands there, as a sentence
    form_key: str = ""  # hash of the key this line is sent with


@dataclass(frozen=True, slots=True)
class Judged:
    line: Line
    verdict: Verdict
    reason: str = ""
    by_name: bool = False  # known by the name alone: it may be another person

    @property
    def row(self) -> Row:
        return self.line.row


@dataclass(slots=True)
class _Seen:
    """The people met so far, by what they can be known by."""

    by_email: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    def add(self, known: Known) -> None:
        if known.email and not known.left:
            self.by_email.setdefault(known.email.casefold(), known)
        self.by_name.setdefault(name_key(known.name), []).append(known)
        if known.form_key:
            self.keys.add(known.form_key)


def judge(lines: Iterable[Line], people: Iterable[Known], open_seats: int | None) -> list[Judged]:
    """What happens to each line, in order. `open_seats`: how many may still come in (None: as many as come)."""
    seen, listed = _Seen(), _Seen()
    for known in people:
        seen.add(known)
    found: list[Judged] = []
    for line in lines:
        judged = _judge(line, seen, listed)
        if judged.verdict is Verdict.NEW:
            listed.add(Known(line.row.name, line.row.email, line=line.row.number))
            if open_seats == 0:
                judged = replace(judged, verdict=Verdict.WAITS)
            elif open_seats:
                open_seats -= 1
        found.append(judged)
    return found


def _judge(line: Line, seen: _Seen, listed: _Seen) -> Judged:
    if line.left_out:
        return Judged(line, Verdict.LEFT_OUT)
    if line.form_key and line.form_key in seen.keys:
        return Judged(line, Verdict.THERE, "nimmt schon teil")
    if line.broken:
        return Judged(line, Verdict.BROKEN, " ".join(filter(None, (line.broken, line.row.doubt))))
    known = _by_email(line, seen, listed) or _by_name(line, seen, listed)
    if known and known.verdict is Verdict.SAME_EMAIL:
        return replace(known, reason=f"{known.reason} {line.row.doubt}".strip())
    if known or not line.row.doubt:
        return known or Judged(line, Verdict.NEW)
    return Judged(line, Verdict.BROKEN, line.row.doubt)


def _by_email(line: Line, seen: _Seen, listed: _Seen) -> Judged | None:
    row, email = line.row, line.row.email.casefold()
    known, above = seen.by_email.get(email), listed.by_email.get(email)
    if known:
        if name_key(known.name) == name_key(row.name):
            return Judged(line, Verdict.THERE, _standing(known))
        return Judged(line, Verdict.SAME_EMAIL, f"Diese E-Mail-Adresse gehört schon zu {known.name}.")
    if above:
        if name_key(above.name) == name_key(row.name):
            return Judged(line, Verdict.TWICE, f"steht schon in Zeile {above.line}")
        return Judged(line, Verdict.SAME_EMAIL, f"Diese E-Mail-Adresse steht schon in Zeile {above.line}.")
    return None


def _by_name(line: Line, seen: _Seen, listed: _Seen) -> Judged | None:
    """Names alone may deceive: whoever says that it is another person is taken in."""
    if line.other_person:
        return None
    row, key = line.row, name_key(line.row.name)

    def found(verdict: Verdict, reason: str) -> Judged:
        return Judged(line, verdict, reason, by_name=True)

    for known in seen.by_name.get(key, ()):
        if known.left:
            return found(Verdict.GONE, "hat schon einmal teilgenommen und ist nicht mehr dabei")
        if not row.email or not known.email:
            return found(Verdict.THERE, _standing(known))
    if key in seen.by_name:
        return found(Verdict.NAMESAKE, "Jemand mit diesem Namen ist schon dabei, mit anderer E-Mail-Adresse.")
    for above in listed.by_name.get(key, ()):
        if not row.email or not above.email:
            return found(Verdict.TWICE, f"steht schon in Zeile {above.line}")
        return found(
            Verdict.NAMESAKE, f"Der Name steht schon in Zeile {above.line}, mit anderer E-Mail-Adresse."
        )
    return None


def _standing(known: Known) -> str:
    return "steht schon auf der Warteliste" if known.waits else "nimmt schon teil"


def fault_of(row: Row, *, email_is_right: bool) -> str:
    """What is wrong with what stands in a line, as a sentence; "": nothing."""
    for what, text in (("Der Name", row.name), ("Der Kostenträger", row.funder)):
        if text.startswith(_FORMULA):
            return (
                f"{what} beginnt mit „{text[0]}“ und sieht nach einer Formel aus. Bitte tippen Sie ihn ein."
            )
        if any(unicodedata.category(each) in _HIDDEN and each not in "\u200c\u200d" for each in text):
            return f"{what} enthält unsichtbare Steuerzeichen. Bitte tippen Sie ihn neu ein."
    return _fault_of_name(row.name) or _fault_of_rest(row, email_is_right=email_is_right)


def _fault_of_name(name: str) -> str:
    if not name:
        return "Der Name fehlt."
    if len(name) > LONGEST_NAME:
        return f"Der Name hat {len(name)} Zeichen, auf die Bescheinigung passen {LONGEST_NAME}."
    if "@" in name:
        return "Wo der Name stehen soll, steht eine E-Mail-Adresse."
    if len(name) < 2 or not any(each.isalpha() for each in name):
        return "Das ist kein Name. Gebraucht werden Vor- und Nachname."
    return ""


def _fault_of_rest(row: Row, *, email_is_right: bool) -> str:
    if row.email and not email_is_right:
        return "Die E-Mail-Adresse ist nicht vollständig. Beispiel: name@example.org."
    if len(row.funder) > LONGEST_FUNDER:
        return f"Der Kostenträger hat {len(row.funder)} Zeichen, möglich sind {LONGEST_FUNDER}."
    return ""


def counted(found: Sequence[Judged]) -> dict[Verdict, int]:
    """How many lines of each verdict."""
    return {verdict: sum(each.verdict is verdict for each in found) for verdict in Verdict}
