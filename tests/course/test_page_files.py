"""Pages, cases and the glossary."""

from __future__ import annotations

import pytest

from app.course.model import Case, PageKind, Prose, Term
from app.course.page_files import read_case, read_glossary, read_page


def problems(text: str, path: str = "m/p.md") -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in read_page(path, text).findings.problems]


def test_page() -> None:
    file = read_page("m/seite-1.md", "---\ntitel: Ein Titel\nminuten: 12\nkern: ja\nart: uebung\n---\nText\n")
    assert file.findings.problems == []
    page = file.page
    assert page is not None
    assert (page.slug, page.title, page.minutes, page.core) == ("seite-1", "Ein Titel", 12, True)
    assert (page.kind, page.parts, page.path) == (
        PageKind.EXERCISE,
        (Prose("<p>Text</p>\n"),),
        "m/seite-1.md",
    )


def test_defaults() -> None:
    page = read_page("m/p.md", "---\ntitel: T\nminuten: 3\n---\n").page
    assert page is not None
    assert (page.core, page.kind, page.parts) == (False, PageKind.PAGE, ())


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("minuten: 3", [(1, "field_missing")]),
        ("titel: T", [(1, "field_missing")]),
        ("titel: \nminuten: 3", [(2, "field_missing")]),
        ("titel: T\nminuten: 0", [(3, "number_invalid")]),
        ("titel: T\nminuten: 3.5", [(3, "number_invalid")]),
        ("titel: T\nminuten: 3\nart: fall", [(4, "choice_invalid")]),
        ("titel: T\nminuten: 3\nKern: ja", [(4, "unknown_field")]),
        ("titel: T\nminuten: 3\nkern: nein", []),
    ],
)
def test_front_matter(front: str, found: list[tuple[int, str]]) -> None:
    assert problems(f"---\n{front}\n---\n") == found


@pytest.mark.parametrize("name", ["Seite", "seite_1", "über", "a" * 65, "-a"])
def test_a_file_name_that_is_no_slug(name: str) -> None:
    assert problems("---\ntitel: T\nminuten: 3\n---\n", f"m/{name}.md") == [(1, "slug_invalid")]


def test_case() -> None:
    front = 'titel: T\nminuten: 30\nschwierigkeit: Einstieg\nrolle: "R"\nort: O\nmodule: [m, n]\n'
    text = f"---\n{front}---\n::: fall {{#f}}\n## A\nWas?\n:::\n"
    case = read_case("cases/haus.md", text).page
    assert isinstance(case, Case)
    assert (case.slug, case.kind, case.role, case.setting) == ("haus", PageKind.CASE, "R", "O")
    assert (case.difficulty, case.modules, [block.id for block in case.blocks]) == (
        "Einstieg",
        ("m", "n"),
        ["f"],
    )


def test_glossary() -> None:
    first = "## Adressat:innen {#adressatinnen}\nMenschen, siehe [Wort](glossar:wort).\n\nMehr.\n"
    text = f"# Glossar\n\n{first}Quelle: A 2019; vgl. B\n\n## Wort {{#wort}}\nX\n"
    file = read_glossary("glossary.md", text)
    assert file.findings.problems == []
    html = '<p>Menschen, siehe <a href="glossar#wort">Wort</a>.</p>\n<p>Mehr.</p>\n'
    assert file.terms == (
        Term(
            slug="adressatinnen",
            term="Adressat:innen",
            html=html,
            page_html=html.replace("glossar#", "../../glossar#"),
            source="A 2019; vgl. B",
        ),
        Term(slug="wort", term="Wort", html="<p>X</p>\n", page_html="<p>X</p>\n", source=""),
    )


@pytest.mark.parametrize(
    "heading", ["## Wort", "## Wort {#}", "## Wort {wort}", "## Wort {#Wort}", "##  {#wort} x"]
)
def test_a_term_without_slug(heading: str) -> None:
    findings = read_glossary("glossary.md", f"{heading}\nx\n").findings
    assert [problem.code for problem in findings.problems] == ["term_without_slug"]
