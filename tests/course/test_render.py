"""Markdown becomes HTML as CommonMark says, with our links, tables and footnotes."""

from __future__ import annotations

import time

import pytest

from app.course.findings import Findings, Target, Use
from app.course.render import Renderer, plain, render
from app.course.text import lines_of
from tests.course.html_check import wrong_in
from tests.course.sample import found, on_page, page, sample


def compact(html: str) -> str:
    return html.replace("\n", "")


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Text\n- a\n- b", "<p>Text</p><ul><li>a</li><li>b</li></ul>"),
        ("Text\n1. a\n2. b", "<p>Text</p><ol><li>a</li><li>b</li></ol>"),
        ("- a\n  - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("- a\n   - b", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
        ("1. a\n   - b\n2. c", "<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>"),
        ("- a\n\n  b\n- c", "<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>"),
        ("- a\n* b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("3. a", '<ol start="3"><li>a</li></ol>'),
        ("Das war\n1987. Danach", "<p>Das war1987. Danach</p>"),
        ("a\\\nb", "<p>a<br>b</p>"),
        ("##Titel", "<p>##Titel</p>"),
        ("## Über uns!", '<h2 id="abschnitt-über-uns">Über uns!</h2>'),
        ("**a** *b* `c`", "<p><strong>a</strong> <em>b</em> <code>c</code></p>"),
        ("Wort\n: Erklärung", "<dl><dt>Wort</dt><dd>Erklärung</dd></dl>"),
        ("- a\n\n  ```\n  - b\n  ```", "<ul><li><p>a</p><pre><code>- b</code></pre></li></ul>"),
    ],
)
def test_as_commonmark_says(markdown: str, html: str) -> None:
    assert compact(render(markdown)) == html


@pytest.mark.parametrize(
    ("target", "attributes"),
    [
        ("https://x.de/a?b=c", 'href="https://x.de/a?b=c" rel="noopener noreferrer"'),
        ("HTTP://x.de", 'href="http://x.de" rel="noopener noreferrer"'),
        ("mailto:a@x.de", 'href="mailto:a@x.de"'),
        ("seite:m/p", 'href="../../seite/m/p"'),
        ("fall:haus", 'href="../../fall/lesen/haus"'),
        ("glossar:wort", 'href="../../glossar#wort"'),
        ("literatur:buch-2010", 'href="../../literatur#buch-2010"'),
        ("#anfang", 'href="#abschnitt-anfang"'),
        ("#abschnitt-anfang", 'href="#abschnitt-anfang"'),
    ],
)
def test_links(target: str, attributes: str) -> None:
    assert compact(render(f"[a]({target})")) == f"<p><a {attributes}>a</a></p>"


def test_links_from_another_depth() -> None:
    assert 'href="seite/m/p"' in render("[a](seite:m/p)", links="")


def test_a_link_that_is_not_allowed_stays_as_words() -> None:
    assert compact(render("[a](ftp://x.de)")) == "<p><a>a</a></p>"


@pytest.mark.parametrize(
    "target",
    ["x.md", "/seite", "ftp://x.de", "http:x.de", "mailto://x", "seite:", "seite:../x", "", "data:x"],
)
def test_links_of_no_kind_we_know(target: str) -> None:
    assert on_page(f"a\n[b]({target})\n") == [(6, "link_target")]


def test_a_picture() -> None:
    html = compact(render('![Ein Platz](medien:a/b.svg "Titel")'))
    assert html == '<p><img alt="Ein Platz" title="Titel" src="../../medien/a/b.svg" loading="lazy"></p>'


def test_a_table_can_be_scrolled_and_is_announced() -> None:
    html = compact(render("a | b | c\n--|--:|:-:\n1 | 2 | 3"))
    assert html.startswith('<div class="tabelle" tabindex="0" role="region" aria-label="Tabelle"><table>')
    assert '<th>a</th><th class="rechts">b</th><th class="mittig">c</th>' in html
    assert "style" not in html


def test_an_empty_corner_of_a_table_heads_nothing() -> None:
    html = compact(render("| | b |\n|---|:-:|\n| c | d |"))
    assert '<tr><td></td><th class="mittig">b</th></tr>' in html
    assert '<tr><td>c</td><td class="mittig">d</td></tr>' in html


def test_footnotes() -> None:
    html = compact(render("a[^x] b[^x]\n\n[^x]: c\n"))
    first = '<sup class="fussnote"><a href="#fn-1-1" id="fnref-1-1" aria-label="Fußnote 1">1</a></sup>'
    assert first in html
    assert '<section class="fussnoten" aria-label="Fußnoten"><ol start="1"><li id="fn-1-1">' in html
    assert html.count('<a href="#fnref-1-1" class="rueckverweis"') == 1


def test_footnotes_may_be_defined_anywhere_on_the_page() -> None:
    notes = "[^1]: eins\n[^2]: zwei\n\n    weiter\n\n[^3]: drei\n"
    body = f"a[^1]\n\n::: freitext {{#t1}}\nWas[^2]?\n:::\n\nb[^3]\n\n{notes}"
    assert on_page(body) == []


def test_footnotes_count_on_over_the_page() -> None:
    renderer = Renderer(Findings("a/b.md"), footnotes={"1": lines_of("[^1]: x"), "2": lines_of("[^2]: y")})
    html = renderer.html(lines_of("a[^1]")) + renderer.html(lines_of("b[^2]"))
    assert 'aria-label="Fußnote 2"' in html
    assert '<ol start="2">' in html


