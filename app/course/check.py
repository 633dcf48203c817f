"""What must hold between the files of a course."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from app.course.draft import BIBLIOGRAPHY, COURSE, GLOSSARY, MODULE, Draft
from app.course.findings import Findings, Target, Use
from app.course.media import media_problem
from app.course.model import PageKind, Problem
from app.course.raw_links import is_plain_name, plain_name
from app.course.source import SourceTree
from app.course.text import SLUG, nearest
from app.course.totals import check_plans
from app.course.yamltext import Scalar


def check(draft: Draft, tree: SourceTree, refused: Collection[str] = ()) -> list[Problem]:
    """The problems between the files. `refused` are paths reported already, so not "missing" as well."""
    notes: list[Findings] = []
    refused = draft.unreadable.union(refused)
    for rule in (_check_course, _check_modules, _check_unexpected):
        rule(draft, refused, notes)
    _check_ids(draft, notes)
    _check_uses(draft, refused, notes)
    _check_media(tree, notes)
    return [problem for note in notes for problem in note.problems]


def _note(path: str, notes: list[Findings]) -> Findings:
    findings = Findings(path)
    notes.append(findings)
    return findings


def _check_course(draft: Draft, refused: Collection[str], notes: list[Findings]) -> None:
    findings = _note(COURSE, notes)
    if draft.course is None:
        if COURSE not in refused:
            findings.error("file_missing", 1, file=COURSE)
        return
    check_plans(draft, findings)
    if not draft.course.modules:
        # Unreadable, or reported for its missing list: that every module is unlisted only follows from it.
        return
    listed = {module.text for module in draft.course.modules}
    for module in draft.course.modules:
        if module.text not in draft.modules and f"{module.text}/{MODULE}" not in refused:
            guess = nearest(module.text, draft.modules)
            findings.error("module_missing", module.line, name=module.text, nearest=guess)
        elif not SLUG.fullmatch(module.text):
            findings.error("slug_invalid", module.line, name=module.text)
    for slug in draft.modules.keys() - listed:
        _note(f"{slug}/{MODULE}", notes).warning("module_unlisted", 1, name=slug)


def _check_modules(draft: Draft, refused: Collection[str], notes: list[Findings]) -> None:
    for slug, module in draft.modules.items():
        findings = _note(f"{slug}/{MODULE}", notes)
        paths = [f"{slug}/{page.text}.md" for page in module.pages]
        for page, path in zip(module.pages, paths, strict=True):
            if path not in draft.pages and path not in refused:
                _page_missing(draft, slug, page, findings)
        if module.readable and module.pages:
            _check_stations(draft, slug, paths, findings)
    for path in draft.pages:
        folder, name = path.split("/")
        owner = draft.modules.get(folder)
        if owner is None and f"{folder}/{MODULE}" not in refused:
            _note(path, notes).warning("page_without_module", 1, folder=folder)
        elif owner and owner.pages and name.removesuffix(".md") not in {page.text for page in owner.pages}:
            _note(path, notes).warning("page_unlisted", 1, name=name.removesuffix(".md"), module=folder)


def _page_missing(draft: Draft, slug: str, page: Scalar, findings: Findings) -> None:
    there = [path.split("/")[1].removesuffix(".md") for path in draft.pages if path.startswith(slug + "/")]
    guess = nearest(page.text, there)
    findings.error("page_missing", page.line, name=page.text, file=f"{page.text}.md", nearest=guess)


def _check_stations(draft: Draft, slug: str, paths: list[str], findings: Findings) -> None:
    """Minutes and Lernstopp of a module; only if all its pages could be read, or the sum would mislead."""
    pages = [draft.pages[path].page for path in paths if path in draft.pages]
    known = [page for page in pages if page is not None]
    if len(known) < len(paths):
        return
    module = draft.modules[slug]
    minutes = sum(page.minutes for page in known)
    if module.minutes and minutes != module.minutes:
        findings.warning("module_minutes", module.minutes_line, module=module.minutes, pages=minutes)
    if not any(page.kind is PageKind.REFLECTION for page in known):
        findings.warning("module_without_reflection", 1)


def _check_unexpected(draft: Draft, _: Collection[str], notes: list[Findings]) -> None:
    for path in draft.unexpected:
        guess = nearest(path.rpartition("/")[2], (COURSE, MODULE, GLOSSARY, BIBLIOGRAPHY))
        _note(path, notes).warning("file_unexpected", 1, nearest=guess)


def _check_ids(draft: Draft, notes: list[Findings]) -> None:
    seen: dict[str, tuple[str, int]] = {}
    for path, file in [*draft.pages.items(), *draft.cases.items()]:
        for block in file.blocks:
            first = seen.setdefault(block.id, (path, block.line))
            if first != (path, block.line) and block.id:
                _note(path, notes).error(
                    "id_twice", block.line, id=block.id, first_path=first[0], first_line=first[1]
                )


def _check_uses(draft: Draft, refused: Collection[str], notes: list[Findings]) -> None:
    names = _names(draft)
    missing = {Target.TERM: GLOSSARY, Target.REFERENCE: BIBLIOGRAPHY}
    for use in (use for findings in draft.findings for use in findings.uses):
        if use.name in names[use.kind] or missing.get(use.kind) in refused:
            continue
        if _path_of(use) not in refused and not _in_unknown_module(use, draft, refused):
            guess = nearest(use.name, names[use.kind])
            _note(use.path, notes).error(f"unknown_{use.kind}", use.line, name=use.name, nearest=guess)


def _in_unknown_module(use: Use, draft: Draft, refused: Collection[str]) -> bool:
    """Whether the use names a page of a module whose own file says nothing, which is reported already."""
    folder = use.name.partition("/")[0]
    if use.kind is not Target.PAGE or not draft.course:
        return False
    module = draft.modules.get(folder)
    listed = folder in {entry.text for entry in draft.course.modules}
    return f"{folder}/{MODULE}" in refused or (not module.pages if module else listed)


def _path_of(use: Use) -> str:
    """The file a name stands for, where it stands for one."""
    patterns = {
        Target.PAGE: "{}.md",
        Target.CASE: "cases/{}.md",
        Target.MEDIA: "media/{}",
        Target.MODULE: "{}/module.yaml",
    }
    return patterns.get(use.kind, "").replace("{}", use.name)


def _names(draft: Draft) -> Mapping[Target, Collection[str]]:
    course = draft.course
    modules = {module.text for module in course.modules} if course and course.modules else set(draft.modules)
    pages = {
        f"{slug}/{page.text}"
        for slug, module in draft.modules.items()
        if slug in modules
        for page in module.pages
    }
    return {
        Target.MODULE: modules,
        Target.PAGE: pages,
        Target.CASE: {path.removeprefix("cases/").removesuffix(".md") for path in draft.cases},
        Target.TERM: {term.slug for term in draft.glossary.terms} if draft.glossary else set(),
        Target.REFERENCE: {r.key for r in draft.bibliography.references} if draft.bibliography else set(),
        Target.MEDIA: draft.media,
        Target.CORE: _plans_with_a_core(draft),
    }


def _plans_with_a_core(draft: Draft) -> Collection[str]:
    """The day plans that may be made for the core path: all of them, once a page belongs to it."""
    there = any(file.page and file.page.core for file in draft.pages.values())
    return {plan.id for plan in draft.course.day_plans} if draft.course and there else set()


def _check_media(tree: SourceTree, notes: list[Findings]) -> None:
    for path, content in tree.files.items():
        code = media_problem(path, content)
        if code:
            _note(path, notes).error(code, 1)
        name = path.removeprefix("media/")
        if path.startswith("media/") and not all(is_plain_name(part) for part in name.split("/")):
            _note(path, notes).warning("media_name", 1, better=plain_name(name.rpartition("/")[2]))
