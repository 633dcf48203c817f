"""A form sent after the session had ended is kept, sealed, until the same person is signed in again.

The form carries a signed field `wer` (who was signed in when the page was made); the browser gets a handle in a
cookie. Both must fit before the text is shown again.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select
from werkzeug.datastructures import MultiDict

from app import clock
from app.extensions import db
from app.sealing import CannotOpen, Sealer
from app.web.models import KeptForm

COOKIE = "feldweg_aufgehoben"
KEPT_FOR = timedelta(days=30)
WHO = "wer"
_NEVER_KEPT = {"csrf_token", WHO, "password", "password_confirm", "new_password", "new_password_confirm"}

Fields = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    path: str
    fields: Fields


def who_token(user_id: int) -> str:
    return str(_signer().dumps(user_id))


# Fields that a form needs and nobody typed: counters, choices, earlier questions, names of buttons.
_TECHNICAL = re.compile(
    r"version|client_id|autosave|aufgehoben|last|stufe|submit|form_key|next|f-.*-q|.*_id|id"
)


def typed_of(fields: Fields) -> list[str]:
    """What a person would recognise as their own words among these fields."""
    return [value for name, value in fields if value.strip() and not _TECHNICAL.fullmatch(name)]


def fields_of(form: MultiDict[str, str]) -> Fields:
    """What was typed, in order, without tokens and passwords."""
    return [(name, value) for name, value in form.items(multi=True) if name not in _NEVER_KEPT]


def keep(path: str, form: MultiDict[str, str]) -> str:
    """Store what was typed; returns the handle for the cookie. Call inside a transaction."""
    handle = secrets.token_urlsafe(24)
    hashed = _hash(handle)
    db.session.execute(delete(KeptForm).where(KeptForm.kept_at < clock.now() - KEPT_FOR))
    db.session.add(
        KeptForm(
            handle_hash=hashed,
            user_id=_who(form.get(WHO, "")),
            path=path[:500],
            sealed_fields=_sealer().seal(json.dumps(fields_of(form)), hashed),
            kept_at=clock.now(),
        )
    )
    db.session.flush()
    return handle


def find(handle: str, user_id: int) -> Kept | None:
    """What was kept under this handle, if this person typed it."""
    hashed = _hash(handle)
    row = db.session.scalar(
        select(KeptForm).where(KeptForm.handle_hash == hashed, KeptForm.user_id == user_id)
    )
    if row is None or row.kept_at < clock.now() - KEPT_FOR:
        return None
    try:
        fields = json.loads(_sealer().open(row.sealed_fields, hashed))
    except CannotOpen:
        return None
    return Kept(row.path, [(name, value) for name, value in fields])


def discard(handle: str, user_id: int) -> None:
    db.session.execute(
        delete(KeptForm).where(KeptForm.handle_hash == _hash(handle), KeptForm.user_id == user_id)
    )


def forget(user_id: int, below: str) -> None:
    """Erase everything kept for this person that was sent to an address below this one. Call inside a transaction."""
    own = KeptForm.user_id == user_id, KeptForm.path.startswith(below, autoescape=True)
    db.session.execute(delete(KeptForm).where(*own))


def _who(token: str) -> int | None:
    try:
        return int(_signer().loads(token))
    except (BadSignature, ValueError, TypeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="wer")


def _sealer() -> Sealer:
    sealer: Sealer = current_app.extensions["feldweg"].sealer
    return sealer


def _hash(handle: str) -> str:
    return hashlib.sha256(handle.encode()).hexdigest()
