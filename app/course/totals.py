"""How long a course takes: minutes and teaching units of its modules and day plans, and what does not fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.course.draft import Draft
from app.course.findings import Findings
from app.course.model import Course, DayPlan, Page


@dataclass(frozen=True, slots=True)
class Total:
    """A module or a plan with its minutes of content."""

    title: str
    minutes: int


def totals(course: Course) -> tuple[list[Total], list[Total]]:
    """Of the modules, and of the day plans, each in its order."""
    modules = [Total(module.title, sum(page.minutes for page in module.pages)) for module in course.modules]
    return modules, [Total(plan.title, plan.content_minutes) for plan in course.day_plans]


def units(minutes: int, unit_minutes: int) -> str:
    """Teaching units in German: 90 minutes of 45 are "2 UE", 60 are "1,33 UE"."""
    number = f"{minutes / unit_minutes:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{number} UE"


def check_plans(draft: Draft, findings: Findings) -> None:
    """Whether each plan leaves its modules the time they need; what they need is only known if all can be read."""
    if draft.course is None:
        return
    for plan in draft.course.day_plans:
        named = {name for day in plan.days for slot in day.slots for name in slot.modules}
        pages = [draft.pages[path].page for path in draft.pages if path.split("/")[0] in named]
        known = [page for page in pages if page is not None]
        if named and len(known) == len(pages):
            _compare(plan, known, findings)


def _compare(plan: DayPlan, pages: Iterable[Page], findings: Findings) -> None:
    minutes = sum(page.minutes for page in pages if page.core or not plan.core)
    if minutes > plan.content_minutes:
        findings.warning(
            "plan_too_short", plan.line, plan=plan.title, pages=minutes, content=plan.content_minutes
        )


def in_words(course: Course) -> list[str]:
    """The lines `check` prints below the problems."""
    modules, plans = totals(course)
    sum_of_modules = Total("Summe", sum(module.minutes for module in modules))
    return [
        *_lines("Module", [*modules, sum_of_modules], course.unit_minutes),
        *_lines("Tagespläne, nur Inhalt", plans, course.unit_minutes),
    ]


def _lines(heading: str, entries: list[Total], unit_minutes: int) -> list[str]:
    width = max((len(entry.title) for entry in entries), default=0)
    rows = [
        f"  {entry.title:<{width}}  {entry.minutes:>4} Minuten  {units(entry.minutes, unit_minutes)}"
        for entry in entries
    ]
    return [f"{heading}:", *rows] if rows else []
