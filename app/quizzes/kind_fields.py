"""Form fields that several kinds have in common. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from app.course.model import Prompt
from app.quizzes import entries
from app.quizzes.kind import FormField
from app.quizzes.values import Body


def entry_fields(prompts: Sequence[Prompt], body: Body) -> list[FormField]:
    """A field for each prompt and for each answer to an earlier question, with the question it belongs to."""
    asked = entries.entries(prompts, body)
    now = [FormField(entry.name, entry.question, entry.text, long=True) for entry in asked]
    for entry in entries.earlier(prompts, body):
        now.append(FormField(f"{entry.name}-q", "", entry.question, hidden=True))
        now.append(FormField(entry.name, f"Frühere Frage: {entry.question}", entry.text, long=True))
    return now
