"""What is new in an edition, as sentences for people who know the course by its titles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.course.compare import Difference, compare
from app.course.model import Course, DayPlan

_BLOCKS = {
    "wuensche": "Ankommenswünsche",
    "schlagworte": "Schlagworte",
    "lernfragen": "Lernfragen",
    "freitext": "Schreibaufgabe",
    "lernstopp": "Lernstopp",
    "frage": "Frage",
    "zuordnung": "Zuordnung",
    "reihenfolge": "Reihenfolge",
    "matrix": "Matrix",
    "lueckentext": "Lückentext",
    "planspiel": "Planspiel",
    "fall": "Fall",
}


@dataclass(frozen=True, slots=True)
class News:
    """One group of changes: what happened, and to what."""

    heading: str
    items: tuple[str, ...]


def inner(text: str) -> str:
    """A text that will stand inside „…“: its own quotation marks become ‚…‘."""
    return text.replace("„", "‚").replace("“", "‘")


def whats_new(old: Course, new: Course) -> list[News]:
    """Groups of changes from `old` to `new`; empty if learners see no difference."""
    changes = compare(old, new)
    named_pages = _pages(old) | _pages(new)
    found = [News("Kurs", tuple(_course_changes(old, new)))]
    found += _said("Seiten", changes.pages, lambda name: named_pages[name])
    found += _said("Aufgaben und Haltepunkte", changes.blocks, lambda name: _block(name, old, new))
    kinds = tuple(
        f"{_block(change.id, old, new)}: war {_BLOCKS.get(change.old, change.old)}, "
        "frühere Antworten passen nicht mehr"
        for change in changes.kind_changes
    )
    return [news for news in [*found, News("Art der Aufgabe geändert", kinds)] if news.items]


def _said(what: str, difference: Difference, name: Callable[[str], str]) -> Iterable[News]:
    for word, names in (
        ("neu", difference.added),
        ("geändert", difference.changed),
        ("entfallen", difference.removed),
        ("an anderer Stelle", difference.moved),
    ):
        yield News(f"{what}: {word}", tuple(name(found) for found in names))


def _pages(course: Course) -> dict[str, str]:
    """Name as in `compare` -> title with module."""
    found = {
        f"{module.slug}/{page.slug}": f"{page.title} ({module.title})" for module, page in course.stations()
    }
    return found | {f"cases/{case.slug}": f"{case.title} (Fallwerkstatt)" for case in course.cases}


def _block(block_id: str, old: Course, new: Course) -> str:
    """Lernstopp „Zwischenhalt“ auf „Halt am Morgen“"""
    found = new.find_block(block_id) or old.find_block(block_id)
    if found is None:
        return block_id
    page, block = found
    title = f" „{inner(block.title)}“" if block.title else ""
    return f"{_BLOCKS.get(block.kind, block.kind)}{title} auf „{inner(page.title)}“"


def _course_changes(old: Course, new: Course) -> Iterable[str]:
    if old.title != new.title:
        yield f"Der Kurs heißt jetzt „{inner(new.title)}“, vorher „{inner(old.title)}“."
    if (old.subtitle, old.description, old.goals) != (new.subtitle, new.description, new.goals):
        yield "Beschreibung oder Ziele sind geändert."
    if old.contents != new.contents:
        yield "Die Inhalte für die Bescheinigung sind geändert."
    if old.rule != new.rule:
        yield "Der Vorschlag für die Teilnahmebescheinigung ist geändert."
    if [module.slug for module in old.modules] != [module.slug for module in new.modules]:
        yield "Die Module oder ihre Reihenfolge sind geändert."
    yield from _plan_changes(old, new)
    if old.glossary != new.glossary:
        yield "Das Glossar ist geändert."
    if old.bibliography != new.bibliography:
        yield "Das Literaturverzeichnis ist geändert."


def _plan_changes(old: Course, new: Course) -> Iterable[str]:
    before: dict[str, DayPlan] = {plan.id: plan for plan in old.day_plans}
    after = {plan.id: plan for plan in new.day_plans}
    yield from (f"Tagesplan „{inner(after[name].title)}“ ist neu." for name in after if name not in before)
    both = [name for name in after if name in before and after[name] != before[name]]
    yield from (f"Tagesplan „{inner(after[name].title)}“ ist geändert." for name in both)
    yield from (
        f"Tagesplan „{inner(before[name].title)}“ ist entfallen." for name in before if name not in after
    )
