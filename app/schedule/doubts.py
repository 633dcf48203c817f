"""What is asked once before it is done: a change that is hardly meant, or that makes the rule harder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.schedule import wording
from app.schedule.needs import Needs
from app.schedule.rules import Day, Slot

LONG_SLOT = 300  # minutes
FAR_SHIFT = 180
FAR_YEARS = 2


class Doubtful(Exception):
    """Nothing is done yet: these questions first, then the same once more with a cross at „wirklich“."""

    def __init__(self, questions: list[str]) -> None:
        super().__init__()
        self.questions = questions


def of_times(before: Day, after: Day, unit_minutes: int) -> list[str]:
    """About slots that would be very long now, or moved very far."""
    known = {slot.id: slot for slot in before.slots}
    pairs = [(known.get(slot.id), slot) for slot in after.held]
    long = [slot for old, slot in pairs if slot.minutes > LONG_SLOT and _longer(old, slot)]
    asked = [wording.very_long(slot, after, unit_minutes) for slot in long]
    far = [(old, slot) for old, slot in pairs if old and abs(_shift(old, slot)) > FAR_SHIFT]
    return asked + [wording.very_far(slot, _shift(old, slot)) for old, slot in far[:1]]


def _longer(old: Slot | None, slot: Slot) -> bool:
    return old is None or slot.minutes > old.minutes


def _shift(old: Slot, slot: Slot) -> int:
    return int((slot.starts_at - old.starts_at).total_seconds() // 60)


def of_date(when: date, today: date) -> list[str]:
    """About a day that would be over already, or is very far ahead."""
    if when < today:
        return [wording.in_the_past(when)]
    far = (when.year - FAR_YEARS, when.month, when.day) > (today.year, today.month, today.day)
    return [wording.far_ahead(when)] if far else []


def of_needs(needs: Needs, *, begun: bool) -> list[str]:
    """Once a cohort has begun, what everybody needs only becomes less without asking."""
    return [wording.harder(needs)] if begun and needs.harder else []


def ask(questions: Iterable[str], *, sure: bool) -> None:
    """Raises Doubtful where there is a question and nobody answered it."""
    found = list(questions)
    if found and not sure:
        raise Doubtful(found)
