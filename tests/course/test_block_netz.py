"""`netz`."""

from __future__ import annotations

import pytest

from app.course.blocks.netz import LinkKind, Net
from tests.course.sample import blocks_of, on_page


def one(body: str) -> Net:
    (block,) = blocks_of(body)
    assert isinstance(block, Net)
    return block


def test_value() -> None:
    net = one(
        '::: netz {#n verbindung=staerke schlagworte=ja markieren="Hier fehlt etwas" abstand=ja gemeinsam=ja '
        'pflegen="Was pflegen Sie?"}\nWas hängt zusammen?\n\n- *Kita*\n- Amt\n:::\n'
    )
    assert (net.prompt.text, net.nodes, net.link) == (
        "Was hängt zusammen?",
        ("Kita", "Amt"),
        LinkKind.STRENGTH,
    )
    assert (net.mark, net.tend) == ("Hier fehlt etwas", "Was pflegen Sie?")
    assert net.keywords
    assert net.distance
    assert net.together


def test_the_least() -> None:
    net = one("::: netz {#n}\nWas?\n:::\n")
    assert (net.nodes, net.link, net.mark, net.tend) == ((), LinkKind.SENTENCE, "", "")
    assert not net.together


@pytest.mark.parametrize(
    ("body", "line", "code"),
    [
        ("::: netz {#n}\n- Kita\n:::\n", 5, "prompt_empty"),
        ("::: netz {#n verbindung=stark}\nWas?\n:::\n", 5, "choice_invalid"),
        ("::: netz {#n markieren=ja}\nWas?\n:::\n", 5, "sentence_missing"),
        ("::: netz {#n}\nWas?\n\n- Kita\n- KITA\n:::\n", 9, "name_twice"),
        ("::: netz {#n}\nWas?\n\n- Kita\n\nUnd?\n:::\n", 10, "text_after_list"),
        ("::: netz {#n gemeinsam=ja sicht=nur-ich}\nWas?\n:::\n", 5, "sight_of_shared"),
    ],
)
def test_mistakes(body: str, line: int, code: str) -> None:
    assert (line, code) in on_page(body)
