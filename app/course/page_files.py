"""Reads the Markdown files of a course: pages, cases and the glossary."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import ClassVar

from app.course.block_reading import without_source
from app.course.blocks import read_block
from app.course.fields import Fields
from app.course.findings import Findings, Target
from app.course.footnotes import taken_out
from app.course.links import FROM_GLOSSARY
from app.course.model import Block, Case, Page, PageKind, Part, Prose, Term
from app.course.parse import RawBlock, RawPage, split
from app.course.render import Renderer, plain, render
from app.course.text import SLUG, Line, Lines, code_lines, lines_of, text_of, trimmed

_LONGEST_PAGE = 600


@dataclass(frozen=True)
class PageFile:
    """A page or case with what was found in it. `page` is None if its front matter cannot be read."""

    findings: Findings
    page: Page | None
    blocks: tuple[Block, ...] = ()

    readable: ClassVar[bool] = True


@dataclass(frozen=True)
class GlossaryFile:
    findings: Findings
    terms: tuple[Term, ...] = ()

    readable: ClassVar[bool] = True


def read_page(path: str, text: str) -> PageFile:
    """A page of the way; problems and links are in its findings."""
    findings, raw, parts = _opened(path, text, module=path.split("/")[0])
    blocks = tuple(part for part in parts if isinstance(part, Block))
    if raw.front is None:
        return PageFile(findings, None, blocks)
    fields = Fields(raw.front, findings)
    # A case is one by its folder, so it is no kind to be written down.
    kind = fields.choice("art", PageKind, PageKind.PAGE, without=PageKind.CASE)
    page = Page(
        slug=_slug(path, findings),
        title=fields.text("titel", required=True),
        minutes=fields.whole("minuten", 0, 1, _LONGEST_PAGE, required=True),
        core=fields.yes("kern"),
        kind=kind,
        parts=parts,
        path=path,
    )
    fields.finish()
    _check_minutes(page, fields, findings)
    if kind is PageKind.REFLECTION and not any(block.kind == "lernstopp" for block in blocks):
        findings.warning("reflection_without_block", fields.line_of("art"))
    return PageFile(findings, page, blocks)


def read_case(path: str, text: str) -> PageFile:
    """A practice case; problems and links are in its findings."""
    findings, raw, parts = _opened(path, text, module="")
    blocks = tuple(part for part in parts if isinstance(part, Block))
    if raw.front is None:
        return PageFile(findings, None, blocks)
    fields = Fields(raw.front, findings)
    modules = fields.texts("module")
    for module in modules:
        findings.use(Target.MODULE, module.text, module.line)
    case = Case(
        slug=_slug(path, findings),
        title=fields.text("titel", required=True),
        minutes=fields.whole("minuten", 0, 1, _LONGEST_PAGE, required=True),
        core=False,
        kind=PageKind.CASE,
        parts=parts,
        path=path,
        role=fields.text("rolle"),
        setting=fields.text("ort"),
        difficulty=fields.text("schwierigkeit"),
        modules=tuple(module.text for module in modules),
    )
    fields.finish()
    _check_minutes(case, fields, findings)
    if not any(block.kind == "fall" for block in blocks):
        findings.error("case_without_block", 1)
    return PageFile(findings, case, blocks)


def _opened(path: str, text: str, module: str) -> tuple[Findings, RawPage, tuple[Part, ...]]:
    findings = Findings(path)
    raw = split(text, findings)
    return findings, raw, _parts(raw, findings, module)


def _parts(raw: RawPage, findings: Findings, module: str) -> tuple[Part, ...]:
    footnotes: dict[str, Lines] = {}
    proses = [
        part if isinstance(part, RawBlock) else taken_out(part, findings, footnotes) for part in raw.parts
    ]
    renderer = Renderer(
        findings, block_ids=frozenset(block.id for block in raw.blocks if block.id), footnotes=footnotes
    )
    parts: list[Part] = []
    for part in proses:
        if isinstance(part, RawBlock):
            block = read_block(part, findings, renderer, module)
            parts += [block] if block else []
        elif part:
            parts.append(Prose(renderer.html(part)))
    _check_anchors(renderer, footnotes, findings)
    return tuple(parts)


def _check_anchors(renderer: Renderer, footnotes: dict[str, Lines], findings: Findings) -> None:
    for anchor, line in renderer.anchors_used:
        if anchor not in renderer.anchors:
            findings.error("anchor_unknown", line, anchor=anchor)
    for label in footnotes.keys() - renderer.footnotes_used:
        findings.warning("footnote_unused", footnotes[label][0].number, label=label)


def _slug(path: str, findings: Findings) -> str:
    slug = PurePosixPath(path).stem
    if not SLUG.fullmatch(slug):
        findings.error("slug_invalid", 1, name=slug)
    return slug


def _check_minutes(page: Page, fields: Fields, findings: Findings) -> None:
    minutes = sum(block.minutes for block in page.blocks)
    if minutes > page.minutes > 0:
        findings.warning("block_minutes", fields.line_of("minuten"), blocks=minutes, page=page.minutes)


def read_glossary(path: str, text: str) -> GlossaryFile:
    """The terms of glossary.md; problems and links are in its findings."""
    findings = Findings(path)
    lines = lines_of(text)
    in_code = code_lines(lines).inside
    starts = [index for index, line in enumerate(lines) if line.text.startswith("## ") and not in_code[index]]
    stray = trimmed(lines[: starts[0]] if starts else lines)
    if stray and not stray[0].text.startswith("# "):
        findings.warning("text_before_terms", stray[0].number)
    renderer = Renderer(findings, base=FROM_GLOSSARY)
    terms: dict[str, Term] = {}
    for start, end in pairwise([*starts, len(lines)]):
        term = _term(lines[start], trimmed(lines[start + 1 : end]), renderer, findings)
        if term and term.slug in terms:
            findings.error("term_twice", lines[start].number, name=term.slug)
        elif term:
            terms[term.slug] = term
    return GlossaryFile(findings, tuple(terms.values()))


def _term(heading: Line, body: Lines, renderer: Renderer, findings: Findings) -> Term | None:
    name, _, slug = heading.text.removeprefix("## ").strip().removesuffix("}").rpartition("{#")
    if not SLUG.fullmatch(slug):
        findings.error("term_without_slug", heading.number, text=heading.text[:60])
        return None
    definition, source = without_source(body)
    term = plain((Line(heading.number, name.strip()),))
    if not term or not definition:
        findings.error("term_empty", heading.number, name=slug)
    html = renderer.html(definition) if definition else ""
    page_html = render(text_of(definition)) if definition else ""
    return Term(slug=slug, term=term, html=html, page_html=page_html, source=source)
