"""What a mail server says becomes a reason in German, and whether trying again makes sense."""

from __future__ import annotations

import smtplib
import ssl

import pytest

from app.accounts import refusals
from app.accounts.refusals import Kind, Refusal

LOGIN = "Die Anmeldung am Mailserver klappt nicht (535). "
AWAY = "Der Mailserver war nicht zu erreichen"


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 Error: authentication failed"), LOGIN),
        (smtplib.SMTPConnectError(554, b"No SMTP service here"), f"{AWAY} (554)."),
        (smtplib.SMTPServerDisconnected("Connection unexpectedly closed"), f"{AWAY}."),
        (TimeoutError(), f"{AWAY}."),
        (ssl.SSLCertVerificationError(1, "certificate verify failed"), "Die Verbindung zum Mailserver lässt"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_is_wrong_with_the_server_is_tried_again(error: Exception, sentence: str) -> None:
    found = refusals.of_server(error)
    assert not found.permanent
    assert refusals.sentence(found.line).startswith(sentence)


@pytest.mark.parametrize(
    ("code", "permanent", "sentence"),
    [
        (550, True, "Der Mailserver kennt die Adresse nicht (550)."),
        (452, False, "Das Postfach ist voll (452)."),
        (451, False, "Der Mailserver hat bis zuletzt vertröstet (451)."),
    ],
)
def test_a_refused_recipient(code: int, permanent: bool, sentence: str) -> None:
    found = refusals.of_letter(smtplib.SMTPRecipientsRefused({"anna@example.org": (code, b"no")}))
    assert (found.kind, found.permanent) == (Kind.RECIPIENT, permanent)
    assert refusals.sentence(found.line) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("recipient 451 4.7.1 Greylisted", "Der Mailserver vertröstet (451), wir versuchen es weiter."),
        ("content 451 4.3.0 try again", "Der Mailserver vertröstet (451), wir versuchen es weiter."),
        ("sender 450 busy", "Der Mailserver vertröstet (450), wir versuchen es weiter."),
        ("recipient 452 4.2.2 full", "Das Postfach ist voll (452), wir versuchen es weiter."),
        ("content 554 no", "Der Mailserver nimmt diese Mail nicht an (554)."),
    ],
)
def test_what_is_tried_again_does_not_read_as_final(line: str, sentence: str) -> None:
    assert refusals.sentence(line, waits=True) == sentence


def test_a_refused_sender_is_a_setting_and_is_tried_again() -> None:
    found = refusals.of_letter(smtplib.SMTPSenderRefused(553, b"not owned by user", "feldweg@example.org"))
    assert not found.permanent
    assert refusals.sentence(found.line).endswith("Bitte prüfen Sie FELDWEG_SMTP_FROM.")


@pytest.mark.parametrize("said", ["", "5.1.1 ein  Satz", "x" * 900])
def test_a_kept_line_is_read_again(said: str) -> None:
    found = refusals.read(Refusal(Kind.RECIPIENT, 550, said).line)
    assert (found.kind, found.code) == (Kind.RECIPIENT, 550)
    assert said.startswith(found.said)


def test_a_line_of_an_older_feldweg_says_that_nobody_answered() -> None:
    assert refusals.sentence("ConnectionRefusedError") == f"{AWAY}."
