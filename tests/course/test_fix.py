"""`--fix` adds ids and touches nothing else."""

from __future__ import annotations

import pytest

from app.course.fix import fix_missing_ids, random_id
from app.course.source import from_mapping
from app.course.text import BLOCK_ID
from tests.course.sample import found, page, sample


def fixed(content: bytes, *ids: str) -> bytes:
    tree, _ = from_mapping({"m/p.md": content})
    names = iter(ids or ("x1", "x2", "x3"))
    return fix_missing_ids(tree, lambda: next(names)).get("m/p.md", content)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("::: frage", "::: frage {#x1}"),
        (":::frage", ":::frage {#x1}"),
        ("  ::::  frage  ", "  ::::  frage {#x1}  "),
        ("::: frage {seite=a}", "::: frage {#x1 seite=a}"),
        ("::: frage { seite=a}", "::: frage {#x1 seite=a}"),
        ("::: frage {}", "::: frage {#x1}"),
        ("::: frage{min=1}", "::: frage{#x1 min=1}"),
        ("::: frage {#da}", "::: frage {#da}"),
        ("::: unbekannt", "::: unbekannt"),
        ("```\n::: frage\n```\n::: frage", "```\n::: frage\n```\n::: frage {#x1}"),
    ],
)
def test_where_the_id_goes(before: str, after: str) -> None:
    assert fixed(page(f"{before}\nWas?\n:::\n").encode()) == page(f"{after}\nWas?\n:::\n").encode()


@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_every_other_byte_is_kept(end: bytes, bom: bytes) -> None:
    text = page("fu\u0308r\t \n\n::: frage\nWas?  \n:::\nletzte Zeile ohne Ende").encode()
    before = bom + text.replace(b"\n", end)
    assert fixed(before) == before.replace(b"::: frage", b"::: frage {#x1}")


def test_a_block_in_the_first_line() -> None:
    assert fixed(b"\xef\xbb\xbf::: frage\n:::\n") == b"\xef\xbb\xbf::: frage {#x1}\n:::\n"


def test_ids_in_use_are_not_given_again() -> None:
    text = page("::: frage\n:::\n::: freitext {#x1}\n:::\n::: frage\n:::\n").encode()
    assert fixed(text, "x1", "x2", "x2", "x3").count(b"{#x1}") == 1


def test_files_without_a_missing_id_are_left_out() -> None:
    tree, _ = from_mapping(sample())
    assert fix_missing_ids(tree) == {}


def test_after_fixing_nothing_is_missing() -> None:
    files = sample(page=page("::: freitext\nWas?\n:::\n\n::: freitext {minuten=3}\nWas noch?\n:::\n"))
    tree, _ = from_mapping(files)
    assert [code for _, _, code in found(files)] == ["id_missing", "id_missing"]
    assert found(files | fix_missing_ids(tree)) == []


def test_random_ids_are_ids() -> None:
    ids = {random_id() for _ in range(100)}
    assert len(ids) > 90
    assert all(BLOCK_ID.fullmatch(name) for name in ids)
