"""Reads the YAML files of a course: course.yaml, module.yaml and bibliography.yaml."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from app.course.day_plans import read_day_plans
from app.course.fields import Fields
from app.course.findings import Findings
from app.course.model import DayPlan, Reference, RuleProposal
from app.course.yamltext import Listing, Mapping, Scalar, read_yaml


class _Reflections(StrEnum):
    VISITED = "besuchte-module"
    ALL = "alle"
    NONE = "keine"


class _Confidence(StrEnum):
    HIGH = "hoch"
    MEDIUM = "mittel"
    NONE = "keine"


@dataclass(frozen=True)
class CourseFile:
    """course.yaml. `modules` are the slugs with their lines; whether they exist is checked later.

    `readable` is false where the YAML could not be read and all else is empty; so in the other files.
    """

    findings: Findings
    slug: str = ""
    title: str = ""
    subtitle: str = ""
    description: str = ""
    unit_minutes: int = 45
    goals: tuple[str, ...] = ()
    contents: tuple[str, ...] = ()
    modules: tuple[Scalar, ...] = ()
    day_plans: tuple[DayPlan, ...] = ()
    rule: RuleProposal = field(default_factory=RuleProposal)
    readable: bool = True


@dataclass(frozen=True)
class ModuleFile:
    """A module.yaml. `pages` are the slugs with their lines."""

    findings: Findings
    title: str = ""
    minutes: int = 0
    minutes_line: int = 1
    goals: tuple[str, ...] = ()
    pages: tuple[Scalar, ...] = ()
    readable: bool = True


@dataclass(frozen=True)
class BibliographyFile:
    findings: Findings
    references: tuple[Reference, ...] = ()
    readable: bool = True


def read_course(path: str, text: str) -> CourseFile:
    """The content of course.yaml; problems are in its findings."""
    findings = Findings(path)
    fields = _fields(text, findings)
    if fields is None:
        return CourseFile(findings, readable=False)
    modules = _listed(fields, "module", findings)
    if not modules:
        findings.error("field_missing", fields.line_of("module"), field="module")
    course = CourseFile(
        findings,
        slug=fields.slug("kennung"),
        title=fields.text("titel", required=True),
        subtitle=fields.text("untertitel"),
        description=fields.text("beschreibung"),
        unit_minutes=fields.whole("ue_minuten", 45, 1, 120),
        goals=_words(fields, "ziele"),
        contents=_words(fields, "inhalte"),
        modules=modules,
        day_plans=read_day_plans(fields, findings),
        rule=_rule(fields.record("abschluss")),
    )
    fields.finish()
    return course


def _rule(fields: Fields) -> RuleProposal:
    participation = fields.record("teilnahme")
    rule = RuleProposal(
        attendance_percent=participation.whole("anwesenheit", 80, 0, 100),
        reflections=participation.choice("lernstopps", _Reflections, _Reflections.VISITED).value,
    )
    participation.finish()
    fields.finish()
    return rule


def read_module(path: str, text: str) -> ModuleFile:
    """The content of a module.yaml; problems are in its findings."""
    findings = Findings(path)
    fields = _fields(text, findings)
    if fields is None:
        return ModuleFile(findings, readable=False)
    pages = _listed(fields, "seiten", findings)
    if not pages:
        findings.error("module_without_pages", fields.line_of("seiten"))
    module = ModuleFile(
        findings,
        title=fields.text("titel", required=True),
        minutes=fields.whole("minuten", 0, 1, 6000, required=True),
        minutes_line=fields.line_of("minuten"),
        goals=_words(fields, "ziele"),
        pages=pages,
    )
    fields.finish()
    return module


def read_bibliography(path: str, text: str) -> BibliographyFile:
    """The references of bibliography.yaml; problems are in its findings."""
    findings = Findings(path)
    node = read_yaml(text, findings)
    if isinstance(node, Mapping) and node.entries:
        findings.error("list_expected", node.line, field=path)
    if not isinstance(node, Listing):
        return BibliographyFile(findings, readable=node is not None)
    references: dict[str, Reference] = {}
    # Read as if the list were a field, so that a wrong entry is reported in the same way.
    for fields in Fields(Mapping({path: node}, 1), findings).records(path):
        reference = _reference(fields)
        if reference.key in references:
            findings.error("reference_twice", fields.line_of("kennung"), name=reference.key)
        references[reference.key] = reference
    return BibliographyFile(findings, tuple(references.values()))


def _reference(fields: Fields) -> Reference:
    reference = Reference(
        key=fields.slug("kennung"),
        short=fields.text("kurz", required=True),
        full=fields.text("voll"),
        second_hand=fields.yes("zweite_hand"),
        confidence=fields.choice("sicherheit", _Confidence, _Confidence.NONE).value,
        note=fields.text("hinweis"),
    )
    fields.finish()
    return reference


def _fields(text: str, findings: Findings) -> Fields | None:
    node = read_yaml(text, findings)
    if isinstance(node, Listing):
        findings.error("yaml_no_fields", node.line)
    return Fields(Mapping(node.entries, 1), findings) if isinstance(node, Mapping) else None


def _words(fields: Fields, name: str) -> tuple[str, ...]:
    return tuple(item.text for item in fields.texts(name) if item.text)


def _listed(fields: Fields, name: str, findings: Findings) -> tuple[Scalar, ...]:
    """The slugs of a list, each once."""
    items: dict[str, Scalar] = {}
    for item in fields.texts(name):
        if item.text in items:
            findings.error("listed_twice", item.line, name=item.text, first_line=items[item.text].line)
        else:
            items[item.text] = item
    return tuple(items.values())
