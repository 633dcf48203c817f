"""Drawing groups, and making one text of two that were typed on the same sheet. Pure."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any, TypeVar

T = TypeVar("T")
MOST_GROUPS = 15
_RUN = "entries"
_KEYS = ("q", "id", "key", _RUN)


class Contradiction(Exception):
    """Two people wrote different things into the same field."""


def draw(people: Sequence[T], count: int, chance: random.Random) -> list[list[T]]:
    """The people in `count` groups by lot; sizes differ by one at most, nobody is left out."""
    mixed = list(people)
    chance.shuffle(mixed)
    count = max(1, min(count, len(mixed), MOST_GROUPS))
    return [mixed[number::count] for number in range(count)]


def merged(base: Any, current: Any, sent: Any) -> Any:
    """What a sheet becomes when `sent` was typed on `base` and somebody else made it `current` meanwhile.

    Every field is looked at by itself: whoever changed it wins; a field both changed to different texts is a
    Contradiction. Lists of questions or items are met by their "q" (in tables with its "row"), "id" or "key", not by
    their place; only the runs of a sheet are, as in its form.
    """
    if current in (sent, base):
        return sent
    if sent == base:
        return current
    if base is None and "" in (
        current,
        sent,
    ):  # a field that was empty before: who left it empty wants nothing
        return current or sent
    if all(isinstance(value, dict) for value in (current, sent)) and isinstance(base, dict | None):
        return _dicts(base or {}, current, sent)
    name = _name_of(current, sent)
    if name and isinstance(base, list | None):
        found = _dicts(_by(base or [], name), _by(current, name), _by(sent, name))
        return [value for value in found.values() if value is not None]
    raise Contradiction


def _dicts(base: dict[str, Any], current: dict[str, Any], sent: dict[str, Any]) -> dict[str, Any]:
    keys = dict.fromkeys([*current, *sent])
    found = {key: merged(base.get(key), current.get(key), sent.get(key)) for key in keys}
    return {key: value for key, value in found.items() if value is not None}


def _name_of(*lists: Any) -> str:
    """The key by which the items of these lists are told apart (_RUN: by their place), "" if there is none."""
    items = [item for one in lists if isinstance(one, list) for item in one]
    if not items or not all(isinstance(one, list) for one in lists):
        return ""
    return next((key for key in _KEYS if all(isinstance(item, dict) and key in item for item in items)), "")


def _by(items: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    if name == _RUN:
        return {str(place): item for place, item in enumerate(items)}
    return {f"{item[name]} {item.get('row', '')}": item for item in items}
