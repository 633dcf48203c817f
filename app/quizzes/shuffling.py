"""An order that is new for every person, block and attempt, but stays when the page is opened again. Pure."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Protocol, TypeVar


class HasKey(Protocol):
    @property
    def key(self) -> str: ...


T = TypeVar("T", bound=HasKey)


def shuffled(things: Iterable[T], enrolment_id: int, block_id: str, attempt: int) -> list[T]:
    """Begins with the order of the keys, so that the order in which they were written tells nothing."""
    order = sorted(things, key=lambda thing: thing.key)
    random.Random(f"{enrolment_id}:{block_id}:{attempt}").shuffle(order)  # noqa: S311 - not a secret
    return order
