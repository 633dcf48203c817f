"""What every kind of block must know about being answered. The kinds themselves are the files in `kinds/`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, Generic, TypeVar

from app.course.model import Block
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Contribution, Saved, Viewer

B = TypeVar("B", bound=Block)


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a block's form with its value: a text, or a choice of `options` (value, label)."""

    name: str
    label: str
    value: str
    long: bool = False
    options: tuple[tuple[str, str], ...] = ()
    hidden: bool = False

    @property
    def shown(self) -> str:
        """The value as a person reads it."""
        return dict(self.options).get(self.value, "") if self.options else self.value


class Source(Enum):
    """What a common picture is made of."""

    CONTRIBUTIONS = auto()  # a Sequence[Contribution]: who wrote what
    TALLY = auto()  # a Body without names, see `tallies`


@dataclass(frozen=True, slots=True)
class Together(Generic[B]):
    """The picture that all see of what many wrote, for blocks that are `together`: `template` is a part of a page
    without form fields, `context` makes its values of what the `source` gives; `title` is its heading."""

    template: str
    context: Callable[[B, Any, Viewer], dict[str, Any]]
    source: Source = Source.CONTRIBUTIONS
    title: str = "Was alle zusammengetragen haben"


@dataclass(frozen=True, slots=True)
class Kind(Generic[B]):
    """`read` a form; `context` for the partial template (`typed`: a body that could not be saved and is shown
    instead of the saved one); `notes` for the Lernheft; `fields` is the form that would send this body.

    `by_attempt`: every answer is a try of its own and is not written on. `assets`: style sheets and scripts (paths
    under static/) that a page with such a block loads besides the usual ones. `table`: lines to take along as a file,
    made of what everybody wrote whom the person who asks may read. `due_on`: the day on which the writer of this body
    wants to be reminded of it. `nameless`: nobody may know who answered what, so there is no name on paper either.
    """

    block_type: type[B]
    template: str
    read: Callable[[Form, B], Read]
    context: Callable[[B, Saved | None, Learner, Body | None], dict[str, Any]]
    notes: Callable[[B, Body, Learner], Sequence[Note]]
    fields: Callable[[B, Body, Learner], Sequence[FormField]]
    by_attempt: bool = False
    assets: tuple[str, ...] = ()
    together: Together[B] | None = None
    table: Callable[[B, Sequence[Contribution]], Sequence[Sequence[str]]] | None = None
    due_on: Callable[[Body], date | None] | None = None
    nameless: bool = False


def shown_body(saved: Saved | None, typed: Body | None) -> Body:
    """What the fields of a form are filled with."""
    if typed is not None:
        return typed
    return saved.body if saved else {}
