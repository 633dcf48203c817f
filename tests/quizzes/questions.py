"""A page with an order, a matrix, two cloze texts and a simulation, for the tests of these kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from app.course.model import Course
from app.quizzes import service
from app.quizzes.forms import Read
from app.quizzes.kinds import kind_of
from app.quizzes.learner import Learner, build
from app.quizzes.rendering import render_block
from app.quizzes.values import Body
from tests.quizzes.conftest import Save, compiled, here_of
from tests.support.cast import Cast
from tests.support.client import check_page
from tests.support.course import small_course

ORDER = """\
::: reihenfolge {#qu-order seite=schauen}
Bringen Sie die Schritte in eine Reihenfolge.

1. Veränderungsfrage klären
   > Ohne Frage sucht man lange.
2. Eigene Kräfte suchen
3. *Netz* fragen
   > Das Netz kommt nach den eigenen Kräften.
4. Einrichtungen im Quartier ansprechen

> Vom Nahen zum Fernen.
> Quelle: Ausgangsdokument
:::
"""

MATRIX = """\
::: matrix {#qu-matrix seite=schauen}
Wohin gehört welche Karte?

| | Person | Beziehungen | Verhältnisse |
|---|---|---|---|
| erkennen | | | |
| verändern | | | |

- Mit einer Jugendlichen über ihre Stärken sprechen -> erkennen / Person
  > Hier geht es noch ums Hinsehen.
- Eine Netzwerkkarte zeichnen -> erkennen / Beziehungen
- Auf eine Querungshilfe an der Hauptstraße drängen -> verändern / Verhältnisse
  > Die Straße ist kein Mensch.
- Nachbarinnen miteinander bekannt machen -> verändern / Beziehungen

> Beides gehört zusammen: hinsehen und ändern.
:::
"""

CLOZE = """\
::: lueckentext {#qu-cloze}
Setzen Sie ein, was fehlt.

Nicht nur der [[Fall]], auch das [[Feld|Gebiet]] zählt. Dort wirken [[Verhältnisse > Denken Sie an **Wohnen** und Arbeit.]].

> Vom Fall zum Feld.
:::
"""

CHOICE = CLOZE.replace("{#qu-cloze}", "{#qu-choice auswahl=ja}")

GAME = """\
::: planspiel {#qu-game sicht=trainer}
Acht Wochen in zehn Minuten.

## Ausgangslage
Mehrere Eltern sagen dasselbe: In den Ferien essen die Kinder mittags allein.

- Klein anfangen: mit vier Familien kochen -> Der erste Donnerstag
  > Zwei sagen zu, eine vielleicht.
- Erst alles planen -> Fünf Wochen später

## Der erste Donnerstag
Zwei Familien kommen. Ein Nachbar beschwert sich.

- Beim Nachbarn klingeln -> Auswertung
  > „Lärm stört mich nicht. Dass mich keiner fragt, das stört mich.“
- Noch einmal von vorn überlegen -> Ausgangslage

## Fünf Wochen später
Das Konzept ist fertig. Die Küche wird renoviert.

- Anhalten und fragen -> Der erste Donnerstag

## Auswertung
Acht Leute sitzen im Hof und reden:

- Was war gut?
- Was soll bleiben?
:::
"""

BLOCKS = {
    "qu-order": ORDER,
    "qu-matrix": MATRIX,
    "qu-cloze": CLOZE,
    "qu-choice": CHOICE,
    "qu-game": GAME,
}
PAGE = "---\ntitel: Fragen zum Ankommen\nminuten: 8\nart: fragen\n---\n" + "\n".join(BLOCKS.values())
_WHOLE = '<!doctype html><html lang="de"><head><title>Seite</title></head><body><main><h1>Seite</h1>{}</main></body></html>'
FILES = {"ankommen/fragen-1.md": PAGE}


@dataclass(frozen=True)
class Ask:
    """Anna before the blocks of this page."""

    cast: Cast
    record: Save

    @property
    def course(self) -> Course:
        return _course()

    @property
    def learner(self) -> Learner:
        return build(
            self.course, service.answers_of(self.cast.anna.enrolment_id), self.cast.anna.enrolment_id
        )

    def block(self, block_id: str) -> Any:
        found = self.course.find_block(block_id)
        assert found
        return found[1]

    def read(self, block_id: str, form: MultiDict[str, str]) -> Read:
        return kind_of(self.block(block_id)).read(form, self.block(block_id))

    def save(self, block_id: str, body: Body) -> None:
        self.record(self.cast.anna, block_id, body)

    def page(
        self,
        block_id: str,
        *,
        typed: Body | None = None,
        errors: dict[str, str] | None = None,
        paper: bool = False,
    ) -> BeautifulSoup:
        """Her block, checked as every page is."""
        saved = service.answers_of(self.cast.anna.enrolment_id).get(block_id)
        here = here_of(self.cast, self.cast.anna, self.course)
        html = str(render_block(self.block(block_id), here, saved, self.learner, typed, errors, paper=paper))
        check_page(_WHOLE.format(html), block_id)
        return BeautifulSoup(html, "html.parser")


@cache
def _course() -> Course:
    return compiled(small_course() | {path: text.encode() for path, text in FILES.items()})
