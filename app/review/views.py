"""Learning cards: what is due, one card after the other, a pause. Only the participants themselves come here."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import Permission
from app.cohorts.loaders import Here, cohort_for
from app.extensions import transaction
from app.progress import service as progress
from app.review import service
from app.review.forms import CardForm
from app.review.rules import Shown
from app.review.service import Deck
from app.web.gate import gate
from app.web.navigation import course_nav

bp = Blueprint("review", __name__, template_folder="templates")


@bp.get("/kurs/<int:cohort_id>/lernkarten")
@gate(Permission.LEARN, cohort_for)
def overview(here: Here, cohort_id: int) -> ResponseReturnValue:
    deck = service.deck(here, _pages(here))
    return render_template("review/overview.html", deck=deck, **_frame(here))


# As deep as the glossary, so that relative links of a definition hold.
@bp.get("/kurs/<int:cohort_id>/lernkarte")
@gate(Permission.LEARN, cohort_for)
def card(here: Here, cohort_id: int) -> ResponseReturnValue:
    deck = service.deck(here, _pages(here))
    if deck.next is None:
        return redirect(url_for("review.overview", cohort_id=cohort_id), 303)
    return _card_page(here, deck, deck.next)


@bp.post("/kurs/<int:cohort_id>/lernkarte/<slug>")
@gate(Permission.LEARN, cohort_for)
def answer(here: Here, cohort_id: int, slug: str) -> ResponseReturnValue:
    form, pages = CardForm(), _pages(here)
    if here.course.find_term(slug) is None:
        abort(404)
    if not form.validate():
        return _not_valid(here, service.deck(here, pages), slug, form.known.errors[0])
    with transaction():
        service.answer(here, pages, form.seen(slug), known=form.known.data == "ja")
    return redirect(url_for("review.card", cohort_id=cohort_id), 303)


@bp.post("/kurs/<int:cohort_id>/lernkarten/pause")
@gate(Permission.LEARN, cohort_for)
def pause(here: Here, cohort_id: int) -> ResponseReturnValue:
    with transaction():
        service.pause(here)
    flash("Ihre Lernkarten sind pausiert. Solange wird nichts fällig.", "erfolg")
    return redirect(url_for("review.overview", cohort_id=cohort_id), 303)


@bp.post("/kurs/<int:cohort_id>/lernkarten/weiter")
@gate(Permission.LEARN, cohort_for)
def resume(here: Here, cohort_id: int) -> ResponseReturnValue:
    with transaction():
        service.resume(here)
    flash("Ihre Lernkarten gehen weiter, wo sie waren.", "erfolg")
    return redirect(url_for("review.overview", cohort_id=cohort_id), 303)


def _pages(here: Here) -> set[str]:
    if here.enrolment is None:
        raise LookupError("the gate for LEARN lets only participants through")
    return progress.pages_read(here.enrolment.id)


def _not_valid(here: Here, deck: Deck, slug: str, error: str) -> ResponseReturnValue:
    """The same card again with what is missing; if it is not there any more, the next one."""
    found = next((shown for shown in deck.sitting.shown if shown.slug == slug), None)
    if found is None:
        return redirect(url_for("review.card", cohort_id=here.cohort.id), 303)
    return _card_page(here, deck, found, error), 422


def _card_page(here: Here, deck: Deck, shown: Shown, error: str = "") -> str:
    return render_template(
        "review/card.html",
        deck=deck,
        shown=shown,
        term=service.term_of(here, shown),
        error=error,
        **_frame(here),
    )


def _frame(here: Here) -> dict[str, Any]:
    return {
        "here": here,
        "course": here.course,
        "cohort": here.cohort,
        "course_nav": course_nav(here.cohort.id),
    }
