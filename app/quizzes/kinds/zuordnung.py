"""`zuordnung`: what belongs together; every pair is explained afterwards. Fields: `p-<pair key>`."""

from __future__ import annotations

from functools import partial
from textwrap import shorten as _shorten
from typing import Any

from app.course.blocks.zuordnung import Matching
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read, in_words
from app.quizzes.kind import FormField, Kind
from app.quizzes.learner import Learner
from app.quizzes.shuffling import shuffled
from app.quizzes.values import Body, Saved

shorten = partial(_shorten, placeholder=" …")


def read(form: Form, block: Matching) -> Read:
    sent = {pair.key: form.get(f"p-{pair.key}", "") for pair in block.pairs}
    pairs = {key: right for key, right in sent.items() if right in block.rights}
    missing = [pair for pair in block.pairs if pair.key not in pairs]
    errors = {
        f"p-{pair.key}": f"Bitte wählen Sie noch aus, was zu „{shorten(pair.left_text, width=60)}“ gehört."
        for pair in missing
    }
    return Read({"pairs": pairs}, errors, done=not missing)


def context(block: Matching, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    handed_in = saved is not None and typed is None and _is_whole(block, saved.body)
    attempt = 0 if saved is None else saved.version - (1 if handed_in else 0)
    pairs = shuffled(block.pairs, learner.enrolment_id, block.id, attempt)
    if saved and handed_in:
        chosen = saved.body["pairs"]
        fits = all(chosen[pair.key] == pair.right for pair in pairs)
        return {"answered": True, "pairs": pairs, "chosen": chosen, "fits": fits}
    # Before handing in the template gets nothing that tells what belongs together.
    plain = [{"key": pair.key, "left_html": pair.left_html, "left_text": pair.left_text} for pair in pairs]
    return {
        "answered": False,
        "pairs": plain,
        "rights": block.rights,
        "chosen": (typed or {}).get("pairs", {}),
        "count": in_words(len(plain)),
    }


def _is_whole(block: Matching, body: Body) -> bool:
    """Whether every pair of today was answered with something that is still offered."""
    pairs = body.get("pairs", {})
    return all(pairs.get(pair.key) in block.rights for pair in block.pairs)


def notes(block: Matching, body: Body, learner: Learner) -> list[Note]:
    chosen = body.get("pairs", {})
    lines = [f"{pair.left_text} → {chosen[pair.key]}" for pair in block.pairs if pair.key in chosen]
    return [Note(block.prompt.html, "\n".join(lines))] if lines else []


def fields(block: Matching, body: Body, learner: Learner) -> list[FormField]:
    chosen = body.get("pairs", {})
    rights = tuple((right, right) for right in block.rights)
    return [
        FormField(f"p-{pair.key}", pair.left_text, chosen[pair.key], options=rights)
        for pair in block.pairs
        if pair.key in chosen
    ]


KIND = Kind(Matching, "quizzes/blocks/zuordnung.html", read, context, notes, fields, by_attempt=True)
