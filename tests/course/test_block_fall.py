"""`fall`."""

from __future__ import annotations

from app.course.blocks.fall import CaseScenario, Stage
from app.course.model import Prompt
from tests.course.sample import blocks_of, on_page

BODY = """\
::: fall {#f}
## Schritt I: Wille
Drei Fragen:

- a
- b

> Orientierung.

Noch ein Wort.

> **Und** mehr.

## Zum Weiterdenken
### Klein
Was?
:::
"""


def test_value() -> None:
    (block,) = blocks_of(BODY)
    first = "<p>Drei Fragen:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>Noch ein Wort.</p>\n"
    second = '<h3 id="abschnitt-klein">Klein</h3>\n<p>Was?</p>\n'
    assert block == CaseScenario(
        id="f",
        line=5,
        stages=(
            Stage(
                "Schritt I: Wille",
                Prompt("Schritt I: Wille", first),
                "<p>Orientierung.</p>\n<p><strong>Und</strong> mehr.</p>\n",
            ),
            Stage("Zum Weiterdenken", Prompt("Zum Weiterdenken", second), ""),
        ),
    )


def test_a_stage_needs_a_title_and_a_task() -> None:
    assert on_page("::: fall {#f}\n## Eins\n\n> Nur das.\n##\nWas?\n:::\n") == [
        (6, "prompt_empty"),
        (9, "prompt_empty"),
    ]


def test_two_stages_of_one_name_would_share_their_answers() -> None:
    assert on_page("::: fall {#f}\n## Eins\nWas?\n## Eins\nWas?\n:::\n") == [(8, "prompt_twice")]
