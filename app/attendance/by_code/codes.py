"""The code that is shown in the room: six characters that change with the server's time. Pure functions.

It is derived from a key, the slot and the minute, so nothing is stored and nobody can work out the next one. The code of
this minute and those of the two before it are valid: whoever reads one has two to three minutes to use it.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from app.cohorts.codes import ALPHABET, CHECK_IN_CODE_LENGTH

LENGTH = CHECK_IN_CODE_LENGTH
STEP_SECONDS = 60
STEPS = 3  # valid at once: this one and the two before
OPENS_BEFORE = timedelta(minutes=15)
SCAN_KEPT = timedelta(minutes=30)  # how long somebody may take to say who they are
REMEMBERED = timedelta(hours=2)  # for so long a code is known as one that has expired


def step_of(moment: datetime) -> int:
    """The number of the minute a moment is in."""
    return int(moment.timestamp()) // STEP_SECONDS


def code_at(key: bytes, uid: str, step: int) -> str:
    """The code of a slot (by its uid) in this step."""
    number = int.from_bytes(hmac.digest(key, f"{uid}:{step}".encode(), "sha256"))
    characters = []
    for _ in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[place])
    return "".join(characters)


def seconds_left(moment: datetime) -> int:
    """For how long the code of this moment is the newest, 1 to 60."""
    return STEP_SECONDS - int(moment.timestamp()) % STEP_SECONDS


def is_open(starts_at: datetime, ends_at: datetime, moment: datetime) -> bool:
    """Whether one can check in: from a quarter of an hour before the slot begins until it ends."""
    return starts_at - OPENS_BEFORE <= moment < ends_at


def fits(key: bytes, uid: str, code: str, moment: datetime) -> bool:
    """Whether this (normalised) code is one of those valid at that moment."""
    return _is_among(key, uid, code, step_of(moment), STEPS)


def has_expired(key: bytes, uid: str, code: str, moment: datetime) -> bool:
    """Whether this code was valid within the last two hours."""
    return _is_among(key, uid, code, step_of(moment), int(REMEMBERED.total_seconds()) // STEP_SECONDS)


def _is_among(key: bytes, uid: str, code: str, last: int, steps: int) -> bool:
    typed = code.encode()
    return any(hmac.compare_digest(code_at(key, uid, last - back).encode(), typed) for back in range(steps))
