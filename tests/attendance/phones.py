"""What a trainer's phone sends, for tests: operations as register-queue.js makes them."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from app import clock
from tests.support.cast import Cast


def operation(
    cast: Cast, person: int = 0, state: str = "present", number: int = 0, **rest: Any
) -> dict[str, Any]:
    """One tap; `number` counts the cast's slots."""
    made = {
        "operation": uuid.uuid4().hex,
        "slot": cast.slots[number],
        "state": state,
        "minutes": 0,
        "known": 0,
        "after": [],
        "typed_at": clock.now().isoformat(),
    }
    return made | ({"person": person} if person else {}) | rest


def guest(cast: Cast, name: str, key: str, **rest: Any) -> dict[str, Any]:
    """A walk-in made on the phone."""
    return operation(cast, walk_in={"key": key, "name": name}, **rest)


def day_url(client: Any, cast: Cast) -> str:
    """The register of the cast's one day."""
    answer = client.get(f"/kohorten/{cast.nord}/anwesenheit/heute")
    assert answer.status_code == 303
    return str(answer.headers["Location"])


def send(
    client: Any, cast: Cast, *operations: dict[str, Any], sent_at: datetime | None = None, **rest: Any
) -> Any:
    """The whole answer; entries are sent as soon as they are typed unless `sent_at` says otherwise."""
    body = {"sent_at": (sent_at or clock.now()).isoformat(), "operations": list(operations)} | rest
    return client.post(
        f"{day_url(client, cast)}/abgleich",
        json=body,
        headers={"X-CSRFToken": client.token(), "Accept": "application/json"},
    )


def results(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return [each["result"] for each in answer.json["answers"]]
