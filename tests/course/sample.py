"""A small course without any problem, and what becomes of it when files are changed."""

from __future__ import annotations

from app.course.compile import Compiled, compile_course
from app.course.model import Block, Problem
from app.course.source import from_mapping

COURSE = """\
kennung: probe
titel: "Probe"
module: [eins]
tagesplaene:
  - kennung: ein-tag
    titel: "Ein Tag"
    tage:
      - name: "Tag"
        abschnitte:
          - {beginn: "09:00", ende: "10:30", art: inhalt, titel: "Vormittag", module: [eins]}
          - {beginn: "10:30", ende: "10:45", art: pause, titel: "Pause"}
          - {beginn: "10:45", ende: "12:15", art: inhalt, titel: "Mittag"}
"""

MODULE = """\
titel: "Erstes Modul"
minuten: 20
seiten: [seite, halt]
"""

PAGE = """\
---
titel: Eine Seite
minuten: 12
---
## Ein Anfang

Text mit [Begriff](glossar:wort), [Buch](literatur:buch-2010), [Fall](fall:haus)
und ![Ein Platz](medien:platz.svg).
"""

STOP = """\
---
titel: Halt
minuten: 8
art: lernstopp
---
::: lernstopp {#l1}
- Was bleibt?
:::
"""

CASE = """\
---
titel: Das Haus
minuten: 30
module: [eins]
---
::: fall {#f1}
## Schritt I
Was sehen Sie?
:::
"""

FRONT = "---\ntitel: T\nminuten: 12\n---\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>\n'


def sample(**changes: str | bytes | None) -> dict[str, bytes]:
    """path -> bytes. A keyword replaces a file by its short name (`page=…`), None takes it away."""
    files: dict[str, str | bytes | None] = {
        "course.yaml": COURSE,
        "eins/module.yaml": MODULE,
        "eins/seite.md": PAGE,
        "eins/halt.md": STOP,
        "cases/haus.md": CASE,
        "glossary.md": "## Wort {#wort}\nEine Erklärung.\nQuelle: Buch 2010\n",
        "bibliography.yaml": '- kennung: buch-2010\n  kurz: "Buch 2010"\n',
        "media/platz.svg": SVG,
    }
    names = {
        "course": "course.yaml",
        "module": "eins/module.yaml",
        "page": "eins/seite.md",
        "stop": "eins/halt.md",
        "case": "cases/haus.md",
        "glossary": "glossary.md",
        "bibliography": "bibliography.yaml",
        "picture": "media/platz.svg",
    }
    files |= {names.get(name, name): content for name, content in changes.items()}
    return {
        path: content.encode() if isinstance(content, str) else content
        for path, content in files.items()
        if content is not None
    }


def compiled(files: dict[str, bytes]) -> Compiled:
    tree, known = from_mapping(files)
    return compile_course(tree, known)


def found(files: dict[str, bytes]) -> list[tuple[str, int, str]]:
    """(path, line, code) of every problem."""
    return [(problem.path, problem.line, problem.code) for problem in compiled(files).problems]


def page(body: str) -> str:
    """A page whose text begins in line 5."""
    return FRONT + body


def on_page(body: str) -> list[tuple[int, str]]:
    """(line, code) of the problems of a page with this text, which begins in line 5."""
    return [(line, code) for path, line, code in found(sample(page=page(body))) if path == "eins/seite.md"]


def problem(files: dict[str, bytes], code: str) -> Problem:
    """The only problem with this code."""
    (only,) = [problem for problem in compiled(files).problems if problem.code == code]
    return only


def blocks_of(body: str) -> tuple[Block, ...]:
    """The blocks of a page with this text, which must be without errors."""
    result = compiled(sample(page=page(body)))
    assert result.course is not None, result.problems
    station = result.course.find_page("eins", "seite")
    assert station is not None
    return station[1].blocks
