"""The log says what was asked and how it went, never what anybody wrote, nor a secret of a link."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from flask import Flask

from app.quizzes import service as quizzes
from app.web.log import JsonLines
from tests.conftest import ClientFor
from tests.support.cast import Cast

CANARY = "Kanarienvogel-7391"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What Feldweg logs, as it would be written."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("feldweg")
    level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield written
    logger.removeHandler(handler)
    logger.setLevel(level)


def read(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def save(client_for: ClientFor, cast: Cast, text: str, **headers: str):  # type: ignore[no-untyped-def]
    address = f"/kurs/{cast.nord}/antwort/zu/l1-1"
    return client_for(cast.anna).post_form(address, {"e0": text, "version": "0"}, headers=headers)


def test_a_save_is_one_line_without_its_text(cast: Cast, client_for: ClientFor, lines: io.StringIO) -> None:
    assert save(client_for, cast, CANARY).status_code == 303
    (line,) = read(lines)
    assert line["method"] == "POST"
    assert line["path"] == f"/kurs/{cast.nord}/antwort/zu/l1-1"
    assert line["status"] == 303
    assert CANARY not in lines.getvalue()


def test_an_unexpected_error_is_logged_without_its_values(
    app: Flask, cast: Cast, client_for: ClientFor, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_values: object, **_more: object) -> None:
        raise ValueError(CANARY)

    monkeypatch.setattr(quizzes, "record", fail)
    response = save(client_for, cast, CANARY)
    assert response.status_code == 500
    assert CANARY in response.get_data(as_text=True)  # the person still sees their text
    assert CANARY not in lines.getvalue()
    error = next(line for line in read(lines) if line["level"] == "error")
    assert error["error"] == "ValueError"
    assert any("fail" in str(frame) for frame in error["trace"])  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "path",
    [
        "/mein/geheim-4711",
        "/beitreten/GEHEIM47",
        "/anwesend/GEHEIM",
        "/pruefen/GEHEIM47",
        "/kalender/geheim.ics",
    ],
)
def test_secrets_in_addresses_are_left_out(
    cast: Cast, client_for: ClientFor, lines: io.StringIO, path: str
) -> None:
    client_for(None).get(path)
    assert read(lines)[-1]["path"] == path.rsplit("/", 1)[0] + "/…"
    assert "geheim" not in lines.getvalue().lower()
