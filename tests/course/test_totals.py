"""Minutes and teaching units of a course, and plans that leave too little time."""

from __future__ import annotations

import pytest

from app.course.totals import in_words, units
from tests.course.sample import compiled, sample


def test_in_words() -> None:
    course = compiled(sample()).course
    assert course is not None
    lines = in_words(course)
    assert lines[0] == "Module:"
    assert lines[-1] == "  Ein Tag   180 Minuten  4 UE"
    assert [line.split()[0] for line in lines[1:3]][-1] == "Summe"


@pytest.mark.parametrize(
    ("minutes", "said"), [(90, "2 UE"), (60, "1,33 UE"), (0, "0 UE"), (720, "16 UE"), (450, "10 UE")]
)
def test_units(minutes: int, said: str) -> None:
    assert units(minutes, 45) == said
