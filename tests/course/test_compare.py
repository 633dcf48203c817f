"""What changes for learners between two courses."""

from __future__ import annotations

from app.course.compare import Changes, Difference, KindChange, compare
from app.course.model import Course
from tests.course.sample import MODULE, STOP, compiled, page, sample

TWO = "::: freitext {#a}\nEins?\n:::\n\n::: freitext {#b}\nZwei?\n:::\n"


def course(**changes: str | None) -> Course:
    result = compiled(sample(**changes)).course
    assert result is not None
    return result


def changes(old: str, new: str) -> Changes:
    return compare(course(page=page(old)), course(page=page(new)))


def test_nothing() -> None:
    same = compare(course(), course())
    assert not same
    assert same == Changes(Difference(), Difference(), ())


def test_other_lines_are_no_change() -> None:
    assert not changes(TWO, "\n\n" + TWO)


def test_blocks() -> None:
    found = changes(TWO, "::: freitext {#b}\nZwei, anders?\n:::\n\n::: freitext {#c}\nDrei?\n:::\n")
    assert found.blocks == Difference(added=("c",), changed=("b",), removed=("a",))
    assert not found.pages
    assert found.kind_changes == ()


def test_another_order() -> None:
    found = changes(TWO, "::: freitext {#b}\nZwei?\n:::\n\n::: freitext {#a}\nEins?\n:::\n")
    assert len(found.blocks.moved) == 1
    assert not found.blocks.changed


def test_a_block_on_another_page_has_moved() -> None:
    old = course(page=page(TWO))
    new = course(
        page=page("::: freitext {#b}\nZwei?\n:::\n"), stop=STOP + "\n::: freitext {#a}\nEins?\n:::\n"
    )
    assert compare(old, new).blocks == Difference(moved=("a",))


def test_another_reader_is_a_change() -> None:
    assert changes(TWO, TWO.replace("{#a}", "{#a sicht=gruppe}")).blocks == Difference(changed=("a",))


def test_a_kind_must_not_change_under_the_same_id() -> None:
    found = changes(TWO, TWO.replace("freitext {#a}", "schlagworte {#a}"))
    assert found.kind_changes == (KindChange("a", "freitext", "schlagworte"),)
    assert found.blocks.changed == ("a",)


def test_pages() -> None:
    new = course(
        module=MODULE.replace("[seite, halt]", "[halt, seite, neu]").replace("20", "32"),
        page=page("Anders."),
        **{"eins/neu.md": page("Neu")},
    )
    found = compare(course(), new).pages
    assert (found.added, found.changed, found.removed) == (("eins/neu",), ("eins/seite",), ())
    assert len(found.moved) == 1
    back = compare(new, course()).pages
    assert back.removed == ("eins/neu",)


def test_cases_are_pages_too() -> None:
    assert compare(course(), course(case=None, page=page("x"))).pages.removed == ("cases/haus",)
