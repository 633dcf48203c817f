"""Facts for the tests of the completion rules, in as few words as possible."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.progress.rules import Completion, OverrideFact, Rule, SlotFact, Stop, assess

UE = 45
NOW = datetime(2026, 7, 3, 18, 0, tzinfo=UTC)
RULE = Rule(attendance_percent=80, reflections="besuchte-module")
STOPS = tuple(
    Stop(block_id=f"l{n}-1", number=n, module=f"m{n}", module_title=f"Modul {n}") for n in range(1, 4)
)


def slot(
    units: float = 2,
    state: str = "present",
    minutes: int = 0,
    *,
    modules: str = "",
    content: bool = True,
    title: str = "Abschnitt",
    hours: float = -8,
) -> SlotFact:
    """A slot of so many UE that began `hours` from now."""
    return SlotFact(
        title=title,
        when="3. Juli 2026, 09:00–10:30",
        starts_at=NOW + timedelta(hours=hours),
        minutes=round(units * UE),
        content=content,
        modules=tuple(modules.split()),
        state=state,
        recorded_minutes=minutes,
    )


def override(criterion: str, fulfilled: bool = True, author: str = "Olga Sommer") -> OverrideFact:
    return OverrideFact(
        criterion=criterion, fulfilled=fulfilled, reason="Im Gespräch bearbeitet", author=author, at=NOW
    )


def judge(
    slots: list[SlotFact],
    done: object = (),
    overrides: tuple[OverrideFact, ...] = (),
    rule: Rule = RULE,
    stops: tuple[Stop, ...] = STOPS,
) -> Completion:
    return assess(rule, stops, slots, done, overrides, NOW)  # type: ignore[arg-type]


def day_of_2019(*states: str) -> list[SlotFact]:
    """The day of 2019: 7 UE of content, 75 minutes of organisation, a gap, breaks; states for the content."""
    one, two, three, four = states
    return [
        slot(2, one, title="Beginn"),
        slot(15 / UE, content=False, title="Pause"),
        slot(2, two, title="Bedeutung für die Kita"),
        slot(30 / UE, content=False, title="Mittagspause"),
        slot(75 / UE, "present", content=False, title="Gruppenfoto, Leistungsnachweise"),
        slot(30 / UE, content=False, title="nicht belegt"),
        slot(2, three, title="Nachbarfelder"),
        slot(1, four, title="Rückschau und Ende"),
    ]
