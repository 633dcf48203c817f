"""Personal cards for people without mail: the way into the course on paper, eight on a sheet."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst
from flask import current_app

from app import clock
from app.accounts import service as accounts
from app.accounts.models import User
from app.admission import invitation
from app.cohorts import codes, log, people
from app.cohorts.log import Deed
from app.cohorts.models import Cohort, Enrolment
from app.web import qr, typeset
from app.web.addresses import public_url
from app.web.typeset import Printed

_TEMPLATE = Path(__file__).parent / "karten.typ"
_STANDARDS: list[typst.PDFStandard] = ["ua-1"]
_SECRET_LENGTH = 20  # characters of 30 kinds, 98 bits: short enough to be typed


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a card. The address is shown in two lines: where to go, and the person's own part."""

    name: str
    address: str
    site: str
    code: str
    qr: str


def make(cohort_id: int, enrolment_ids: Sequence[int], form_key: str, by: User) -> list[Card]:
    """Cards with new links for these people, by name; their old links stop. Call inside a transaction.

    The same form again gives the same cards, so that a second tap on the button makes no card worthless.
    """
    found = []
    for enrolment in people.enrolments(cohort_id):
        if enrolment.id in enrolment_ids and people.can_have_link(enrolment):
            secret = _secret(form_key, enrolment)
            if accounts.person_by_link(secret) is None:
                log.note_person(Deed.CARD, enrolment, by)
            found.append(_card(enrolment, accounts.new_personal_link(enrolment.user_id, secret)))
    return found


def _secret(form_key: str, enrolment: Enrolment) -> str:
    """Not to be guessed without the installation's key, and the same for the same form."""
    key = str(current_app.secret_key).encode()
    message = f"card:{form_key}:{enrolment.id}".encode()
    number = int.from_bytes(hmac.new(key, message, hashlib.sha256).digest())
    signs = []
    for _ in range(_SECRET_LENGTH):
        number, place = divmod(number, len(codes.ALPHABET))
        signs.append(codes.ALPHABET[place])
    return "".join(signs)


def _card(enrolment: Enrolment, secret: str) -> Card:
    code = codes.grouped(secret)
    address = public_url("accounts.personal_link", secret=code)
    return Card(enrolment.name, address, address.removesuffix(code), code, qr.svg(address))


def document(cohort: Cohort, cards: Sequence[Card], organisation: str) -> Printed:
    """The sheets as PDF. Raises CannotPrint."""
    data = {
        "cards": [asdict(card) for card in cards],
        "title": cohort.title,
        "when": invitation.dates_of(cohort).strip(),
        "organisation": organisation,
        "printed": clock.today().strftime("%d.%m.%Y"),
    }
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    return typeset.document(_TEMPLATE, inputs, _STANDARDS, clock.now())
