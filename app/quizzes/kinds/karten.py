"""`karten`: cards of one's own, on a board of one's own or of the whole cohort.

Fields: `t-<key>-<card>` and `f-<key>-<card>` as on a sheet, `t-spalte-<card>`, `z-<card>` the tick at the sentence of
consent, `x-<card>` takes the card away, `last`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from app import clock
from app.course.block_reading import key_of
from app.course.blocks.karten import CardBoard
from app.quizzes import board, cards
from app.quizzes.cards import BUNDLE, COLUMN, Card
from app.quizzes.entries import Entry, Note
from app.quizzes.forms import Form, Read, is_explicit, is_first, last_number
from app.quizzes.kind import FormField, Kind, Together, shown_body
from app.quizzes.learner import Learner
from app.quizzes.typed import Filled, filled, form_fields, values_of
from app.quizzes.values import Body, Saved

EMPTY_CARDS = 3


@dataclass(frozen=True, slots=True)
class CardForm:
    """A card as the form shows it. `title` is "" for an empty one, `given`: the title is the course's."""

    id: str
    title: str
    given: bool
    column: str
    due: bool
    fields: Sequence[Filled]
    extras: Sequence[Filled]
    earlier: Sequence[Entry]
    consent: bool


def read(form: Form, block: CardBoard) -> Read:
    found, errors = cards.read_cards(form, block, clock.today())
    own = [card for card in found if card["id"].startswith("a")]
    body = {"cards": found, "last": last_number(form, own)}
    if not found and not errors and is_explicit(form) and is_first(form):
        first = f"t-{block.fields[0].key}-a1"
        errors[first] = "Hier steht noch keine Karte. Ein Titel genügt für den Anfang."
    return Read(body, errors, done=bool(found), shared=bool(found))


def context(block: CardBoard, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    # What was just typed is shown whole, even where it says that the card's last day has come.
    kept = cards.of_body(body) if typed is not None else cards.alive(cards.of_body(body), clock.today())
    by_id = {card["id"]: card for card in kept}
    shown = [_card_form(block, by_id.pop(name, {"id": name})) for name in cards.given(block)]
    shown += [_card_form(block, card) for card in by_id.values()]
    last = max([body.get("last", 0), *(int(name[1:]) for name in by_id if name.startswith("a"))])
    new = [_card_form(block, {"id": f"a{last + n}"}, new=True) for n in range(1, EMPTY_CARDS + 1)]
    return {
        "columns": [
            (name, [card for card in shown if card.column == name]) for name in block.columns or ("",)
        ],
        "count": len(shown),
        "new": new,
        "last": last,
        "bundles": sorted({cards.said(card, BUNDLE) for card in kept} - {""}, key=str.casefold),
    }


def _card_form(block: CardBoard, card: Card, *, new: bool = False) -> CardForm:
    name = card["id"]
    extra = cards.extras(block)
    said = {field.prompt.text: cards.said(card, field.key) for field in extra if field.key != COLUMN}
    return CardForm(
        id=name,
        title="" if new else cards.title(block, card),
        given=name in cards.given(block),
        column=cards.column(block, card),
        due=cards.due(card, clock.today()),
        fields=filled(cards.asked(block, name), values_of(card), name),
        extras=filled([field for field in extra if field.key != COLUMN], said, name),
        earlier=[
            Entry(f"f-{key_of(q)}-{name}", escape(q), q, text) for q, text in _no_longer_asked(block, card)
        ],
        consent=bool(card.get("consent")),
    )


def _no_longer_asked(block: CardBoard, card: Card) -> Iterable[tuple[str, str]]:
    known = {field.prompt.text for field in block.fields}
    return [(question, text) for question, text in values_of(card).items() if question not in known and text]


def notes(block: CardBoard, body: Body, learner: Learner) -> list[Note]:
    return [
        Note(
            escape(cards.title(block, card)),
            "\n".join(f"{label}: {text}" for label, text in board.lines(block, card)),
            cards.column(block, card),
        )
        for card in cards.alive(cards.of_body(body), clock.today())
    ]


def fields(block: CardBoard, body: Body, learner: Learner) -> list[FormField]:
    found = [FormField("last", "", str(body.get("last", 0)), hidden=True)]
    for card in cards.alive(cards.of_body(body), clock.today()):
        title = cards.title(block, card)
        found += [replace(field, label=f"{title}: {field.label}") for field in _fields_of(block, card)]
    return found


def _fields_of(block: CardBoard, card: Card) -> list[FormField]:
    name, found = card["id"], list[FormField]()
    for question, text in _no_longer_asked(block, card):
        found.append(FormField(f"f-{key_of(question)}-{name}-q", "", question, hidden=True))
        found.append(FormField(f"f-{key_of(question)}-{name}", question, text, long=True))
    found += form_fields(cards.asked(block, name), values_of(card), name)
    extra = cards.extras(block)
    found += form_fields(extra, {field.prompt.text: cards.said(card, field.key) for field in extra}, name)
    if block.consent:
        ticks = (("", "kein Häkchen"), ("ja", block.consent))
        found.append(
            FormField(f"z-{name}", "Einwilligung", "ja" if card.get("consent") else "", options=ticks)
        )
    return found


KIND = Kind(
    CardBoard,
    "quizzes/blocks/karten.html",
    read,
    context,
    notes,
    fields,
    assets=("css/boards.css", "js/boards.js"),
    together=Together("quizzes/together/karten.html", board.context),
    table=board.table,
)
