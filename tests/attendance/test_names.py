"""Names in two parts, and their order on a printed list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.attendance.names import list_key, split_name

SPLIT = {
    "Anna Kolb": ("Kolb", "Anna"),
    "Bela Öztürk": ("Öztürk", "Bela"),
    "Cher": ("Cher", ""),
    "Eva-Maria Groß-Klein": ("Groß-Klein", "Eva-Maria"),
    "Anna Sophie Kolb": ("Kolb", "Anna Sophie"),
    "Dr. Anna Kolb": ("Kolb", "Dr. Anna"),
    "Prof. Dr. med. Anna Kolb": ("Kolb", "Prof. Dr. med. Anna"),
    "Otto von Bismarck": ("von Bismarck", "Otto"),
    "Ludwig van der Heide": ("van der Heide", "Ludwig"),
    "Max von und zu Hohenstein": ("von und zu Hohenstein", "Max"),
    "Charles de Gaulle": ("de Gaulle", "Charles"),
    "Anna Van Dyck": ("Van Dyck", "Anna"),
    "Gabriel García y López": ("García y López", "Gabriel"),
    "Hans Meier jun.": ("Meier jun.", "Hans"),
    "Hans von Meier jun.": ("von Meier jun.", "Hans"),
    "Maria Müller geb. Schmidt": ("Müller geb. Schmidt", "Maria"),
    "Maria von Müller geb. von Schmidt": ("von Müller geb. von Schmidt", "Maria"),
    "Kolb, Anna": ("Kolb", "Anna"),
    "van der Heide, Ludwig": ("van der Heide", "Ludwig"),
    "Anna Kolb, M.A.": ("Kolb", "Anna, M.A."),
    "Anna Kolb, MSW": ("Kolb", "Anna, MSW"),
    "von Berg": ("von Berg", ""),
    "Ben Müller": ("Müller", "Ben"),
    "Van Morrison": ("Morrison", "Van"),
    ", Anna": ("Anna", ""),
    "": ("", ""),
}


@pytest.mark.parametrize(("name", "parts"), SPLIT.items(), ids=SPLIT)
def test_splits(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@given(
    st.lists(
        st.sampled_from(["Anna", "von", "und", "zu", "Dr.", "jun.", "geb.", "Kolb", "y", "de"]), min_size=1
    )
)
def test_no_word_is_lost_and_nobody_is_without_surname(words: list[str]) -> None:
    surname, first = split_name(" ".join(words))
    assert f"{first} {surname}".split() == words
    assert surname


def test_order_is_that_of_a_telephone_list() -> None:
    names = ["Bela Öztürk", "Anna Ozan", "Ida Oezdemir", "Çem Çelik", "Carl Celan", "Ö Zz", "Jan Müller", "Jan Mueller-Arp",
             "Uwe Muff", "Anna Kolb", "Änne Kolb", "Agnes Kolb", "Straße Ä", "Łukasz Łoś"]  # fmt: skip
    assert sorted(names, key=list_key) == [
        "Straße Ä", "Carl Celan", "Çem Çelik", "Änne Kolb", "Agnes Kolb", "Anna Kolb", "Łukasz Łoś", "Jan Müller",
        "Jan Mueller-Arp", "Uwe Muff", "Ida Oezdemir", "Bela Öztürk", "Anna Ozan", "Ö Zz",
    ]  # fmt: skip
