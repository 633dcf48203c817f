"""`lueckentext`: words for the gaps of a text; afterwards a hint for those that do not fit. Fields: `g-<gap key>`."""

from __future__ import annotations

from typing import Any

from app.course.blocks.lueckentext import Cloze, normal
from app.quizzes.entries import Note
from app.quizzes.forms import Errors, Form, Read, only_real, tidy_line, too_long
from app.quizzes.kind import FormField, Kind
from app.quizzes.learner import Learner
from app.quizzes.shuffling import shuffled
from app.quizzes.values import Body, Saved

WORD_LENGTH = 200


def read(form: Form, block: Cloze) -> Read:
    sent = {gap.key: tidy_line(form.get(f"g-{gap.key}", "")) for gap in block.gaps}
    filled = {key: text for key, text in sent.items() if text}
    errors = only_real(
        {f"g-{gap.key}": _error(block, number, sent[gap.key]) for number, gap in enumerate(block.gaps, 1)}
    )
    return Read({"gaps": filled}, errors, done=not errors)


def _error(block: Cloze, number: int, text: str) -> str:
    if block.choice:
        fits = text in block.offered
        return "" if fits else f"Lücke {number}: Bitte wählen Sie noch ein Wort aus."
    if not normal(text):
        return f"Lücke {number} ist noch leer. Schreiben Sie hinein, was Sie vermuten."
    long = too_long(text, WORD_LENGTH)
    return f"Lücke {number}: {long}" if long else ""


def context(block: Cloze, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    if saved and typed is None and _is_whole(block, saved.body):
        return _answered(block, saved.body)
    filled = (typed or {}).get("gaps", {})
    # Before handing in the template gets nothing that tells which word stands where.
    gaps = [
        {"name": f"g-{gap.key}", "number": number, "text": filled.get(gap.key, "")}
        for number, gap in enumerate(block.gaps, 1)
    ]
    attempt = saved.version if saved else 0
    offered = _mixed(block, learner, attempt) if block.choice else []
    return {"answered": False, "gaps": gaps, "offered": offered}


def _answered(block: Cloze, body: Body) -> dict[str, Any]:
    gaps = [
        {
            "number": number,
            "text": body["gaps"][gap.key],
            "fits": gap.accepts(body["gaps"][gap.key]),
            "word": gap.words[0],
            "also": gap.words[1:],
            "hint_html": gap.hint_html,
        }
        for number, gap in enumerate(block.gaps, 1)
    ]
    return {"answered": True, "gaps": gaps, "fits": all(gap["fits"] for gap in gaps)}


def _is_whole(block: Cloze, body: Body) -> bool:
    """Whether every gap of today was filled in."""
    filled: Errors = body.get("gaps", {})
    return all(filled.get(gap.key) for gap in block.gaps)


class _Word(str):
    """A word that can be shuffled."""

    __slots__ = ()

    @property
    def key(self) -> str:
        return str(self)


def _mixed(block: Cloze, learner: Learner, attempt: int) -> list[str]:
    words = [_Word(word) for word in block.offered]
    return [str(word) for word in shuffled(words, learner.enrolment_id, block.id, attempt)]


def notes(block: Cloze, body: Body, learner: Learner) -> list[Note]:
    filled = body.get("gaps", {})
    words = [filled[gap.key] for gap in block.gaps if gap.key in filled]
    return [Note(block.prompt.html, "\n".join(words))] if words else []


def fields(block: Cloze, body: Body, learner: Learner) -> list[FormField]:
    filled = body.get("gaps", {})
    options = tuple((word, word) for word in block.offered) if block.choice else ()
    return [
        FormField(f"g-{gap.key}", f"Lücke {number}", filled[gap.key], options=options)
        for number, gap in enumerate(block.gaps, 1)
        if gap.key in filled
    ]


KIND = Kind(
    Cloze,
    "quizzes/blocks/lueckentext.html",
    read,
    context,
    notes,
    fields,
    by_attempt=True,
    assets=("css/questions.css",),
)
