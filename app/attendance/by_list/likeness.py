"""Which names may mean the same person: equal, turned round, shortened or with a slip. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import Protocol, TypeVar

from app.attendance.names import list_key
from app.cohorts.rules import name_key, sort_key

# Of a hundred letters so many must agree; "Ana Kolb" and "Anna Kolb" do, "Anna Kolb" and "Hanna Kolbe" too.
_ALIKE = 0.84
_FEWEST_LETTERS = 5  # below that two different names are easily alike


class Named(Protocol):
    """Whatever has a name, such as an enrolment."""

    @property
    def name(self) -> str: ...


Person = TypeVar("Person", bound=Named)


def same(one: str, other: str) -> bool:
    """Whether a reader takes both for the same name."""
    return name_key(one) == name_key(other)


def near(one: str, other: str) -> bool:
    """Whether both may be the same person's name. Accents, order, a missing surname and one slip do not part them."""
    first, second = _plain(one), _plain(other)
    if first == second:
        return True
    parts, others = set(first.split()), set(second.split())
    if parts <= others or others <= parts:
        return True
    long_enough = min(len(first), len(second)) >= _FEWEST_LETTERS
    return long_enough and SequenceMatcher(None, first, second, autojunk=False).ratio() >= _ALIKE


def likely(name: str, people: Iterable[Person]) -> list[Person]:
    """Who of them may be meant by this name, the likeliest first."""
    found = [person for person in people if near(name, person.name)]
    plain = _plain(name)
    return sorted(
        found,
        key=lambda person: (
            not same(name, person.name),
            -SequenceMatcher(None, plain, _plain(person.name)).ratio(),
        ),
    )


def akin(name: str, people: Iterable[Person]) -> list[Person]:
    """Who of them is not near, but has the same surname: Berta and Birgit Sander."""
    surname = list_key(name)[0]
    alone = len(name.split()) < 2  # a single word is compared by `near`
    return [
        person
        for person in people
        if not alone and list_key(person.name)[0] == surname and not near(name, person.name)
    ]


def _plain(name: str) -> str:
    return " ".join(sorted(sort_key(name_key(name)).replace(",", " ").replace("-", " ").split()))
