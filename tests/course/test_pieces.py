"""The body of a block falls into headings, items, quotes and text."""

from __future__ import annotations

import pytest

from app.course.pieces import as_written, item_and_quote, joined, pieces_of
from app.course.text import lines_of, text_of


def pieces(text: str) -> list[tuple[str, int, str]]:
    return [(piece.kind.name, piece.line, text_of(piece.lines)) for piece in pieces_of(lines_of(text))]


def test_all_kinds() -> None:
    assert pieces("## Titel ##\nText\nweiter\n\nNoch\n- a\n- b\n  c\n\n> d\n> e\n") == [
        ("HEADING", 1, "Titel"),
        ("TEXT", 2, "Text\nweiter"),
        ("TEXT", 5, "Noch"),
        ("ITEM", 6, "a"),
        ("ITEM", 7, "b\nc"),
        ("QUOTE", 10, "d\ne"),
    ]


def test_an_item_may_have_paragraphs_and_lists_of_its_own() -> None:
    text = "- a\n\n  b\n\n  - c\n  - d\n- e\n"
    assert pieces(text) == [("ITEM", 1, "a\n\nb\n\n- c\n- d"), ("ITEM", 7, "e")]


@pytest.mark.parametrize("marker", ["-", "*", "+", "1.", "2)"])
def test_markers_of_items(marker: str) -> None:
    assert pieces(f"{marker} a\n{marker} b\n") == [("ITEM", 1, "a"), ("ITEM", 2, "b")]


def test_a_year_begins_no_list_in_a_paragraph() -> None:
    assert pieces("Das war\n1987. Danach\n") == [("TEXT", 1, "Das war\n1987. Danach")]


def test_lazy_lines_go_on() -> None:
    assert pieces("> a\nb\n") == [("QUOTE", 1, "a\nb")]
    assert pieces("- a\nb\n") == [("ITEM", 1, "a\nb")]


def test_a_rule_is_no_item() -> None:
    assert pieces("a\n\n* * *\n\n- - -\n") == [("TEXT", 1, "a"), ("TEXT", 3, "* * *"), ("TEXT", 5, "- - -")]


def test_code_is_not_looked_into() -> None:
    assert pieces("```\n- a\n\n> b\n## c\n```\n") == [("TEXT", 1, "```\n- a\n\n> b\n## c\n```")]


@pytest.mark.parametrize("indent", ["  ", "      ", "\t", "        "])
def test_a_quote_in_an_item_is_its_feedback(indent: str) -> None:
    (item,) = pieces_of(lines_of(f"- [ ] a\n{indent}> b\n{indent}> c\n"))
    own, quote = item_and_quote(item)
    assert (text_of(own), text_of(quote)) == ("[ ] a", "b\nc")
    assert [line.number for line in quote] == [2, 3]


def test_feedback_goes_on_in_lazy_lines_until_a_blank_one() -> None:
    (item,) = pieces_of(lines_of("- a\n  > b\n    c\n\n  d\n"))
    own, quote = item_and_quote(item)
    assert (text_of(own), text_of(quote)) == ("a\n\nd", "b\nc")


def test_as_written_gives_back_the_source() -> None:
    text = "Text\n\n- a\n  - b\n\n\n- c\n\n> d"
    assert text_of(as_written(pieces_of(lines_of(text)))) == text


def test_joined_puts_blank_lines_between() -> None:
    assert text_of(joined(pieces_of(lines_of("> a\n\n\n> b\n")))) == "a\n\nb"


def test_many_lines_are_split_in_good_time() -> None:
    assert len(pieces_of(lines_of("- a\n" * 20000))) == 20000
