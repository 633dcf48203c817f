"""Links and pictures that Markdown leaves as text are no silent loss."""

from __future__ import annotations

import pytest

from app.course.raw_links import plain_name
from tests.course.sample import blocks_of, on_page


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![Ein Bild](medien:Mein Bild.PNG)", "picture_blank"),
        ("![Ein **Bild**](medien:Mein Bild.PNG)", "picture_blank"),
        ("[a](medien:Mein Bild.PNG)", "picture_blank"),
        ("[a](seite:eins/ halt)", "link_blank"),
        ("[a](glossar: wort)", "link_blank"),
        ("[a](literatur:buch 2010)", "link_blank"),
        ("[a](fall:das haus)", "link_blank"),
        ("[a](https://example.org/ein plan)", "link_blank"),
        ("[a](seite:eins/halt", "link_as_text"),
        ("[a](glossar:wort und weiter", "link_as_text"),
        ("[a] (glossar:wort)", "link_as_text"),
        ("[a(glossar:wort)", "link_as_text"),
        ("![a] (medien:platz.svg)", "link_as_text"),
        ("![a](medien:platz.svg", "link_as_text"),
        ("![a](mein bild.png)", "picture_blank"),
        ("| a |\n|---|\n| [a](seite: eins/halt) |", "link_blank"),
    ],
)
def test_what_stays_text(text: str, code: str) -> None:
    line = 5 + text.count("\n")
    assert on_page(text + "\n") == [(line, code)]


def test_in_a_block_too_and_with_its_line() -> None:
    assert on_page("::: freitext {#t1}\n- Was?\n- Sehen Sie [hier](seite: eins/halt)?\n:::\n") == [
        (7, "link_blank")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "`![a](medien:Mein Bild.PNG)`",
        "```\n[a](seite:b c)\n```",
        "[a](glossar:wort) und [b](#mehr)\n\n## Mehr",
        "Ein Satz [mit Klammern] (und noch einer: wirklich).",
        "Siehe Seite (Seite: 12) und (Fall: offen)!",
        "Liste[1](zwei)",
        '[a](glossar:wort "Ein Titel")',
    ],
)
def test_what_is_all_right(text: str) -> None:
    codes = [code for _, code in on_page(text + "\n")]
    assert not {"picture_blank", "link_blank", "link_as_text"}.intersection(codes)


def test_a_long_row_of_brackets_takes_no_time() -> None:
    assert blocks_of("![" * 3000 + "\n\n" + "] " * 3000 + "\n") == ()


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("Mein Bild.PNG", "mein-bild.png"),
        ("Übersicht (neu).jpg", "uebersicht-neu.jpg"),
        ("…", "bild"),
        ("é à.svg", "e-a.svg"),
    ],
)
def test_a_better_name(name: str, better: str) -> None:
    assert plain_name(name) == better
