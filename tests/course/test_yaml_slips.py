"""A YAML error is reported where the author slipped, not where the parser stumbled."""

from __future__ import annotations

import pytest

from tests.course.test_yamltext import read


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ('titel: "A\nminuten: 20\nseiten: [a, "b"]\n', 1, "yaml_quote"),
        ('titel: "A\nuntertitel: "B"\n', 1, "yaml_quote"),
        ('titel: A\nziele:\n  - "a\n  - "b"\n', 3, "yaml_quote"),
        ('titel: "A"\nseiten: [a, "b, c]\nziele: ["x"]\n', 2, "yaml_quote"),
        ("titel: 'A\nuntertitel: 'B'\n", 1, "yaml_quote"),
        ('a:\n  - {beginn: "09:00, titel: "x"}\n', 2, "yaml_quote_inside"),
        ('titel: "Das "Feld" heißt"\n', 1, "yaml_quote_inside"),
        ("titel: 'Wie geht's?'\n", 1, "yaml_quote_inside"),
        ("titel: A\n  minuten: 3\n", 2, "yaml_indent"),
        ('titel: "A"\n  minuten: 3\n', 2, "yaml_indent"),
        (" titel: A\nminuten: 3\n", 2, "yaml_indent"),
        ("seiten:\n  - a\n    - b: c\n", 3, "yaml_indent"),
        ("titel: A\n\tminuten: 3\n", 2, "yaml_tab"),
        ('titel: "A"\n  \tminuten: 3\n', 2, "yaml_tab"),
        ("seiten: [a,\n\tb]\nx: [\n", 2, "yaml_tab"),
        ("titel: Tag 1: Ankommen\n", 1, "yaml_colon"),
    ],
)
def test_the_slip_is_named(text: str, line: int, code: str) -> None:
    assert read(text) == (None, [(line, code)])
    assert read(text, first_line=2) == (None, [(line + 1, code)])


@pytest.mark.parametrize(
    "good",
    [
        'titel: "Zwei\n  Zeilen" # "so',
        "titel: 'Wie geht''s?'",
        'titel: "Innen \\" steht eins"',
        'titel: Ost, "West" und Süd',
        'titel: 12" breit',
        'a: [{x: "1", y: "2"}, "z"]',
        "# it's\nx: 1",
    ],
)
def test_good_quotes_are_not_blamed_for_a_later_mistake(good: str) -> None:
    line = good.count("\n") + 2
    assert read(f"{good}\nfalsch: a: b\n") == (None, [(line, "yaml_colon")])


def test_a_very_long_line_takes_no_time() -> None:
    assert read("a: [" + '"",' * 20000 + '"x" y: z\n')[0] is None
