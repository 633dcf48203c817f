"""Why a letter did not leave or came back: what SMTP said, kept as one line, and what that means in German.

A kept line is "kind code text", for example "recipient 550 5.1.1 User unknown". No database here.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from dataclasses import dataclass
from enum import StrEnum

_LONGEST = 500
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


class Kind(StrEnum):
    """Whom or what it failed at."""

    RECIPIENT = "recipient"  # the address
    CONTENT = "content"  # this letter
    SENDER = "sender"  # who sends it: a setting
    LOGIN = "login"  # name or password at the mail server: a setting
    SECURITY = "security"  # the connection could not be encrypted: a setting
    NETWORK = "network"  # nobody answered, or stopped answering
    UNREADABLE = "unreadable"  # the letter cannot be put together here


# What is about this letter only; everything else is mended for all letters at once, so they try again by themselves.
_OF_THE_LETTER = (Kind.RECIPIENT, Kind.CONTENT, Kind.UNREADABLE)


@dataclass(frozen=True, slots=True)
class Refusal:
    """`code`: of the answer (550), 0 where nobody answered. `said`: the answer's words."""

    kind: Kind
    code: int = 0
    said: str = ""

    @property
    def permanent(self) -> bool:
        """Whether trying again can change nothing."""
        return self.kind is Kind.UNREADABLE or (self.kind in _OF_THE_LETTER and self.code >= 500)

    @property
    def line(self) -> str:
        return f"{self.kind} {self.code} {self.said}".strip()[:_LONGEST]


def read(line: str) -> Refusal:
    """What was kept; a line of an older Feldweg says that nobody answered."""
    kind, _, rest = line.partition(" ")
    code, _, said = rest.partition(" ")
    if kind not in list(Kind) or not code.isdecimal():
        return Refusal(Kind.NETWORK, 0, line)
    return Refusal(Kind(kind), int(code), said)


def of_letter(error: Exception) -> Refusal:
    """What went wrong while a letter was handed over."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()), (0, b""))
        return Refusal(Kind.RECIPIENT, code, _text(said))
    if isinstance(error, smtplib.SMTPSenderRefused):
        return Refusal(Kind.SENDER, error.smtp_code, _text(error.smtp_error))
    if isinstance(
        error, smtplib.SMTPNotSupportedError
    ):  # an address with letters beyond ASCII, a server without SMTPUTF8
        return Refusal(Kind.RECIPIENT, 553, "5.6.7 SMTPUTF8")
    if isinstance(error, smtplib.SMTPDataError):
        return Refusal(Kind.CONTENT, error.smtp_code, _text(error.smtp_error))
    if isinstance(error, ValueError):
        return Refusal(Kind.UNREADABLE, 0, type(error).__name__)
    return of_server(error)


def of_server(error: Exception) -> Refusal:
    """What went wrong before any letter was talked of, or when the connection broke."""
    if isinstance(error, UnicodeError):  # a password beyond ASCII
        return Refusal(Kind.LOGIN, 0, type(error).__name__)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Refusal(Kind.LOGIN, error.smtp_code, _text(error.smtp_error))
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return Refusal(Kind.LOGIN if "AUTH" in str(error) else Kind.SECURITY, 0, str(error))
    if isinstance(error, ssl.SSLError):
        return Refusal(Kind.SECURITY, 0, getattr(error, "reason", None) or type(error).__name__)
    if isinstance(error, smtplib.SMTPResponseException):
        return Refusal(Kind.NETWORK, error.smtp_code, _text(error.smtp_error))
    return Refusal(Kind.NETWORK, 0, type(error).__name__)


def _text(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(text.split())[:300]


def sentence(line: str, *, waits: bool = False) -> str:
    """Why it did not leave, in German, with the number that an administrator looks up. `waits`: it is tried again."""
    refusal = read(line)
    number = f" ({refusal.code})" if refusal.code else ""
    if 400 <= refusal.code < 500:
        return _not_now(refusal, number, waits=waits)
    if refusal.kind is Kind.RECIPIENT:
        found = _STATUS.search(refusal.said)
        return _of_address(refusal.code, found[1] if found else "", number)
    return {
        Kind.CONTENT: f"Der Mailserver nimmt diese Mail nicht an{number}.",
        Kind.SENDER: f"Der Mailserver nimmt die Absenderadresse nicht an{number}. "
        "Bitte prüfen Sie FELDWEG_SMTP_FROM.",
        Kind.LOGIN: f"Die Anmeldung am Mailserver klappt nicht{number}. "
        "Bitte prüfen Sie FELDWEG_SMTP_USER und FELDWEG_SMTP_PASSWORD.",
        Kind.SECURITY: "Die Verbindung zum Mailserver lässt sich nicht verschlüsseln. "
        "Bitte prüfen Sie FELDWEG_SMTP_PORT und FELDWEG_SMTP_STARTTLS.",
        Kind.NETWORK: f"Der Mailserver war nicht zu erreichen{number}.",
        Kind.UNREADABLE: "Die Mail ließ sich nicht zusammensetzen. "
        "Bitte prüfen Sie, ob die Adresse richtig geschrieben ist.",
    }[refusal.kind]


def _not_now(refusal: Refusal, number: str, *, waits: bool) -> str:
    """A code beginning with 4 is no refusal: the server asks to come again."""
    status = _STATUS.search(refusal.said)
    is_full = refusal.code == 452 or (status and status[1].endswith("2.2"))
    if refusal.kind is Kind.RECIPIENT and is_full:
        return (
            f"Das Postfach ist voll{number}, wir versuchen es weiter."
            if waits
            else f"Das Postfach ist voll{number}."
        )
    if waits:
        return f"Der Mailserver vertröstet{number}, wir versuchen es weiter."
    return f"Der Mailserver hat bis zuletzt vertröstet{number}."


def _of_address(code: int, status: str, number: str) -> str:
    if status == "5.6.7":
        return f"Der Mailserver kann keine Adressen mit Umlauten oder Sonderzeichen{number}."
    if status.endswith("2.2") or code == 552:
        return f"Das Postfach ist voll{number}."
    if status[2:].startswith("7."):
        return f"Der Mailserver nimmt Mail an diese Adresse nicht an{number}."
    if code:
        return f"Der Mailserver kennt die Adresse nicht{number}."
    return f"Der Mailserver nimmt die Mail gerade nicht an{number}."


def bounce_sentence(status: str) -> str:
    """Why it came back, in German. `status`: of RFC 3463 (5.1.1), "" where somebody entered it by hand."""
    if not status:
        return "Die Mail kam zurück (von Hand eingetragen)."
    subject, _, detail = status[2:].partition(".")
    reasons = {
        "1.1": "Diese Adresse gibt es nicht",
        "1.2": "Den Mailserver dieser Adresse gibt es nicht",
        "1.10": "Diese Adresse nimmt keine Mail an",
        "2.1": "Das Postfach ist abgeschaltet",
        "2.2": "Das Postfach ist voll",
        "2.3": "Die Mail ist für dieses Postfach zu groß",
        "4.4": "Den Mailserver dieser Adresse gibt es nicht",
        "4.7": "Der andere Mailserver war tagelang nicht zu erreichen",
    }
    general = {
        "1": "Die Adresse stimmt nicht",
        "2": "Das Postfach nimmt nichts an",
        "4": "Der andere Mailserver war nicht zu erreichen",
        "7": "Der andere Mailserver hat die Mail abgelehnt",
    }
    reason = reasons.get(f"{subject}.{detail}") or general.get(subject) or "Die Mail kam zurück"
    return f"{reason} ({status})."
