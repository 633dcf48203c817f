"""No Markdown, wherever in a course it stands, becomes script, a foreign picture or an element of its own."""

from __future__ import annotations

import pytest

from app.course.blocks.frage import Question
from app.course.draft import read_draft
from app.course.findings import Findings
from app.course.model import Prose
from app.course.page_files import PageFile, read_glossary
from app.course.render import Renderer, render
from app.course.sanitise import sanitised
from app.course.source import from_mapping
from app.course.text import lines_of
from tests.course.html_check import wrong_in
from tests.course.payloads import PAYLOADS
from tests.course.sample import page, sample


def test_the_watcher_sees_what_it_should() -> None:
    assert wrong_in("<script>x</script><p onclick='x'><a href='javascript:x'>x</a><img src='//x'>") != []
    assert wrong_in("<p><em>x</p>") != []
    assert wrong_in('<p><a href="https://x.de">x</a></p>') == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_a_text(payload: str) -> None:
    assert wrong_in(render(payload)) == []


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize(
    "frame", ["- {}", "> {}", "1. x\n   - {}", "x\n: {}", "a | b\n--|--\n{} | x", "x[^1]\n\n[^1]: {}"]
)
def test_in_a_list_quote_table_or_note(payload: str, frame: str) -> None:
    assert wrong_in(render(frame.format(payload))) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_behind_the_parser(payload: str) -> None:
    """The allowlist alone holds too, should the parser ever let something through."""
    html = sanitised(f"<p>{payload}</p>")
    assert [bad for bad in wrong_in(html) if "src=" not in bad and "href=" not in bad] == []
    assert "script:" not in html.replace(" ", "").lower() or "<a href" not in html.lower()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_a_block(payload: str) -> None:
    line = " ".join(payload.split("\n"))
    body = f"::: frage {{#q1}}\n{line}\n- [x] {line}\n- [ ] b\n  > {line}\n\n> {line}\n:::\n"
    tree, _ = from_mapping(sample(page=page(body)))
    file = read_draft(tree).pages["eins/seite.md"]
    assert isinstance(file, PageFile)
    for block in file.blocks:
        assert isinstance(block, Question)
        options = [option.html + option.feedback_html for option in block.options]
        for html in [block.prompt.html, block.explanation_html, *options]:
            assert wrong_in(html) == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_in_the_glossary(payload: str) -> None:
    glossary = read_glossary("glossary.md", f"## {payload.splitlines()[0]} {{#a}}\n{payload}\n")
    for term in glossary.terms:
        assert [
            bad for bad in wrong_in(term.html) if not bad.startswith(("href=glossar#", "src=medien/"))
        ] == []


def test_texts_of_one_page_share_no_anchor() -> None:
    renderer = Renderer(Findings("a/b.md"))
    text = lines_of("## Gleich\n\n## Gleich\n\nx[^1] y[^1] z[^2]\n\n[^1]: a\n[^2]: b\n")
    html = renderer.html(text) + renderer.html(text)
    assert wrong_in(html) == []
    assert html.count("abschnitt-gleich") == 4


def test_an_id_cannot_be_chosen_by_an_author() -> None:
    assert "id=" not in sanitised('<h2 id="login">x</h2><div class="btn">x</div>')
    assert "class=" not in sanitised('<div class="btn">x</div>')


def test_prose_is_what_templates_print() -> None:
    tree, _ = from_mapping(sample(page=page("<script>alert(1)</script>")))
    page_file = read_draft(tree).pages["eins/seite.md"].page
    assert page_file is not None
    (part,) = page_file.parts
    assert part == Prose("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n")
