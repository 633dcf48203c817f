"""What the room hands out: frozen values, so that nobody needs its rows. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a person last saved into a block. `done_at`: since when it counts as done."""

    block_id: str
    version: int
    body: Body
    saved_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something newer was saved than the text was typed on. `submitted` is kept in the history, too."""

    current: Saved
    submitted: Body


@dataclass(frozen=True, slots=True)
class Revision:
    """One text that arrived; `version` is None for one that lost against a newer text."""

    version: int | None
    base_version: int
    body: Body
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one person of a cohort wrote into a block whose picture all may see."""

    enrolment_id: int
    name: str
    body: Body
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a common picture: `enrolment_id` is 0 for staff."""

    enrolment_id: int
    staff: bool
    today: date


@dataclass(frozen=True, slots=True)
class SharedWish:
    enrolment_id: int
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class KeywordPicture:
    """The cohort's keywords without names. `words` stays empty until enough people have shared theirs."""

    people: int
    words: tuple[tuple[str, int], ...]
