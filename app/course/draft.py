"""All files of a tree, each read on its own; what holds between them is checked afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from app.course.course_files import (
    BibliographyFile,
    CourseFile,
    ModuleFile,
    read_bibliography,
    read_course,
    read_module,
)
from app.course.findings import Findings
from app.course.page_files import GlossaryFile, PageFile, read_case, read_glossary, read_page
from app.course.source import SourceTree

COURSE, MODULE = "course.yaml", "module.yaml"
GLOSSARY, BIBLIOGRAPHY = "glossary.md", "bibliography.yaml"
CASES, MEDIA = "cases", "media"

FileReading = CourseFile | ModuleFile | BibliographyFile | PageFile | GlossaryFile


@dataclass(frozen=True)
class Draft:
    """A course being compiled. Files are kept by path; the `unexpected` ones have no place in a course.

    Of the `unreadable` ones, nothing is known but that they are there.
    """

    media: frozenset[str]
    course: CourseFile | None = None
    modules: dict[str, ModuleFile] = field(default_factory=dict)
    pages: dict[str, PageFile] = field(default_factory=dict)
    cases: dict[str, PageFile] = field(default_factory=dict)
    glossary: GlossaryFile | None = None
    bibliography: BibliographyFile | None = None
    unexpected: tuple[str, ...] = ()
    unreadable: frozenset[str] = frozenset()
    findings: tuple[Findings, ...] = ()


def is_media(path: str) -> bool:
    return path.startswith(MEDIA + "/")


def read_file(path: str, text: str) -> FileReading | None:
    """Reads one text file for what its path says it is; None if it has no place in a course."""
    folder, _, name = path.rpartition("/")
    fixed: dict[str, Callable[[str, str], FileReading]] = {
        COURSE: read_course,
        GLOSSARY: read_glossary,
        BIBLIOGRAPHY: read_bibliography,
    }
    if path in fixed:
        return fixed[path](path, text)
    if not folder or "/" in folder or folder == MEDIA:
        return None
    if folder == CASES:
        return read_case(path, text) if name.endswith(".md") else None
    if name == MODULE:
        return read_module(path, text)
    return read_page(path, text) if name.endswith(".md") else None


def read_draft(tree: SourceTree, skip: Collection[str] = ()) -> Draft:
    """Reads every file of the tree but those in `skip`."""
    readings: dict[str, FileReading] = {}
    unexpected: list[str] = []
    for path in tree.files:
        if is_media(path) or path in skip:
            continue
        reading = read_file(path, tree.text(path))
        if reading is None:
            unexpected.append(path)
        else:
            readings[path] = reading
    return _sorted_out(tree, readings, tuple(unexpected))


def _sorted_out(tree: SourceTree, readings: Mapping[str, FileReading], unexpected: tuple[str, ...]) -> Draft:
    course, glossary, bibliography = (readings.get(path) for path in (COURSE, GLOSSARY, BIBLIOGRAPHY))
    return Draft(
        media=frozenset(path.removeprefix(MEDIA + "/") for path in tree.files if is_media(path)),
        course=course if isinstance(course, CourseFile) else None,
        modules={
            path.removesuffix("/" + MODULE): reading
            for path, reading in readings.items()
            if isinstance(reading, ModuleFile)
        },
        pages=_pages(readings, cases=False),
        cases=_pages(readings, cases=True),
        glossary=glossary if isinstance(glossary, GlossaryFile) else None,
        bibliography=bibliography if isinstance(bibliography, BibliographyFile) else None,
        unexpected=unexpected,
        unreadable=frozenset(path for path, reading in readings.items() if not reading.readable),
        findings=tuple(reading.findings for reading in readings.values()),
    )


def _pages(readings: Mapping[str, FileReading], *, cases: bool) -> dict[str, PageFile]:
    return {
        path: reading
        for path, reading in readings.items()
        if isinstance(reading, PageFile) and path.startswith(CASES + "/") is cases
    }
