"""…/lernheft says beside an entry when others may read it, too."""

from __future__ import annotations

import pytest

from tests.modules.doors import course, words
from tests.progress.cohort import write
from tests.support.course import WILLKOMMEN

ENTRY = {"entries": [{"q": "Was sehen Sie zuerst?", "a": "Den Platz"}]}


@pytest.mark.parametrize(
    ("sight", "sentence"),
    [
        ("trainer", "Sie und Ihre Trainer:in sehen das."),
        ("gruppe", "Alle in Ihrer Kohorte sehen das."),
        ("nur-ich", None),
    ],
)
def test_who_else_reads_an_entry(app, client_for, cast, pinned, sight, sentence):
    pinned({"ankommen/willkommen.md": WILLKOMMEN.replace("{#w1-3}", f"{{#w1-3 sicht={sight}}}")})
    write(app, cast.anna, "w1-3", ENTRY)
    page = client_for(cast.anna).soup(course(cast, "lernheft"))
    assert [words(line) for line in page.select(".lernheft .sight")] == ([sentence] if sentence else [])
    assert "Nur Sie sehen es, außer dem" in words(page.select_one(".note"))
