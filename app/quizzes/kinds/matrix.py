"""`matrix`: cards laid into cells; every card is explained afterwards. Fields: `p-<card key>`."""

from __future__ import annotations

from functools import partial
from textwrap import shorten as _shorten
from typing import Any

from app.course.blocks.matrix import Matrix
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read
from app.quizzes.kind import FormField, Kind
from app.quizzes.learner import Learner
from app.quizzes.shuffling import shuffled
from app.quizzes.values import Body, Saved

shorten = partial(_shorten, width=60, placeholder=" …")


def read(form: Form, block: Matrix) -> Read:
    known = _names(block)
    sent = {card.key: form.get(f"p-{card.key}", "") for card in block.cards}
    laid = {key: cell for key, cell in sent.items() if cell in known}
    missing = [card for card in block.cards if card.key not in laid]
    errors = {
        f"p-{card.key}": f"Bitte legen Sie „{shorten(card.text)}“ noch in ein Feld." for card in missing
    }
    return Read({"cells": laid}, errors, done=not missing)


def context(block: Matrix, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    handed_in = saved is not None and typed is None and _is_whole(block, saved.body)
    attempt = 0 if saved is None else saved.version - (1 if handed_in else 0)
    cards = shuffled(block.cards, learner.enrolment_id, block.id, attempt)
    if saved and handed_in:
        laid = saved.body["cells"]
        fits = all(laid[card.key] == card.cell.name for card in cards)
        return {"answered": True, "cards": cards, "laid": laid, "fits": fits}
    # Before handing in the template gets nothing that tells where a card belongs.
    plain = [{"key": card.key, "html": card.html, "text": card.text} for card in cards]
    return {"answered": False, "cards": plain, "laid": (typed or {}).get("cells", {})}


def _names(block: Matrix) -> set[str]:
    return {cell.name for row in block.cells for cell in row}


def _is_whole(block: Matrix, body: Body) -> bool:
    """Whether every card of today lies in a cell that is still there."""
    laid, known = body.get("cells", {}), _names(block)
    return all(laid.get(card.key) in known for card in block.cards)


def notes(block: Matrix, body: Body, learner: Learner) -> list[Note]:
    laid = body.get("cells", {})
    lines = [f"{card.text} → {laid[card.key]}" for card in block.cards if card.key in laid]
    return [Note(block.prompt.html, "\n".join(lines))] if lines else []


def fields(block: Matrix, body: Body, learner: Learner) -> list[FormField]:
    laid = body.get("cells", {})
    options = tuple((cell.name, cell.name) for row in block.cells for cell in row)
    return [
        FormField(f"p-{card.key}", card.text, laid[card.key], options=options)
        for card in block.cards
        if card.key in laid
    ]


KIND = Kind(
    Matrix,
    "quizzes/blocks/matrix.html",
    read,
    context,
    notes,
    fields,
    by_attempt=True,
    assets=("css/questions.css", "js/matrix.js"),
)
