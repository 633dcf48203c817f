"""The outbox: which letters wait, failed, came back or arrived. What they say is never shown."""

from __future__ import annotations

from contextlib import closing
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.access import Permission
from app.accounts import bounces, letters, outbox, refusals
from app.accounts.models import Letter
from app.cohorts.loaders import LARGEST_ID
from app.desk import recipients
from app.desk.blueprint import bp
from app.desk.forms import AgainForm
from app.extensions import transaction
from app.web.gate import gate, staff
from app.web.navigation import desk_nav

_LARGEST_MESSAGE = 1024 * 1024
_STILL = " Das gilt nur für diese Mail: Für alle weiteren berichtigen Sie die Adresse bei der Person."


@bp.get("/postausgang", endpoint="outbox")
@gate(Permission.SEE_OUTBOX, staff)
def show(_user: Any) -> ResponseReturnValue:
    """Everything of the last two weeks, and what nobody has dealt with yet."""
    return _page()


def _page(problem: str = "", typed: tuple[int, AgainForm] | None = None) -> str:
    """`problem`: with a returned message; `typed`: the form of this letter as it was sent."""
    found = outbox.read()
    listed = [*found.waiting, *found.failed, *found.bounced, *found.sent]
    return render_template(
        "desk/outbox.html",
        desk_nav=desk_nav(desk=True),
        found=found,
        people=recipients.of_letters(listed),
        given_up=len(outbox.given_up(found.failed)),
        can_send=letters.can_send(),
        why=_why,
        now=clock.now(),
        days=letters.KEPT_FOR.days,
        problem=problem,
        typed=dict([typed] if typed else []),
    )


def _why(letter: Letter) -> str:
    """Why it did not arrive, or not yet."""
    if letter.bounced_at:
        return refusals.bounce_sentence(bounces.status_of(letter.bounce or ""))
    return refusals.sentence(letter.error, waits=letter.next_try_at is not None) if letter.error else ""


@bp.post("/postausgang/<int:letter_id>/noch-einmal")
@gate(Permission.SEE_OUTBOX, staff)
def send_again(_user: Any, letter_id: int) -> ResponseReturnValue:
    """Once more, perhaps to a corrected address, never to somebody else's; a form that was sent twice sends one letter."""
    form = AgainForm()
    if not form.validate():
        if letter_id > LARGEST_ID or outbox.find(letter_id) is None:
            abort(404)
        return _page(typed=(letter_id, form)), 422
    address, known = form.address.data or "", form.stand.data or ""
    with transaction():
        letter = _locked(letter_id)
        done = outbox.is_as_shown(letter, known)
        other = recipients.somebody_else(letter, address) if done else ""
        places = recipients.of_letters([letter])[letter_id]
        still = any(place.address != address.casefold() for place in places)
        if done and not other:
            outbox.send_again(letter, address)
    if other:
        form.address.errors = [f"Diese Adresse gehört schon zu {other}. Bitte prüfen Sie sie."]
        return _page(typed=(letter_id, form)), 409
    if done:
        letters.wake()
        flash(f"Die Mail wird noch einmal gesendet, an {address}.{_STILL if still else ''}", "erfolg")
    else:
        flash("Diese Mail wird schon noch einmal gesendet.", "hinweis")
    return _back()


@bp.post("/postausgang/noch-einmal")
@gate(Permission.SEE_OUTBOX, staff)
def send_all_again(_user: Any) -> ResponseReturnValue:
    """Everything that was given up, and that nobody refused for good."""
    with transaction():
        count = outbox.send_all_again()
    letters.wake()
    said = (
        "Eine Mail wird noch einmal gesendet."
        if count == 1
        else f"{count} Mails werden noch einmal gesendet."
    )
    flash(said if count else "Es wartet keine Mail mehr darauf, noch einmal gesendet zu werden.",
          "erfolg" if count else "hinweis")  # fmt: skip
    return _back()


@bp.post("/postausgang/<int:letter_id>/erledigt")
@gate(Permission.SEE_OUTBOX, staff)
def settle(_user: Any, letter_id: int) -> ResponseReturnValue:
    """Somebody has dealt with it in another way."""
    with transaction():
        outbox.settle(_locked(letter_id))
    flash("Die Mail ist als erledigt vermerkt.", "erfolg")
    return _back()


@bp.post("/postausgang/<int:letter_id>/kam-zurueck")
@gate(Permission.SEE_OUTBOX, staff)
def came_back(_user: Any, letter_id: int) -> ResponseReturnValue:
    """By hand, where the notification was read in a mail programme."""
    with transaction():
        done = outbox.came_back(_locked(letter_id))
    flash(
        "Vermerkt: Diese Mail kam zurück." if done else "Das war schon vermerkt.",
        "erfolg" if done else "hinweis",
    )
    return _back()


@bp.post("/postausgang/ruecksendung")
@gate(Permission.SEE_OUTBOX, staff)
def receive(_user: Any) -> ResponseReturnValue:
    """A notification that was saved as a file."""
    message = _uploaded()
    if not message:
        return _page("Bitte wählen Sie die Datei aus, in der Sie die Rücksendung gespeichert haben."), 422
    if len(message) > _LARGEST_MESSAGE:
        return _page("Die Datei ist größer als 1 MB. Bitte speichern Sie nur die Rücksendung selbst."), 422
    try:
        with transaction():
            received = outbox.receive(message)
            subject = received.letter.subject if received.letter else ""
    except bounces.NotABounce:
        return _page(
            "Diese Datei ist keine Rücksendung eines Mailservers. Bitte speichern Sie die Nachricht aus dem "
            "Mailprogramm als .eml-Datei; oder tippen Sie unten bei der Mail auf „Kam zurück“."
        ), 422
    problem = _problem(received)
    if problem:
        return _page(problem), 422
    flash(f"Vermerkt: „{subject}“ kam zurück." if received.news else "Diese Rücksendung war schon vermerkt.",
          "erfolg" if received.news else "hinweis")  # fmt: skip
    return _back()


def _uploaded() -> bytes:
    """What was sent as a file, at most a byte more than is allowed."""
    file = request.files.get("datei")
    if file is None:
        return b""
    with closing(file):
        data: bytes = file.read(_LARGEST_MESSAGE + 1)
        return data


def _problem(received: outbox.Received) -> str:
    """Why nothing was marked, if it has a reason."""
    if received.letter is None:
        return (
            "Zu dieser Rücksendung gibt es hier keine Mail: Sie gehört zu einer Nachricht, die nicht von Feldweg kam, "
            f"oder die Mail ist älter als {letters.KEPT_FOR.days} Tage."
        )
    if not received.bounce.final:
        return "Der andere Mailserver versucht es noch. Vermerkt wird erst, wenn er aufgegeben hat."
    return ""


def _locked(letter_id: int) -> Letter:
    """For a change, inside a transaction."""
    letter = outbox.find(letter_id, lock=True) if letter_id <= LARGEST_ID else None
    return letter or abort(404)


def _back() -> ResponseReturnValue:
    return redirect(url_for("desk.outbox"), 303)
