"""A tree of sources becomes a Course, or every problem at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from app.course.bounded import pages_too_slow
from app.course.check import check
from app.course.course_files import CourseFile
from app.course.digest import digest
from app.course.draft import Draft, read_draft
from app.course.limits import SECONDS_PER_PAGE
from app.course.model import Case, Course, Module, Problem, Severity
from app.course.source import SourceTree
from app.course.term_links import Terms, with_terms


@dataclass(frozen=True, slots=True)
class Compiled:
    """`course` is None exactly if one of the problems is an error; when lenient, if there is nothing to show."""

    course: Course | None
    problems: tuple[Problem, ...]


def compile_course(tree: SourceTree, known: Iterable[Problem] = (), *, lenient: bool = False) -> Compiled:
    """Compiles in this process; for trees that were published before or come from one's own disk.

    `known` are the problems met while the tree was read; they come back with the others, and a file that
    was refused then is not reported as missing too.

    `lenient` is for what was published already. The rules may have become stricter since, but people read
    and answer that edition: errors become warnings, and what can be read of the course is there.
    """
    compiled = _compiled(tree, tuple(known), skip=(), lenient=lenient)
    if lenient and compiled.course:
        eased = (replace(problem, severity=Severity.WARNING) for problem in compiled.problems)
        return Compiled(compiled.course, tuple(sorted(eased)))
    return compiled


def compile_bounded(
    tree: SourceTree, seconds_per_page: float = SECONDS_PER_PAGE, known: Iterable[Problem] = ()
) -> Compiled:
    """Like `compile_course`, but no file of the tree can keep this process busy for long.

    Every file is first read in a child process; one that takes longer than `seconds_per_page` is reported
    as `page_too_slow` and left out. Raises RuntimeError if no child process can be started.
    """
    slow = pages_too_slow(tree, seconds_per_page)
    parameters = (("seconds", f"{seconds_per_page:g}"),)
    found = [Problem(path, 1, "page_too_slow", parameters=parameters) for path in slow]
    return _compiled(tree, (*known, *found), skip=slow)


def _compiled(
    tree: SourceTree, known: tuple[Problem, ...], skip: Collection[str], *, lenient: bool = False
) -> Compiled:
    draft = read_draft(tree, skip)
    found = [problem for findings in draft.findings for problem in findings.problems]
    refused = frozenset(problem.path for problem in known)
    problems = tuple(sorted({*known, *found, *check(draft, tree, refused)}))
    failed = any(problem.severity is Severity.ERROR for problem in problems)
    if draft.course is None or (failed and not lenient):
        return Compiled(None, problems)
    course = _course(draft.course, draft, digest(tree))
    return Compiled(course if course.modules else None, problems)


def _course(file: CourseFile, draft: Draft, name: str) -> Course:
    glossary = draft.glossary.terms if draft.glossary else ()
    terms = Terms(glossary)
    cases = (case.page for case in draft.cases.values())
    return Course(
        slug=file.slug,
        title=file.title,
        subtitle=file.subtitle,
        description=file.description,
        unit_minutes=file.unit_minutes,
        goals=file.goals,
        contents=file.contents,
        modules=_modules(file, draft, terms),
        cases=tuple(with_terms(case, terms) for case in cases if isinstance(case, Case)),
        day_plans=file.day_plans,
        glossary=glossary,
        bibliography=draft.bibliography.references if draft.bibliography else (),
        rule=file.rule,
        digest=name,
        media=draft.media,
    )


def _modules(file: CourseFile, draft: Draft, terms: Terms) -> tuple[Module, ...]:
    """The modules with their pages; what is missing, which only a lenient reader lets pass, is left out."""
    found = (_module(slug.text, number, draft, terms) for number, slug in enumerate(file.modules, 1))
    return tuple(module for module in found if module is not None)


def _module(slug: str, number: int, draft: Draft, terms: Terms) -> Module | None:
    file = draft.modules.get(slug)
    if file is None:
        return None
    files = (draft.pages.get(f"{slug}/{page.text}.md") for page in file.pages)
    pages = tuple(
        with_terms(page.page, terms) for page in files if page is not None and page.page is not None
    )
    if not pages:
        return None
    return Module(
        slug=slug,
        title=file.title,
        minutes=file.minutes,
        goals=file.goals,
        pages=pages,
        number=number,
    )
