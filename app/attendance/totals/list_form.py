"""What somebody asks the lists for: read from the address, with sentences for what does not work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from app import clock
from app.attendance.totals.sums import Rounding
from app.attendance.totals.tables import What
from app.cohorts.forms import printable

WHAT = {What.PEOPLE: "Personen und Tage", What.DAYS: "Tage", What.FUNDERS: "Kostenträger"}
ROUNDING = {
    Rounding.EXACT: "minutengenau",
    Rounding.EVENT: "auf ganze UE je Veranstaltung (Kurstag)",
    Rounding.SUBJECT: "auf ganze UE je Thema",
    Rounding.FUNDER: "auf ganze UE je Kostenträger (nur die Summe)",
}
HALVES = {"auf": "aufrunden", "ab": "abrunden"}
LONGEST_DAYS = 366 * 5
Asked = TypeVar("Asked", bound=StrEnum)


@dataclass(slots=True)
class Wish:
    """`first` and `last` as typed; `errors`: field name -> sentence."""

    what: What = What.PEOPLE
    rounding: Rounding = Rounding.EXACT
    halves: str = "auf"
    first: str = ""
    last: str = ""
    cohorts: list[int] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def half_up(self) -> bool:
        return self.halves == "auf"

    @property
    def span(self) -> tuple[date, date]:
        return date.fromisoformat(self.first), date.fromisoformat(self.last)


def read(args: MultiDict[str, str]) -> Wish:
    """The choices in the address; nothing chosen is the first of each, and this year."""
    wish, year = Wish(), clock.today().year
    wish.what = _one_of(What, args, "was", wish.what, wish)
    wish.rounding = _one_of(Rounding, args, "rundung", wish.rounding, wish)
    wish.halves = args.get("halbe", "auf")
    if wish.halves not in HALVES:
        wish.halves = "auf"
        wish.errors["halbe"] = "Bitte wählen Sie, ob eine halbe UE auf- oder abgerundet wird."
    wish.first = printable(args.get("von", "").strip()) or f"{year}-01-01"
    wish.last = printable(args.get("bis", "").strip()) or f"{year}-12-31"
    _check_span(wish)
    numbers = args.getlist("kohorte")
    wish.cohorts = [int(number) for number in numbers if number.isascii() and number.isdecimal()]
    if len(wish.cohorts) < len(numbers):
        wish.errors["kohorte"] = "Bitte wählen Sie Kohorten aus der Liste."
    return wish


def _one_of(kinds: type[Asked], args: MultiDict[str, str], name: str, default: Asked, wish: Wish) -> Asked:
    try:
        return kinds(args.get(name, default))
    except ValueError:
        wish.errors[name] = "Bitte wählen Sie einen der Einträge."
        return default


def _check_span(wish: Wish) -> None:
    days = {}
    for name, text in (("von", wish.first), ("bis", wish.last)):
        try:
            days[name] = date.fromisoformat(text)
        except ValueError:
            wish.errors[name] = (
                f"„{text[:30]}“ ist kein Datum. Bitte wählen Sie einen Tag, zum Beispiel 2026-07-03."
            )
    if len(days) < 2:
        return
    if days["bis"] < days["von"]:
        wish.errors["bis"] = "Dieser Tag liegt vor dem ersten. Bitte tauschen Sie die beiden."
    elif (days["bis"] - days["von"]).days > LONGEST_DAYS:
        wish.errors["bis"] = "Das sind mehr als fünf Jahre. Bitte wählen Sie einen kürzeren Zeitraum."


_RULES = {
    Rounding.EXACT: "Gerechnet wird auf die Minute genau; UE stehen hier mit zwei Stellen nach dem Komma.",
    Rounding.EVENT: "Je Person und Kurstag wird auf ganze UE gerundet, {half}; dann wird zusammengezählt.",
    Rounding.SUBJECT: "Je Person und Thema wird auf ganze UE gerundet, {half}; dann wird zusammengezählt.",
    Rounding.FUNDER: "Nur die Summe je Kostenträger wird auf ganze UE gerundet, {half}; alles andere ist auf die Minute genau.",
}


def sentences(wish: Wish, units: Sequence[int], missing: int, ahead: int) -> list[str]:
    """The rule in one sentence, and why the sums may still rise. `missing` and `ahead` count slots."""
    half = f"eine genau halbe UE {'auf' if wish.half_up else 'ab'}"
    unit = (
        f"{units[0]} Minuten"
        if len(units) == 1
        else "je nach Kurs " + " oder ".join(map(str, units)) + " Minuten"
    )
    found = [f"{_RULES[wish.rounding].format(half=half)} Eine UE sind {unit} Inhalt ohne Pausen."]
    if missing:
        slots = "Ein Abschnitt ist" if missing == 1 else f"{missing} Abschnitte sind"
        found.append(f"{slots} nicht bei allen erfasst: Die Summen können noch steigen.")
    if ahead:
        slots = "Ein Abschnitt hat" if ahead == 1 else f"{ahead} Abschnitte haben"
        found.append(f"{slots} noch nicht begonnen.")
    return found
