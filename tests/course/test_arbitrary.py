"""Whatever is in the files: compiling neither raises nor lets anything through."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.course.compile import compile_course
from app.course.findings import Findings
from app.course.fix import fix_missing_ids
from app.course.messages import sentence, suggestion
from app.course.parse import RawBlock, split
from app.course.render import render
from app.course.source import from_mapping
from app.course.text import text_of
from tests.course.html_check import wrong_in
from tests.course.sample import FRONT, sample

CALM = settings(max_examples=120, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.sampled_from(
    """\
::: frage {#q1}~::: fall~::: zuordnung {#z seite=h}~:::~---~```~- [x] a~- [ ] b~  > c~> Quelle: d~## e~a -> b
- f -> g~[^1]~[^1]: i~titel: k~minuten: 5~\t~~    l~<b>~[m](seite:n/o)~![p](medien:q)~1. r~* * *~: s~# t
\u2028~\x00~{#u}~| j |~|---|""".replace("\n", "~").split("~")
)
LINES = st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=30).map("\n".join)


@CALM
@given(LINES)
def test_splitting_never_raises_and_loses_no_line(text: str) -> None:
    findings = Findings("m/p.md")
    raw = split(text, findings)
    for part in raw.parts:
        lines = part.body if isinstance(part, RawBlock) else part
        assert text_of(lines) in text
        for line in lines:
            assert text.split("\n")[line.number - 1] == line.text


@CALM
@given(LINES)
def test_rendering_never_raises_and_is_clean(text: str) -> None:
    assert wrong_in(render(text)) == []


@CALM
@given(body=LINES, other=LINES)
def test_compiling_never_raises(body: str, other: str) -> None:
    for name in ("page", "case"):
        tree, known = from_mapping(sample(**{name: (FRONT + body).encode("utf-8", "ignore")}))
        for problem in compile_course(tree, known).problems:
            assert "‹" not in sentence(problem).replace(body, "")
            assert suggestion(problem)
        fix_missing_ids(tree)
    for name in ("course", "module", "glossary", "bibliography", "page"):
        tree, known = from_mapping(sample(**{name: other.encode("utf-8", "ignore")}))
        compile_course(tree, known)


@CALM
@given(st.binary(max_size=200))
def test_bytes_never_raise(content: bytes) -> None:
    for name in ("course", "module", "page", "case", "glossary", "bibliography", "picture"):
        tree, known = from_mapping(sample(**{name: content}))
        compile_course(tree, known)


@CALM
@given(st.dictionaries(st.text(max_size=30), st.binary(max_size=20), max_size=8))
def test_paths_never_raise(files: dict[str, bytes]) -> None:
    tree, known = from_mapping(files)
    compile_course(tree, known)
    assert not any(".." in path.split("/") or path.startswith("/") for path in tree.files)
