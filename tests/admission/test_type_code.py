"""/beitreten/: typing the code from the poster."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.cast import Cast


def test_works(cast: Cast, client_for: Any) -> None:
    client = client_for(None)
    assert client.soup("/beitreten/").select_one("input[name=code]")
    answer = client.post_form("/beitreten/", {"code": " nrd2 3456 "})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/beitreten/NRD2-3456")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "Bitte geben Sie den Code"),
        ("   ", "Bitte geben Sie den Code"),
        ("NRD0-3456", "acht Zeichen"),
        ("x" * 900, "acht Zeichen"),
    ],
)
def test_what_cannot_be_a_code_is_said(cast: Cast, client_for: Any, code: str, words: str) -> None:
    answer = client_for(None).post_form("/beitreten/", {"code": code})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    assert f'value="{code}"' in answer.get_data(as_text=True)
