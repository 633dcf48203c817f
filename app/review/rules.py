"""When a learning card comes back, which come today, what a pause does. Pure; nothing is scored or compared."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.course.model import Course

STEPS = (1, 3, 7, 21, 60)  # days until a card comes again; a set proposal, no finding (pedagogy.md)
SETTLED = len(STEPS) + 1
NEW_A_DAY = 5
DUE_A_DAY = 15
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Card:
    """What is known of a term that was answered before; `step` counts from 1, at SETTLED it comes no more."""

    slug: str
    step: int
    due_on: date | None
    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A card of today. `step` and `due_on` say which state it shows; a new one has step 0 and no day."""

    slug: str
    step: int = 0
    due_on: date | None = None

    @property
    def new(self) -> bool:
        return self.step == 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """What comes today, the longest due first, and how much has to wait for another day."""

    shown: tuple[Shown, ...] = ()
    waiting_due: int = 0
    waiting_new: int = 0

    @property
    def new(self) -> int:
        return sum(card.new for card in self.shown)

    @property
    def again(self) -> int:
        return len(self.shown) - self.new


@dataclass(frozen=True, slots=True)
class Coming:
    """How many cards come on a day."""

    day: date
    cards: int


def met(course: Course, pages_read: Collection[str]) -> list[str]:
    """The terms on the pages somebody has gone on from, in the order of the way; each once."""
    pages = [(f"{module.slug}/{page.slug}", page) for module, page in course.stations()]
    pages += [(f"fall/{case.slug}", case) for case in course.cases]
    slugs = [slug for key, page in pages if key in pages_read for slug in page.terms]
    return [slug for slug in dict.fromkeys(slugs) if course.find_term(slug)]


def answered(step: int, *, known: bool, today: date) -> tuple[int, date | None]:
    """The next step and its day: one further if the term was known, else the first one again."""
    following = min(step + 1, SETTLED) if known else 1
    days = None if following == SETTLED else timedelta(days=STEPS[following - 1])
    return following, today + days if days else None


def sitting(cards: Iterable[Card], terms: Sequence[str], today: date) -> Sitting:
    """Today's cards. What was answered today counts against what may come in a day."""
    known = {card.slug: card for card in cards}
    due = sorted((c for c in known.values() if _is_due(c, today)), key=lambda c: (c.due_on, c.slug))
    unseen = [slug for slug in terms if slug not in known]
    begun = sum(card.first_on == today for card in known.values())
    again = sum(card.last_on == today > card.first_on for card in known.values())
    due_now, new_now = due[: max(DUE_A_DAY - again, 0)], unseen[: max(NEW_A_DAY - begun, 0)]
    return Sitting(
        shown=(*(Shown(c.slug, c.step, c.due_on) for c in due_now), *(Shown(slug) for slug in new_now)),
        waiting_due=len(due) - len(due_now),
        waiting_new=len(unseen) - len(new_now),
    )


def coming(cards: Iterable[Card], today: Sitting, now: date, days: int = 3) -> list[Coming]:
    """The next days on which cards come, if nothing else is answered until then."""
    later = sorted(card.due_on for card in cards if card.due_on and card.due_on > now)
    due, new, day = today.waiting_due, today.waiting_new, now
    found: list[Coming] = []
    while len(found) < days and (due or new or later):
        day = day + _DAY if due or new else later[0]
        due += sum(when <= day for when in later)
        later = [when for when in later if when > day]
        now_due, now_new = min(due, DUE_A_DAY), min(new, NEW_A_DAY)
        due, new = due - now_due, new - now_new
        found.append(Coming(day, now_due + now_new))
    return found


def resumed(cards: Iterable[Card], since: date, today: date) -> list[Card]:
    """The cards after a pause: each stands to today as it stood to the day the pause began."""
    pause = max(today - since, timedelta())
    return [replace(card, due_on=card.due_on + pause) if card.due_on else card for card in cards]


def _is_due(card: Card, today: date) -> bool:
    return card.due_on is not None and card.due_on <= today
