"""A person's cards in and out of the database. A row is made when a card is answered, never by looking."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.cohorts.loaders import Here
from app.cohorts.models import Enrolment
from app.course.model import Term
from app.extensions import db
from app.review import rules
from app.review.models import ReviewCard, ReviewPause
from app.review.rules import Card, Coming, Shown, Sitting


@dataclass(frozen=True, slots=True)
class Deck:
    """Everything about a person's cards today; nothing comes while they are paused."""

    today: date
    cards: tuple[Card, ...]
    sitting: Sitting
    paused_since: date | None

    @property
    def begun(self) -> bool:
        """Whether there is anything to go over, now or ever."""
        return bool(self.cards or self.sitting.shown or self.sitting.waiting_new)

    @property
    def next(self) -> Shown | None:
        return self.sitting.shown[0] if self.sitting.shown else None

    @property
    def coming(self) -> list[Coming]:
        return [] if self.paused_since else rules.coming(self.cards, self.sitting, self.today)


def deck(here: Here, pages_read: Collection[str]) -> Deck:
    """The participant's own cards (one statement); `pages_read` as progress gives them."""
    rows = db.session.execute(_DECK, {"enrolment_id": _own(here)}).all()
    since = rows[0].since if rows else None
    # A term that the present edition no longer has is kept but does not come.
    cards = tuple(
        Card(row.term_slug, row.step, row.due_on, row.first_on, row.last_on)
        for row in rows
        if row.term_slug and here.course.find_term(row.term_slug)
    )
    today = clock.today(ZoneInfo(here.cohort.time_zone))
    terms = rules.met(here.course, pages_read)
    found = Sitting() if since else rules.sitting(cards, terms, today)
    return Deck(today, cards, found, since)


def term_of(here: Here, shown: Shown) -> Term:
    """The glossary's entry of a card that `deck` gave."""
    term = here.course.find_term(shown.slug)
    if term is None:
        raise LookupError(shown.slug)
    return term


def answer(here: Here, pages_read: Collection[str], seen: Shown, *, known: bool) -> bool:
    """Note what the person said to a card as they saw it. Call inside a transaction.

    False, and nothing changes, if it is not to be answered (any more): sent twice, an old window, not theirs, paused.
    """
    now = deck(here, pages_read)
    if seen not in now.sitting.shown:
        return False
    step, due_on = rules.answered(seen.step, known=known, today=now.today)
    values = {"step": step, "due_on": due_on, "last_on": now.today}
    if seen.new:
        return _insert(ReviewCard, enrolment_id=_own(here), term_slug=seen.slug, first_on=now.today, **values)
    row = db.session.scalar(_card(here, seen).with_for_update().execution_options(populate_existing=True))
    if row is None:
        return False
    row.step, row.due_on, row.last_on = step, due_on, now.today
    db.session.flush()
    return True


def pause(here: Here) -> None:
    """Nothing becomes due from today on; twice is like once. Call inside a transaction."""
    _insert(ReviewPause, enrolment_id=_own(here), since=clock.today(ZoneInfo(here.cohort.time_zone)))


def resume(here: Here) -> None:
    """Everything goes on where it was: the days are moved by the pause. Call inside a transaction."""
    query = delete(ReviewPause).where(ReviewPause.enrolment_id == _own(here)).returning(ReviewPause.since)
    since = db.session.scalar(query)
    if since is None:
        return
    today = clock.today(ZoneInfo(here.cohort.time_zone))
    rows = list(db.session.scalars(select(ReviewCard).where(ReviewCard.enrolment_id == _own(here))))
    before = [Card(row.term_slug, row.step, row.due_on, row.first_on, row.last_on) for row in rows]
    for row, card in zip(rows, rules.resumed(before, since, today), strict=True):
        row.due_on = card.due_on
    db.session.flush()


def _own(here: Here) -> int:
    if here.enrolment is None:
        raise ValueError("only a participant has cards")
    return here.enrolment.id


def _card(here: Here, seen: Shown) -> Select[ReviewCard]:
    """The row of a card, while it still is as it was seen."""
    return select(ReviewCard).where(
        ReviewCard.enrolment_id == _own(here),
        ReviewCard.term_slug == seen.slug,
        ReviewCard.step == seen.step,
        ReviewCard.due_on == seen.due_on,
    )


def _insert(model: type[ReviewCard] | type[ReviewPause], **values: object) -> bool:
    """False if there is such a row by now."""
    dialect = sqlite if db.engine.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing().returning(model.enrolment_id)
    return db.session.execute(statement).scalar_one_or_none() is not None


_DECK = (
    select(
        ReviewPause.since, ReviewCard.term_slug, ReviewCard.step, ReviewCard.due_on,
        ReviewCard.first_on, ReviewCard.last_on,
    )
    .select_from(Enrolment)
    .outerjoin(ReviewPause, ReviewPause.enrolment_id == Enrolment.id)
    .outerjoin(ReviewCard, ReviewCard.enrolment_id == Enrolment.id)
    .where(Enrolment.id == bindparam("enrolment_id"))
)  # fmt: skip
