"""Cards, terms and days for the tests of the learning cards."""

from __future__ import annotations

from datetime import date, timedelta

from flask import Flask

from app.extensions import db, transaction
from app.review.models import ReviewCard
from app.review.rules import Card
from tests.support.cast import Person

TODAY = date(2026, 7, 3)


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def card(slug: str, step: int = 1, due: int | None = 0, first: int = -10, last: int = -1) -> Card:
    """A card with days counted from TODAY."""
    return Card(slug, step, None if due is None else day(due), day(first), day(last))


def give(app: Flask, person: Person, *cards: Card) -> None:
    """Put cards into somebody's box."""
    with app.app_context(), transaction():
        for each in cards:
            db.session.add(
                ReviewCard(
                    enrolment_id=person.enrolment_id, term_slug=each.slug, step=each.step,
                    due_on=each.due_on, first_on=each.first_on, last_on=each.last_on,
                )
            )  # fmt: skip


def box(app: Flask, person: Person) -> dict[str, tuple[int, date | None]]:
    """Somebody's cards as they are in the database: step and day by term."""
    with app.app_context():
        rows = db.session.query(ReviewCard).filter_by(enrolment_id=person.enrolment_id)
        found = {row.term_slug: (row.step, row.due_on) for row in rows}
        db.session.remove()
    return found


def glossary(number: int) -> str:
    """A glossary.md of so many terms."""
    return "\n".join(f"## Begriff{name} {{#b-{n}}}\nWas {n} bedeutet.\n" for n, name in _names(number))


def page(number: int, first: int = 0) -> str:
    """A page that uses these terms."""
    links = " ".join(f"[x{n}](glossar:b-{n})" for n in range(first, first + number))
    return f"---\ntitel: Schauen\nminuten: 12\n---\nHier steht {links}.\n"


def _names(number: int) -> list[tuple[int, str]]:
    return [(n, chr(65 + n // 26) + chr(97 + n % 26)) for n in range(number)]
