"""Entries to prompts, as a page shows them again: each prompt with its text, and earlier questions. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from app.course.block_reading import key_of
from app.course.model import Prompt
from app.quizzes.values import Body


@dataclass(frozen=True, slots=True)
class Note:
    """A piece of the Lernheft. `extra` is a short remark in plain words, "" for none."""

    question_html: str
    text: str
    extra: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A text field: `name` in the form, the question and what was written."""

    name: str
    html: str
    question: str
    text: str


def texts(body: Body) -> dict[str, str]:
    """What was written, by question."""
    return {entry["q"]: entry["a"] for entry in body.get("entries", ())}


def any_text(body: Body) -> bool:
    return any(text.strip() for text in texts(body).values())


def entries(prompts: Sequence[Prompt], body: Body) -> list[Entry]:
    """A field for each prompt."""
    written = texts(body)
    return [
        Entry(f"e{n}", prompt.html, prompt.text, written.get(prompt.text, ""))
        for n, prompt in enumerate(prompts)
    ]


def earlier(prompts: Sequence[Prompt], body: Body) -> list[Entry]:
    """A field for each answer whose question is no longer asked."""
    asked = {prompt.text for prompt in prompts}
    left = [(question, text) for question, text in texts(body).items() if question not in asked and text]
    return [Entry(f"f-{key_of(question)}", escape(question), question, text) for question, text in left]


def notes(prompts: Sequence[Prompt], body: Body) -> list[Note]:
    """What was written, for the Lernheft."""
    now = [Note(entry.html, entry.text) for entry in entries(prompts, body) if entry.text]
    before = [Note(entry.html, entry.text, "frühere Frage") for entry in earlier(prompts, body)]
    return now + before
