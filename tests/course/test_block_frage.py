"""`frage`."""

from __future__ import annotations

import hashlib

from app.course.blocks.frage import Option, Question
from app.course.model import Prompt
from tests.course.sample import blocks_of, on_page

BODY = """\
::: frage {#q minuten=2 seite=halt}
Was stimmt?

- [ ] Das **eine**
      > Nein,
      > gar nicht.
- [x] Das andere
- [X] Das dritte
  > Ja.

> Erklärung: Darum.
>
> Und darum.
> Quelle: Kessl/Reutlinger 2010,
> S. 25
:::
"""


def one(body: str = BODY) -> Question:
    (block,) = blocks_of(body)
    assert isinstance(block, Question)
    return block


def key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def test_value() -> None:
    assert one() == Question(
        id="q",
        minutes=2,
        line=5,
        prompt=Prompt("Was stimmt?", "Was stimmt?"),
        options=(
            Option(
                key("Das eine"), "Das <strong>eine</strong>", "Das eine", False, "<p>Nein,\ngar nicht.</p>\n"
            ),
            Option(key("Das andere"), "Das andere", "Das andere", True, ""),
            Option(key("Das dritte"), "Das dritte", "Das dritte", True, "<p>Ja.</p>\n"),
        ),
        explanation_html="<p>Darum.</p>\n<p>Und darum.</p>\n",
        source="Kessl/Reutlinger 2010, S. 25",
        page="eins/halt",
    )
    assert one().several


def test_one_right_option() -> None:
    assert not one(BODY.replace("[X]", "[ ]")).several


def test_keys_survive_another_order() -> None:
    body = "::: frage {#q}\nWas?\n- [x] a\n- [ ] b\n  > n\n- [ ] c\n  > n\n\n> d\n:::\n"
    turned = "::: frage {#q}\nWas?\n- [ ] c\n  > n\n- [x] a\n- [ ] b\n  > n\n\n> d\n:::\n"
    assert {option.key for option in one(body).options} == {option.key for option in one(turned).options}


def test_a_page_of_another_module_is_named_in_full() -> None:
    assert one(BODY.replace("seite=halt", "seite=eins/seite")).page == "eins/seite"
    assert on_page(BODY.replace("seite=halt", "seite=zwei/seite")) == [(5, "unknown_page")]


def test_a_box_may_be_narrow() -> None:
    assert len(one(BODY.replace("[ ]", "[]")).options) == 3


def test_a_list_in_the_question_needs_no_boxes_but_then_it_is_no_question() -> None:
    assert (7, "option_without_box") in on_page("::: frage {#q}\nWas?\n- a\n- [x] b\n\n> c\n:::\n")


def test_an_explanation_of_only_a_source_is_none() -> None:
    assert on_page("::: frage {#q}\nWas?\n- [x] a\n- [ ] b\n  > n\n\n> Quelle: x\n:::\n") == [
        (5, "explanation_missing")
    ]


def test_two_problems_are_both_told() -> None:
    assert on_page("::: frage {#q}\n- [ ] a\n- [ ] b\n:::\n") == [
        (5, "explanation_missing"), (5, "no_right_option"), (5, "prompt_empty"),
        (6, "feedback_missing"), (7, "feedback_missing"),
    ]  # fmt: skip
