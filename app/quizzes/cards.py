"""Cards of a board as a body keeps them: read from a form, still valid today, shown. Pure.

A card is {"id", "entries": [{"q", "a"}], "extras": {"spalte": …}, "consent": bool}. Ids are `a<n>` for own cards and
`g<key>` for those the course begins with, whose title belongs to the course as long as it gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from app.course.block_reading import key_of
from app.course.blocks.karten import CardBoard
from app.course.model import Prompt
from app.course.typed_fields import FieldType, TypedField
from app.quizzes.forms import (
    TEXT_LENGTH,
    Errors,
    Form,
    is_explicit,
    only_real,
    tidy_line,
    tidy_text,
    too_long,
)
from app.quizzes.typed import as_entries, name_of, read_typed, values_of
from app.quizzes.values import Body

MOST_CARDS = 100
COLUMN, BUNDLE, REVIEW, EXPIRY = "spalte", "buendel", "pruefen", "loeschen"
UNTITLED = "Karte ohne Titel"

Card = dict[str, Any]

_ROW = re.compile(r"(?:t-[a-z0-9]+|f-[0-9a-f]{8})-(a[1-9][0-9]{0,4}|g[0-9a-f]{8})")
_EARLIER = "f-[0-9a-f]{8}-"


def _extra(key: str, label: str, kind: FieldType, options: tuple[str, ...] = ()) -> TypedField:
    return TypedField(key, Prompt(label, label), kind, options)


def extras(block: CardBoard) -> list[TypedField]:
    """What a card of this board has besides the author's fields."""
    found = [_extra(COLUMN, "Spalte", FieldType.CHOICE, block.columns)] if block.columns else []
    found += [_extra(BUNDLE, "Bündel", FieldType.LINE)] if block.bundles else []
    found += [_extra(REVIEW, "Wieder prüfen am", FieldType.DATE)] if block.review_date else []
    return found + ([_extra(EXPIRY, "Löschen am", FieldType.DATE)] if block.expiry_date else [])


def given(block: CardBoard) -> dict[str, str]:
    """The titles of the cards the course begins with, by card id."""
    return {f"g{key_of(title)}": title for title in block.examples}


def asked(block: CardBoard, card_id: str) -> Sequence[TypedField]:
    """The author's fields that can be filled in on this card."""
    return block.fields[1:] if card_id in given(block) else block.fields


def of_body(body: Body) -> list[Card]:
    return list(body.get("cards", ()))


def alive(cards: Iterable[Card], today: date) -> list[Card]:
    """The cards whose last day has not come yet."""
    return [card for card in cards if not expired(card, today)]


def expired(card: Card, today: date) -> bool:
    return _day_has_come(said(card, EXPIRY), today)


def due(card: Card, today: date) -> bool:
    """Whether somebody wanted to look at the card again by now."""
    return _day_has_come(said(card, REVIEW), today)


def _day_has_come(text: str, today: date) -> bool:
    return bool(text) and text <= today.isoformat()  # days are kept as 2026-07-03


def said(card: Card, key: str) -> str:
    return str(card.get("extras", {}).get(key, ""))


def column(block: CardBoard, card: Card) -> str:
    """Where the card stands; in the first column if nothing else was said or that column is gone."""
    chosen = said(card, COLUMN)
    first = block.columns[0] if block.columns else ""
    return chosen if chosen in block.columns else first


def title(block: CardBoard, card: Card) -> str:
    own = values_of(card).get(block.fields[0].prompt.text, "")
    return given(block).get(card["id"]) or own or UNTITLED


def read_cards(form: Form, block: CardBoard, today: date) -> tuple[list[Card], Errors]:
    """Every card with something on it, given ones first, and what is wrong with them."""
    cards: list[Card] = []
    errors: Errors = {}
    for card_id in _ids(form):
        card, wrong = _read_card(form, block, card_id)
        if form.get(f"x-{card_id}") != "ja" and _is_filled(block, card):
            cards.append(card)
            errors |= wrong | _missing(form, block, card, today)
    return cards, errors | _too_many(block, cards)


def _too_many(block: CardBoard, cards: Sequence[Card]) -> Errors:
    """Nothing that was written is left out unsaid."""
    if len(cards) <= MOST_CARDS:
        return {}
    name = name_of(block.fields[0], cards[MOST_CARDS]["id"])
    return {
        name: f"Hier ist Platz für {MOST_CARDS} Karten. Bitte entfernen Sie {len(cards) - MOST_CARDS} davon."
    }


def _ids(form: Form) -> list[str]:
    sent = {found[1] for name in form if (found := _ROW.fullmatch(name))}
    return sorted(sent, key=lambda name: (name[0] == "a", len(name), name))


def _read_card(form: Form, block: CardBoard, card_id: str) -> tuple[Card, Errors]:
    values, errors = read_typed(form, asked(block, card_id), card_id)
    added, wrong = read_typed(form, extras(block), card_id)
    earlier, long = _read_earlier(form, card_id)
    title = given(block).get(card_id)
    start = {block.fields[0].prompt.text: title} if title else {}
    card = {
        "id": card_id,
        "entries": as_entries({**start, **values, **earlier}),
        "extras": {field.key: added[field.prompt.text] for field in extras(block)},
        "consent": form.get(f"z-{card_id}") == "ja",
    }
    return card, errors | wrong | long


def _read_earlier(form: Form, card_id: str) -> tuple[dict[str, str], Errors]:
    """Answers on a card to questions that are asked no more."""
    values: dict[str, str] = {}
    errors: Errors = {}
    for name in [name for name in form if re.fullmatch(_EARLIER + card_id, name)]:
        question, text = tidy_line(form.get(f"{name}-q", ""))[:TEXT_LENGTH], tidy_text(form[name])
        if question and text:
            values[question] = text
            errors[name] = too_long(text, TEXT_LENGTH)
    return values, only_real(errors)


def _is_filled(block: CardBoard, card: Card) -> bool:
    """Whether something was written; a given card was also touched when it was moved."""
    moved = card["id"] in given(block) and column(block, card) != (block.columns or ("",))[0]
    return moved or _has_words(block, card)


def _has_words(block: CardBoard, card: Card) -> bool:
    texts = dict(values_of(card))
    if card["id"] in given(block):
        texts.pop(block.fields[0].prompt.text)
    return any([*texts.values(), *(said(card, key) for key in (BUNDLE, REVIEW, EXPIRY))])


def _missing(form: Form, block: CardBoard, card: Card, today: date) -> Errors:
    errors: Errors = {}
    named, card_id = title(block, card), card["id"]
    if is_explicit(form) and named == UNTITLED:
        errors[name_of(block.fields[0], card_id)] = (
            f"Einer Karte fehlt noch der Titel („{block.fields[0].prompt.text}“)."
        )
    if block.consent and not card["consent"] and _has_words(block, card):
        errors[f"z-{card_id}"] = (
            f"Auf der Karte „{named[:60]}“ fehlt das Häkchen: „{block.consent}“ "
            "Ohne es wird die Karte nicht gespeichert."
        )
    if expired(card, today):
        errors[f"t-{EXPIRY}-{card_id}"] = (
            f"Der Tag, an dem sich die Karte „{named[:60]}“ löscht, ist schon da. "
            "Wählen Sie einen späteren, oder entfernen Sie die Karte."
        )
    return errors
