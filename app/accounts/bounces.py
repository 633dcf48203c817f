"""Reads delivery status notifications (RFC 3464): which letter came back, and why. No database here."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message

_MESSAGE_ID = re.compile(r"<[^<>\s]{3,190}>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_NAMED_BY = ("Message-ID", "X-Original-Message-ID")  # of the letter that is quoted
_ANSWERED_BY = ("In-Reply-To", "References", "X-Original-Message-ID")  # of the notification itself
_LONGEST = 1000
_MOST = 50  # Message-IDs


class NotABounce(Exception):
    """The message is no delivery status notification."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """`message_ids`: which letter this may be about. `action`: failed, delayed, delivered, relayed or expanded."""

    message_ids: tuple[str, ...]
    recipient: str
    action: str
    status: str
    said: str

    @property
    def final(self) -> bool:
        """Whether the letter will not arrive any more."""
        return self.action == "failed"

    @property
    def line(self) -> str:
        """For keeping: the status, then the other server's words."""
        return f"{self.status} {self.said}".strip()[:_LONGEST]


def read(message: bytes) -> Bounce:
    """What this notification says. Raises NotABounce."""
    try:
        parsed = email.message_from_bytes(message, policy=email.policy.compat32)
        parts = list(parsed.walk())
    except RecursionError:  # parts within parts within parts: nothing a mail server writes
        raise NotABounce from None
    reports = [block for part in parts if _is_report(part) for block in _blocks(part)]
    found = [block for block in reports if block.get("Action")]
    if not found:
        raise NotABounce
    worst = next((block for block in found if _word(block, "Action") == "failed"), found[0])
    said = _plain(worst.get("Diagnostic-Code", ""))
    return Bounce(
        message_ids=tuple(dict.fromkeys(_message_ids(parsed, parts)))[:_MOST],
        recipient=_address(worst.get("Final-Recipient") or worst.get("Original-Recipient") or ""),
        action=_word(worst, "Action"),
        status=_status(worst, said),
        said=said,
    )


def status_of(line: str) -> str:
    """The status in a kept line; "" where somebody entered it by hand."""
    found = _STATUS.match(line)
    return found[1] if found else ""


def _is_report(part: Message) -> bool:
    return part.get_content_type() in ("message/delivery-status", "message/global-delivery-status")


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a report; Python gives each as a message, unless it could not read them."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (block for block in payload if isinstance(block, Message))
    else:
        text = str(payload).replace("\r\n", "\n")
        yield from (email.message_from_string(block) for block in text.split("\n\n"))


def _message_ids(parsed: Message, parts: list[Message]) -> Iterator[str]:
    """Of the quoted letter first; where only its headers are quoted, they are a text."""
    for part in parts[1:]:
        if part.get_content_type() in ("text/rfc822-headers", "message/global-headers"):
            part = email.message_from_string(_text(part))
        for name in _NAMED_BY:
            yield from _MESSAGE_ID.findall(_plain(part.get(name, "")))
    for name in _ANSWERED_BY:
        yield from _MESSAGE_ID.findall(_plain(parsed.get(name, "")))


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return payload.decode("utf-8", "replace").lstrip()
    inner = part.get_payload()
    return "\n".join(str(each) for each in inner) if isinstance(inner, list) else ""


def _status(block: Message, said: str) -> str:
    found = _STATUS.search(_plain(block.get("Status", ""))) or _STATUS.search(said)
    return found[1] if found else "5.0.0"


def _word(block: Message, name: str) -> str:
    return _plain(block.get(name, "")).split(" ")[0].strip(";").lower()


def _address(field: str) -> str:
    """anna@example.org from "rfc822; anna@example.org"."""
    return _plain(field).rpartition(";")[2].strip().strip("<>")[:254]


def _plain(field: object) -> str:
    return " ".join(str(field).split())