def test_uses_and_problems_have_their_lines() -> None:
    findings = Findings("a/b.md")
    text = "eins\nzwei [a](glossar:b)\n\n- x\n  - y ![z](medien:c.svg)\n\n> [d](fall:e)\n\na|b\n-|-\nc|[d](x)"
    Renderer(findings).html(lines_of(text, 10))
    assert findings.uses == [
        Use(Target.TERM, "b", "a/b.md", 11),
        Use(Target.MEDIA, "c.svg", "a/b.md", 14),
        Use(Target.CASE, "e", "a/b.md", 16),
    ]
    assert [(problem.line, problem.code) for problem in findings.problems] == [(20, "link_target")]


def test_an_anchor_may_be_a_heading_of_another_part_or_a_block() -> None:
    body = "[a](#spaeter) [b](#t1)\n\n::: freitext {#t1}\nWas?\n:::\n\n## Spaeter\n"
    assert on_page(body) == []
    assert 'href="#t1"' in Renderer(Findings("x"), block_ids=frozenset({"t1"})).html(lines_of("[b](#t1)"))


def test_names_with_umlauts_and_blanks_are_found() -> None:
    body = "![a](medien:für.png) ![b](<medien:ein bild.png>) [c](#über-uns)\n\n## Über uns\n"
    png = b"\x89PNG\r\n\x1a\n"
    files = sample(page=page(body), **{"media/für.png": png, "media/ein bild.png": png})
    assert {code for _, _, code in found(files)} == {"media_name"}
    assert 'src="../../medien/f%C3%BCr.png"' in render("![a](medien:für.png)")


@pytest.mark.parametrize("target", ["seite:%2e%2e/x", "medien:%2e%2e/x.png"])
def test_hidden_dots_lead_nowhere(target: str) -> None:
    assert "%2e" not in render(f"[a]({target}) ![b]({target})").lower()


def test_raw_html_is_a_warning_but_not_in_code() -> None:
    assert on_page("a < b und `<b>`\n\n```\n<b>\n```\n\n3 <4> 5\n") == []
    assert on_page("<!-- weg -->\n") == [(5, "raw_html")]


@pytest.mark.parametrize(
    ("markdown", "words"),
    [
        ("**a** [b](c)\n\nd", "a b d"),
        ("- a\n- b", "a b"),
        ("a\nb  \nc", "a b c"),
        ("`x` ![y](z)", "x y"),
        ("", ""),
    ],
)
def test_plain(markdown: str, words: str) -> None:
    assert plain(lines_of(markdown)) == words


@pytest.mark.parametrize(
    "text", ["> " * 21 + "a", "- " * 21 + "a", "".join(" " * 2 * n + "- a\n" for n in range(25))]
)
def test_deep_nesting_is_refused(text: str) -> None:
    findings = Findings("a/b.md")
    assert Renderer(findings).html(lines_of(text)) == ""
    assert [problem.code for problem in findings.problems] == ["nesting_too_deep"]


def test_twenty_levels_are_enough() -> None:
    findings = Findings("a/b.md")
    Renderer(findings).html(lines_of("> " * 20 + "a"))
    assert findings.problems == []


def test_a_parser_that_fails_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    monkeypatch.setattr("app.course.render._MARKDOWN.parse", fail)
    findings = Findings("a/b.md")
    assert Renderer(findings).html(lines_of("a", 7)) == ""
    assert [(problem.line, problem.code) for problem in findings.problems] == [(7, "text_unreadable")]
    assert plain(lines_of("a")) == ""


KILOBYTES_64 = 64 * 1024
NASTY = (
    "![", "[", "[](", "[a](", "*a **b ", "_*", "<a ", "<!--", ">", "> ", "`", "``` ", "~~~\n", "\\", "&#1;", "# ",
    "[^1]", "[^1]:", "^[", "[^a]:b\n", "[a]: b\n", "|a", "a|b\n-|-\n", "a\n: ", "* a\n  * b\n", "- ", "1. ", "  > ",
    "<http:", "![[]](", "::: ", ":::\n", "::: freitext {", "{#a}", "a=b", "\t", " ", "\u00a0", "\x00",
)  # fmt: skip


ENDLESS = 60  # seconds of CPU: not how fast it is, but that it does not grow without bounds


def filled(pattern: str, size: int) -> str:
    return (pattern * size)[:size]


@pytest.mark.parametrize("pattern", NASTY)
def test_nothing_of_64_kilobytes_takes_long(pattern: str) -> None:
    started = time.process_time()
    on_page(filled(pattern, KILOBYTES_64 - 100))
    assert time.process_time() - started < ENDLESS


@pytest.mark.parametrize("pattern", NASTY)
def test_no_block_of_16_kilobytes_takes_long(pattern: str) -> None:
    started = time.process_time()
    on_page(f"::: frage {{#q1}}\n{filled(pattern, KILOBYTES_64 // 4)}\n:::\n")
    assert time.process_time() - started < ENDLESS


def test_twenty_kilobytes_of_open_pictures() -> None:
    started = time.process_time()
    html = render("![" * 10000)
    assert time.process_time() - started < ENDLESS
    assert wrong_in(html) == []
