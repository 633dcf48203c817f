"""The splitter: front matter, prose and blocks, each with its lines."""

from __future__ import annotations

import pytest

from app.course.findings import Findings
from app.course.parse import RawBlock, RawPage, split
from app.course.text import text_of
from app.course.yamltext import Scalar


def parts(body: str) -> tuple[list[tuple[str, int, str]], list[tuple[int, str]]]:
    """(kind or "prose", line, text) of the parts, (line, code) of the problems; body begins in line 4."""
    page, findings = raw(f"---\ntitel: x\n---\n{body}")
    found = []
    for part in page.parts:
        if isinstance(part, RawBlock):
            found.append((part.name, part.line, text_of(part.body)))
        else:
            found.append(("prose", part[0].number, text_of(part)))
    return found, [(problem.line, problem.code) for problem in findings.problems]


def raw(text: str) -> tuple[RawPage, Findings]:
    findings = Findings("a/b.md")
    return split(text, findings), findings


def test_parts_in_their_order_and_lines() -> None:
    found, problems = parts("Eins\n\n::: freitext {#a}\nZwei\n:::\n\nDrei\nVier\n")
    assert found == [("prose", 4, "Eins"), ("freitext", 6, "Zwei"), ("prose", 10, "Drei\nVier")]
    assert problems == []


def test_front_matter_has_its_lines() -> None:
    page, _ = raw("---\ntitel: x\nminuten: 3\n---\n")
    assert page.front is not None
    assert page.front.entries == {"titel": Scalar("x", 2), "minuten": Scalar("3", 3)}


def test_attributes() -> None:
    page, findings = raw('---\n---\n::: frage {#q1-2 seite=a/b min=3 titel="Zwei Wörter"}\n:::')
    (block,) = page.blocks
    assert findings.problems == []
    assert block.id == "q1-2"
    texts = {name: node.text for name, node in block.attributes.entries.items() if isinstance(node, Scalar)}
    assert texts == {"seite": "a/b", "min": "3", "titel": "Zwei Wörter"}


@pytest.mark.parametrize("opening", [":::freitext{#a}", "   :::: freitext {#a}", "::: freitext  {#a}  "])
@pytest.mark.parametrize("closing", [":::", "  :::::", ":::  "])
def test_forms_of_fences(opening: str, closing: str) -> None:
    assert parts(f"{opening}\nText\n{closing}\n") == ([("freitext", 4, "Text")], [])


@pytest.mark.parametrize("fence", ["```", "~~~", "````", "``` markdown", "  ```"])
def test_fences_in_code_are_text(fence: str) -> None:
    mark = fence.strip().split(" ")[0]
    found, problems = parts(f"{fence}\n::: frage {{#q}}\n:::\n{mark}\n")
    assert [kind for kind, _, _ in found] == ["prose"]
    assert problems == []


def test_a_shorter_or_other_fence_does_not_close_code() -> None:
    found, problems = parts("````\n```\n~~~~\n:::\n````\n::: frage {#q}\n:::\n")
    assert [kind for kind, _, _ in found] == ["prose", "frage"]
    assert problems == []


def test_backticks_in_a_line_are_no_code_fence() -> None:
    found, problems = parts("```x``` im Text\n::: frage {#q}\n:::\n")
    assert [kind for kind, _, _ in found] == ["prose", "frage"]
    assert problems == []


def test_indented_fences_are_text() -> None:
    found, _ = parts("    ::: frage {#q}\n    :::\n")
    assert [kind for kind, _, _ in found] == ["prose"]


def test_an_unclosed_block_ends_where_the_next_begins() -> None:
    found, problems = parts("::: freitext {#a}\nEins\n::: frage {#b}\nZwei\n:::\n")
    assert found == [("freitext", 4, "Eins"), ("frage", 6, "Zwei")]
    assert problems == [(4, "block_unclosed")]


def test_an_unclosed_block_at_the_end() -> None:
    assert parts("::: freitext {#a}\nEins")[1] == [(4, "block_unclosed")]


def test_a_stray_fence() -> None:
    found, problems = parts("Eins\n:::\nZwei\n")
    assert found == [("prose", 4, "Eins"), ("prose", 6, "Zwei")]
    assert problems == [(5, "stray_fence")]


@pytest.mark.parametrize(
    ("opening", "code"),
    [
        ("::: freitext #a", "fence_malformed"),
        ("::: {#a}", "fence_malformed"),
        ("::: freitext {#a", "fence_malformed"),
        ("::: freitext " + "x" * 600, "fence_malformed"),
        ("::: freitext {#a b}", "attribute_malformed"),
        ("::: freitext {#a sicht=„nur ich“}", "attribute_quotes"),
        ("::: freitext {#a #b}", "attribute_twice"),
        ("::: freitext {a1-1}", "id_without_hash"),
        ("::: freitext {a1-1 minuten=3}", "id_without_hash"),
        ("::: freitext {minuten=3 # a1-1}", "id_without_hash"),
        (":: freitext {#a}", "fence_short"),
        ("::freitext", "fence_short"),
        (": freitext {#a}", "fence_short"),
        ("::: freitext {#ä}", "id_invalid"),
        ("::: freitext {#1a}", "id_invalid"),
        ("::: freitext {#" + "a" * 65 + "}", "id_invalid"),
    ],
)
def test_a_malformed_opening(opening: str, code: str) -> None:
    assert parts(f"{opening}\nText\n:::\n")[1] == [(4, code)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", (1, "front_matter_missing")),
        ("\n---\ntitel: x\n---\n", (1, "front_matter_missing")),
        ("---\ntitel: x\n", (1, "front_matter_open")),
        ("---\n- a\n---\n", (2, "yaml_no_fields")),
        ("---\ntitel: a: b\n---\n", (2, "yaml_colon")),
    ],
)
def test_bad_front_matter(text: str, problem: tuple[int, str]) -> None:
    page, findings = raw(text)
    assert page.front is None
    assert [(p.line, p.code) for p in findings.problems] == [problem]


def test_a_closing_fence_with_a_colon_too_few_is_the_only_mistake() -> None:
    found, problems = parts("::: freitext {#a}\nText\n::\nMehr\n::: frage {#b}\n:::\n")
    assert found == [("freitext", 4, "Text"), ("prose", 7, "Mehr"), ("frage", 8, "")]
    assert problems == [(6, "fence_short")]


@pytest.mark.parametrize(
    "line", [":: ein Satz geht weiter", ": freitext", "a :: b", "```\n:: frage\n```", "::x::"]
)
def test_colons_that_are_no_fence(line: str) -> None:
    assert parts(line + "\n")[1] == []


def test_an_id_without_its_sign_is_still_the_id() -> None:
    page, _ = raw("---\n---\n::: freitext {a1-1 minuten=3}\n:::")
    assert page.blocks[0].id == "a1-1"
    assert page.blocks[0].attributes.entries == {"minuten": Scalar("3", 3)}
