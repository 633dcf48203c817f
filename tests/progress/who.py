"""Who may use an address of staff: the same questions for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.cast import Cast

Ask = Callable[[Any], Any]


def check(cast: Cast, client_for: Callable[..., Any], ask: Ask, *, trainer: bool, good: int = 200) -> None:
    """`ask(client)` gives a response; staff get `good`, others what the gate says."""
    for person in (cast.olga, cast.adam):
        assert ask(client_for(person)).status_code == good, person.name
    assert ask(client_for(cast.tarek)).status_code == (good if trainer else 403)
    assert ask(client_for(cast.anna)).status_code == 403
    assert ask(client_for(cast.frida)).status_code == 404
    assert ask(client_for(cast.theo)).status_code == 404
    assert ask(client_for(None)).status_code == 401
