"""Searching a course with German words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.course.compile import compile_course
from app.course.german_words import _stem
from app.course.search import Hit, entries, entry, search
from app.course.source import from_mapping
from tests.support.course import small_course

ENTRIES = [
    entry("m/raum", "Was ist ein Sozialraum?", "Modul", "Ein Ort, mehrere Räume. Menschen stellen ihn her."),
    entry("m/team", "Gemeinsam", "Modul", "Das Sozialraumteam trifft sich freitags im Quartiersbüro."),
    entry("m/halt", "Lernstopp", "Modul", "Was haben Sie verstanden?"),
]


ENDINGS = ("", "e", "en", "es", "lich", "liche", "ungen", "heiten", "erinnen", "bildung")


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def places(query: str, *, every: bool = True) -> list[str]:
    return [hit.entry.place for hit in search(ENTRIES, query, every=every)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Raum", ["m/raum"]),
        ("räume", ["m/raum"]),
        ("RAUMES", ["m/raum"]),
        ("Sozialräume", ["m/raum", "m/team"]),
        ("sozi", ["m/raum", "m/team"]),
        ("Team", []),
        ("Quartier", ["m/team"]),
        ("Büro", []),
        ("Mensch", ["m/raum"]),
        ("Sozialraum Menschen", ["m/raum"]),
        ("Sozialraum Lernstopp", []),
        ("so", []),
        ("", []),
        ("???", []),
        ("%' OR 1=1 --", []),
    ],
)
def test_words_are_found_as_a_reader_would_expect(query: str, found: list[str]) -> None:
    assert places(query) == found


def test_any_of_the_words_if_asked_for() -> None:
    assert places("Sozialraum Lernstopp", every=False) == ["m/raum", "m/halt", "m/team"]


def test_the_snippet_shows_the_words_where_they_stand() -> None:
    (hit,) = search(ENTRIES, "Räume")
    assert hit.snippet == (
        ("", False),
        ("Ein Ort, mehrere ", False),
        ("Räume", True),
        (". Menschen stellen ihn her.", False),
    )


def test_a_long_text_is_cut_at_words() -> None:
    text = "Vorher " * 60 + "Sozialraum " + "nachher " * 60
    (hit,) = search([entry("m/x", "X", "", text.strip())], "Sozialraum")
    words = "".join(piece for piece, _ in hit.snippet)
    assert words.startswith("… Vorher")
    assert words.endswith("nachher …")
    assert len(words) < 320


def test_what_is_right_or_comes_later_is_never_found() -> None:
    course = compile_course(from_mapping(small_course())[0]).course
    assert course

    def found(query: str) -> list[Hit]:
        return search(entries(course), query)

    assert [hit.entry.place for hit in found("Sozialraum")][:1] == ["glossar/sozialraum"]
    # Words that stand only in a feedback or in an orientation:
    assert found("Leider") == []


@pytest.mark.usefixtures("hasty")
def test_stems_of_many_threads_do_not_get_mixed_up() -> None:
    words = [
        f"{start}{end}" for start in ("Sozialräum", "Gemeinschaft", "Schul", "Nachbar") for end in ENDINGS
    ]
    with ThreadPoolExecutor(8) as pool:
        mixed = list(pool.map(_stem.__wrapped__, words * 20))
    assert mixed == [_stem.__wrapped__(word) for word in words] * 20
