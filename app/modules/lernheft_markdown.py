"""The Lernheft as Markdown: one file to begin with, one for each module.

Own texts stand in quotes, so that nothing in them can be taken for the document's headings; their marks are escaped,
so that any viewer shows what was written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from app.modules.takeaway import Asked, Chapter, Cover, Document, Stop

BEGINNING = "lernheft.md"

_MARKS = re.compile(r"[\\`*\[<|~]|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_AT_THE_START = re.compile(r"^([ \t]*)(>|#{1,6}(?=[ \t]|$)|=+[ \t]*$|-[-\t ]*$)")
_INDENT = re.compile(r"^[ \t]+")


def files(document: Document) -> dict[str, str]:
    """Name -> text, in the order of the way."""
    found = {BEGINNING: _beginning(document)}
    for chapter in document.chapters:
        found[f"{chapter.name}.md"] = _joined([_front(document.cover, chapter.title), *_chapter(chapter)])
    return found


def _beginning(document: Document) -> str:
    cover = document.cover
    about = [f"{escaped(cover.name)}, {escaped(cover.cohort)}, Stand: {cover.day}"]
    parts = [_front(cover, "Lernheft"), f"# Lernheft: {escaped(cover.course)}", *about]
    if document.is_empty:
        parts.append("In diesem Lernheft steht noch nichts.")
    for asked in document.questions:
        parts += ["## Meine Ausgangsfragen"] if asked is document.questions[0] else []
        parts += _asked(asked)
    parts += _keywords(document)
    parts += _wishes(document)
    if document.chapters:
        links = [f"- [{escaped(each.title)}]({each.name}.md)" for each in document.chapters]
        parts += ["## Was ich unterwegs geschrieben habe", "\n".join(links)]
    if document.former:
        parts += [
            "## Frühere Eintragungen",
            "Diese Fragen stehen in der jetzigen Fassung des Kurses nicht mehr.",
        ]
    for former in document.former:
        parts += [f"*{former.when}*", *map(quoted, former.texts)]
    return _joined(parts)


def _asked(asked: Asked) -> Iterator[str]:
    yield f"### {escaped(asked.text)}"
    yield f"Stand: {asked.state}"
    lines = []
    for step in asked.steps:
        said = f": {escaped(step.text)}" if step.text else ""
        lines.append(f"- {escaped(step.where)}, {step.when}: **{step.state}**{said}")
    yield "\n".join(lines)


def _keywords(document: Document) -> Iterator[str]:
    for title, at_start in (("Meine Schlagworte am Anfang", True), ("Dazugekommene Schlagworte", False)):
        groups = [group for group in document.keywords if group.at_start == at_start]
        if groups:
            yield f"## {title}"
            yield "\n".join(
                f"- {escaped(group.where)}: {', '.join(map(escaped, group.words))}" for group in groups
            )


def _wishes(document: Document) -> Iterator[str]:
    if document.wishes:
        yield "## Meine Wünsche vom Ankommen"
        yield "\n".join(
            f"- {escaped(wish.text)} ({wish.readers}){f': **{wish.state}**' if wish.state else ''}"
            for wish in document.wishes
        )


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f"# {escaped(chapter.title)}"
    for station in chapter.stations:
        yield from _station(station)


def _station(station: Stop) -> Iterator[str]:
    yield f"## {escaped(station.title)}"
    for passage in station.passages:
        if passage.title:
            yield f"### {escaped(passage.title)}"
        yield f"*{passage.when}*"
        for said in passage.said:
            if said.question:
                yield "  \n".join(f"**{escaped(line)}**" for line in said.question.split("\n"))
            yield quoted(said.text)
            if said.extra:
                yield f"({escaped(said.extra)})"
    if station.quiz:
        yield station.quiz


def quoted(text: str) -> str:
    """A text of several lines as a quote that keeps its lines."""
    lines = [_line(line) for line in text.split("\n")]
    ends = [
        "  " if line and following else "" for line, following in zip(lines, [*lines[1:], ""], strict=True)
    ]
    return "\n".join(f"> {line}{end}" if line else ">" for line, end in zip(lines, ends, strict=True))


def _line(line: str) -> str:
    """A line whose marks say nothing to a viewer; lists stay lists. Blanks at its start would make it code."""
    safe = _AT_THE_START.sub(r"\1\\\2", escaped(line.rstrip()))
    return _INDENT.sub(lambda found: "\u00a0" * len(found[0].expandtabs(4)), safe)


def escaped(text: str) -> str:
    """A text of one line, to stand anywhere in a paragraph or heading."""
    return _MARKS.sub(r"\\\g<0>", text)


def _front(cover: Cover, title: str) -> str:
    """JSON texts are YAML texts, too."""
    values = {
        "titel": title,
        "name": cover.name,
        "kurs": cover.course,
        "kohorte": cover.cohort,
        "fassung": cover.edition,
        "datum": cover.on.isoformat(),
    }
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["---", *lines, "---"])


def _joined(parts: list[str]) -> str:
    return "\n\n".join(parts) + "\n"
