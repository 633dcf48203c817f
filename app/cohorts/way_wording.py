"""What a choice of the way means, and what was changed about it, in German. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.course import tailor
from app.course.model import Case, Course, Module
from app.course.tailor import Extent, Way
from app.editions.rules import inner
from app.web import german

SAME = "Es hat sich nichts geändert."
CERTIFIED = (
    "In dieser Kohorte sind schon Bescheinigungen ausgestellt, und sie sagen, was auf dem Weg war. "
    "Deshalb bleibt der Kursweg jetzt, wie er ist. Für eine neue Gruppe legen Sie eine neue Kohorte an."
)


@dataclass(frozen=True, slots=True)
class Planned:
    """What of the dated plan and the rule matters for the way. `modules` of each slot with content, with its title."""

    minutes: int
    modules: Sequence[tuple[str, tuple[str, ...]]]
    reflections: str

    @property
    def named(self) -> frozenset[str]:
        return frozenset(slug for _, slugs in self.modules for slug in slugs)


@dataclass(frozen=True, slots=True)
class Meaning:
    """`rows`: what it is and how much; `notes`: what to look at."""

    rows: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def short(course: Course, way: Way) -> str:
    """ganzer Kurs; Kernpfad, 8 von 9 Modulen, 2 von 9 Fällen"""
    made, plain = tailor.tailored(course, way), tailor.plain(course, way)
    said = ["Kernpfad" if way.core else "ganzer Kurs" if plain.modules is None else "alle Seiten"]
    if len(made.modules) < len(course.modules):
        said.append(f"{len(made.modules)} von {_count(len(course.modules), 'Modul', 'Modulen')}")
    elif plain.modules is not None:
        said.append("eigene Reihenfolge")
    if len(made.cases) < len(course.cases):
        said.append(f"{len(made.cases)} von {_count(len(course.cases), 'Fall', 'Fällen')}")
    return ", ".join(said)


def meaning(course: Course, way: Way, planned: Planned) -> Meaning:
    """What this choice comes to beside the plan and the rule of the cohort."""
    made = tailor.tailored(course, way)
    return Meaning(tuple(_rows(course, made, way, planned)), tuple(_notes(course, made, way, planned)))


def _rows(course: Course, made: Course, way: Way, planned: Planned) -> Iterator[tuple[str, str]]:
    size, unit = tailor.extent(made), course.unit_minutes
    yield "Kursweg", short(course, way)
    readings = f"{_count(size.readings, 'Seite', 'Seiten')} zum Lesen ({_minutes(size.reading_minutes)})"
    yield "Stationen", f"{size.stations}, davon {readings}"
    yield "Minuten je Modul", ", ".join(f"Modul {module.number}: {_own(module)}" for module in made.modules)
    if size.cases:
        yield "Fälle", f"{size.cases}, zusammen {_minutes(size.case_minutes)}"
    every = size.minutes + size.case_minutes
    parts = f" ({size.minutes} für die Seiten, {size.case_minutes} für die Fälle)" if size.cases else ""
    yield "Zeit zusammen", f"{_minutes(every)}, das sind {german.units(every, unit)} UE{parts}"
    yield "Im Tagesplan", f"{german.units(planned.minutes, unit)} UE Inhalt. {_fits(size, planned.minutes)}"
    yield "Für die Bescheinigung", _counting(made, way.counting, planned)


def _own(module: Module) -> int:
    """Minutes of the pages that are on the way."""
    return sum(page.minutes for page in module.pages)


def _fits(size: Extent, there: int) -> str:
    needed = size.minutes + size.case_minutes
    if needed < there:
        return f"{_minutes(there - needed)} bleiben für das Gespräch."
    if needed == there:
        return "Das passt genau."
    if size.minutes <= there:
        return f"Die Seiten passen hinein; für alle Fälle fehlen {_minutes(needed - there)}."
    return f"Der Weg braucht {_minutes(needed - there)} mehr; der Rest bleibt zum Selbstlernen."


def _counting(made: Course, counting: Collection[str] | None, planned: Planned) -> str:
    there = tailor.stops(made)
    if planned.reflections == "keine":
        return "Lernstopps zählen in dieser Kohorte nicht."
    asked = [module for module, block_id in there if counting is None or block_id in counting]
    extra = len(there) - len(asked)
    visited = [module for module in asked if module.slug in planned.named]
    if planned.reflections == "alle":
        said = f"{_count(len(asked), 'Lernstopp', 'Lernstopps')}, alle zählen."
    else:
        said = f"{_count(len(visited), 'Lernstopp', 'Lernstopps')}; für jede Person zählen die der besuchten Module."
    if extra:
        said += f" {extra} weitere freiwillig, weil sie erst nach Beginn der Kohorte dazukamen."
    return said


def _notes(course: Course, made: Course, way: Way, planned: Planned) -> Iterator[str]:
    there = {module.slug for module in made.modules}
    for title, slugs in planned.modules:
        missing = [m for m in map(course.find_module, slugs) if m and m.slug not in there]
        if missing:
            yield f"Im Tagesplan nennt „{inner(title)}“ {_named(missing)}; auf dem Weg ist das nicht."
    unplanned = [module for module in made.modules if module.slug not in planned.named]
    if unplanned and planned.reflections == "besuchte-module":
        yield (
            f"Kein Abschnitt des Tagesplans nennt {_named(unplanned)}. "
            "Lernstopps daraus zählen deshalb nicht für die Bescheinigung."
        )
    if way.core and way.modules:
        bare = [m for m in map(course.find_module, way.modules) if m and m.slug not in there]
        if bare:
            yield f"{_named(bare)} hat keine Kernseiten und fehlt deshalb auf dem Kernpfad."
    lost = _cases_without_module(course, made, way)
    if lost:
        yield f"{_fall(lost)} steht nicht auf dem Weg, weil keines der zugehörigen Module darauf ist."


def _cases_without_module(course: Course, made: Course, way: Way) -> list[Case]:
    chosen = [case for case in course.cases if way.cases is None or case.slug in way.cases]
    return [case for case in chosen if case.modules and made.find_case(case.slug) is None]


def changes(course: Course, before: Way, after: Way) -> str:
    """For the log: what is different now; "" if nothing is."""
    return "; ".join(_changes(course, tailor.plain(course, before), tailor.plain(course, after)))


def _changes(course: Course, before: Way, after: Way) -> Iterator[str]:
    if before.core != after.core:
        yield "Kernpfad statt aller Seiten" if after.core else "alle Seiten statt Kernpfad"
    all_modules = [module.slug for module in course.modules]
    old, new = before.modules or all_modules, after.modules or all_modules
    for word, one, other in (("ohne", old, new), ("mit", new, old)):
        found = [module for module in map(course.find_module, one) if module and module.slug not in other]
        if found:
            yield f"{word} {_named(found)}"
    if [slug for slug in old if slug in new] != [slug for slug in new if slug in old]:
        numbers = [str(module.number) for module in map(course.find_module, new) if module]
        yield f"Reihenfolge der Module {', '.join(numbers)}"
    all_cases = [case.slug for case in course.cases]
    had = all_cases if before.cases is None else before.cases
    has = all_cases if after.cases is None else after.cases
    for word, kept, gone in (("ohne", had, has), ("mit", has, had)):
        cases = [case for case in course.cases if case.slug in kept and case.slug not in gone]
        if cases:
            yield f"{word} {_fall(cases)}"


def _named(modules: Iterable[Module]) -> str:
    """Modul 2 „Herkunft“ und Modul 4 „Alltag“"""
    return german.words([f"Modul {module.number} „{inner(module.title)}“" for module in modules])


def _fall(cases: Sequence[Case]) -> str:
    return german.words([f"Fall „{inner(case.title)}“" for case in cases])


def _minutes(minutes: int) -> str:
    return _count(minutes, "Minute", "Minuten")


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
