"""Mail that came back."""

from __future__ import annotations

import sys

from app.accounts import bounces, letters, outbox, refusals
from app.commands.common import Given, ready_app, stop
from app.extensions import transaction


def bounce(_given: Given) -> int:
    """Read a delivery status notification from standard input and mark the letter it is about.

    0 for every message that was read, also one that says nothing about a letter: a mail server that pipes everything
    into this command must not take another status for a failure.
    """
    if sys.stdin.isatty():
        return stop(
            "Bitte geben Sie die Rücksendung auf der Standardeingabe: feldweg.py mail bounce < datei.eml"
        )
    message = sys.stdin.buffer.read()
    app = ready_app()
    try:
        with app.app_context(), transaction():
            print(_outcome(outbox.receive(message)))
    except bounces.NotABounce:
        print("Das ist keine Rücksendung eines Mailservers. Es ist nichts vermerkt.")
    return 0


def _outcome(received: outbox.Received) -> str:
    letter = received.letter
    if letter is None:
        days = letters.KEPT_FOR.days
        return (
            "Zu dieser Rücksendung gibt es keine Mail von Feldweg (oder sie ist älter als "
            f"{days} Tage). Es ist nichts vermerkt."
        )
    if received.news:
        reason = refusals.bounce_sentence(received.bounce.status)
        return f"Vermerkt: Die Mail an {letter.recipient} kam zurück. {reason}"
    if not received.bounce.final:
        return "Der andere Mailserver versucht es noch. Es ist nichts vermerkt."
    return f"Dass die Mail an {letter.recipient} zurückkam, war schon vermerkt."
