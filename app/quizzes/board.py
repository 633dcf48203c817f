"""The cards of a whole cohort as one board, and as a table to take along. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app import clock
from app.course.blocks.karten import CardBoard
from app.quizzes import cards
from app.quizzes.cards import BUNDLE, COLUMN, Card
from app.quizzes.hyphens import soft
from app.quizzes.typed import shown, values_of
from app.quizzes.values import Contribution, Viewer

OWN = "Ihre Karte"
EXAMPLE = "Beispiel"


@dataclass(frozen=True, slots=True)
class Pinned:
    """A card on the board. `by` says whose it is, as far as the person who looks may know."""

    title: str
    column: str
    bundle: str
    lines: Sequence[tuple[str, str]]
    due: bool
    by: str

    @property
    def soft_title(self) -> str:
        """The title as it may be parted in a narrow column."""
        return soft(self.title)


def lines(block: CardBoard, card: Card) -> list[tuple[str, str]]:
    """What stands on a card besides its title and column: (question, answer), only where there is one."""
    types = {field.prompt.text: field for field in block.fields}
    values = values_of(card)
    said = [(q, shown(types[q], text) if q in types else text) for q, text in values.items()]
    own = [line for line in said if line[0] != block.fields[0].prompt.text]
    added = [
        (field.prompt.text, shown(field, cards.said(card, field.key)))
        for field in cards.extras(block)
        if field.key != COLUMN
    ]
    return [(label, text) for label, text in [*own, *added] if text]


def context(block: CardBoard, written: Sequence[Contribution], viewer: Viewer) -> dict[str, Any]:
    pinned = _pinned(block, written, viewer)
    return {
        "columns": [
            (name, _bundles(block, [card for card in pinned if card.column == name]))
            for name in block.columns or ("",)
        ],
        "count": len(pinned),
    }


def _pinned(block: CardBoard, written: Sequence[Contribution], viewer: Viewer) -> list[Pinned]:
    """All cards by title, so that on an anonymous board their order does not tell who wrote them."""
    found = [
        _pin(block, card, _by(block, person, viewer), viewer)
        for person in written
        for card in cards.alive(cards.of_body(person.body), viewer.today)
    ]
    taken = {card["id"] for person in written for card in cards.of_body(person.body)}
    found += [_pin(block, {"id": name}, EXAMPLE, viewer) for name in cards.given(block) if name not in taken]
    return sorted(found, key=lambda card: (card.title.casefold(), card.lines, card.by))


def _pin(block: CardBoard, card: Card, by: str, viewer: Viewer) -> Pinned:
    return Pinned(
        title=cards.title(block, card),
        column=cards.column(block, card),
        bundle=cards.said(card, BUNDLE) if block.bundles else "",
        lines=[line for line in lines(block, card) if line[0] != "Bündel"],
        due=cards.due(card, viewer.today),
        by=by,
    )


def _by(block: CardBoard, person: Contribution, viewer: Viewer) -> str:
    if viewer.enrolment_id and person.enrolment_id == viewer.enrolment_id:
        return OWN
    return "" if block.anonymous else person.name


def _bundles(block: CardBoard, pinned: Sequence[Pinned]) -> list[tuple[str, list[Pinned]]]:
    """The cards of one column by bundle, those without at the end; spelled as it was first."""
    names: dict[str, str] = {}
    groups: dict[str, list[Pinned]] = {}
    for card in pinned:
        key = card.bundle.casefold()
        names.setdefault(key, card.bundle)
        groups.setdefault(key, []).append(card)
    return [(names[key], groups[key]) for key in sorted(groups, key=lambda key: (not key, key))]


def table(block: CardBoard, written: Sequence[Contribution]) -> list[list[str]]:
    """A line for each card, below the names of the columns. On an anonymous board nobody is named."""
    extra = cards.extras(block)
    named = block.shared and not block.anonymous
    today = clock.today()
    head = [field.prompt.text for field in (*block.fields, *extra)]
    body = [
        [cards.title(block, card), *_cells(block, card), *([person.name] if named else [])]
        for person in written
        for card in cards.alive(cards.of_body(person.body), today)
    ]
    return [
        [*head, *(["Von"] if named else [])],
        *sorted(body, key=lambda line: [cell.casefold() for cell in line]),
    ]


def _cells(block: CardBoard, card: Card) -> list[str]:
    values = values_of(card)
    own = [shown(field, values.get(field.prompt.text, "")) for field in block.fields[1:]]
    found = {COLUMN: cards.column(block, card)}
    added = [
        shown(field, found.get(field.key) or cards.said(card, field.key)) for field in cards.extras(block)
    ]
    return own + added
