"""What the pages of the plan are made of: a day and a slot of it, as the address names them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import abort, request, url_for

from app import clock
from app.cohorts.loaders import LARGEST_ID, Here
from app.cohorts.models import CourseDay
from app.cohorts.page import desk_page, zone_of
from app.schedule import history, rules, service, undoing, wording
from app.schedule.models import PlanChange
from app.schedule.rules import Day, Slot


@dataclass(frozen=True, slots=True)
class Spot:
    """A day of a cohort: its row and what it says; `days` are all of the cohort, by id."""

    row: CourseDay
    day: Day
    days: dict[int, Day]
    zone: ZoneInfo

    @property
    def begun(self) -> bool:
        """Whether its calendar day is here or over."""
        return clock.today(self.zone) >= self.day.date

    @property
    def over(self) -> bool:
        """Whether everything that takes place on it has ended."""
        return self.begun and all(slot.ends_at <= clock.now() for slot in self.day.held)

    def slot(self, slot_id: int) -> Slot:
        """A slot of this day; 404 for any other."""
        try:
            return self.day.find(slot_id)
        except KeyError:
            abort(404)

    def hints(self) -> list[str]:
        """What is wrong with, or remarkable about, this day."""
        found = rules.problems(list(self.days.values()), self.zone)
        linkless = [
            slot for slot in self.day.held if slot.online and not slot.link and slot.ends_at > clock.now()
        ]
        said = [wording.problem(day, problem) for day, problem in found if day is self.day]
        return said + [wording.no_link(slot.title) for slot in linkless]


def spot(here: Here, day_id: int) -> Spot:
    """The day with this id, if it is one of this cohort; else 404."""
    row = service.find_day(here.cohort.id, day_id) if day_id <= LARGEST_ID else None
    if row is None:
        abort(404)
    days = service.days_by_id(row.cohort_id)
    return Spot(row, days[day_id], days, zone_of(here))


def day_page(here: Here, day_id: int, messages: Sequence[str] = (), asks_for: int = 0) -> str:
    """One day as it is now; `messages` say what could not be done, or what is asked before a slot is resumed."""
    found = spot(here, day_id)
    last = history.last_change(day_id)
    may_undo = last is not None and may_be_undone(here, last, found.day)
    return desk_page(
        here,
        "schedule/day.html",
        tab="schedule.plan",
        spot=found,
        unit_minutes=here.course.unit_minutes,
        last=last,
        brief=wording.brief(last.sentence) if last else None,
        may_undo=may_undo,
        fresh=last is not None and request.args.get("geaendert") == str(last.id),
        kinds=wording.KINDS,
        now=clock.now(),
        messages=messages,
        asks_for=asks_for,
        neighbours=_neighbours(here.cohort.id, found),
    )


def may_be_undone(here: Here, last: PlanChange, day: Day) -> bool:
    """Whether this person may take back this last change of the day. Days themselves are the organisers' matter."""
    return history.undoable(last, day, last) and (here.desk or not undoing.is_about_the_day(last))


def _neighbours(cohort_id: int, found: Spot) -> list[tuple[str, str, str]]:
    """(which, name, address) of the day before and the day after."""
    ids = list(found.days)
    at = ids.index(found.row.id)
    places = [("Voriger Tag", at - 1), ("Nächster Tag", at + 1)]
    return [
        (which, found.days[ids[place]].name, url_for("schedule.day", cohort_id=cohort_id, day_id=ids[place]))
        for which, place in places
        if 0 <= place < len(ids)
    ]
