"""A page with a survey and three procedures, for the tests of these kinds."""

from __future__ import annotations

from app.course.model import Course
from tests.quizzes.conftest import compiled
from tests.support.course import small_course

HEAD = "---\ntitel: Felder\nminuten: 12\n---\n"
PATH = "feld/felder.md"

SURVEY = """\
::: umfrage {#u1}
## Drei Fragen zum Platz
Kurz und ehrlich.

- Wie oft sind Sie dort? (Auswahl: täglich, wöchentlich, selten)
- Wie sicher fühlen Sie sich? (Skala 1 bis 5)
- Was fehlt dort?
- Wann kamen Sie zuletzt? (Datum)
:::
"""

ALL = """\
::: ablauf {#a1 rollen="Moderation, Zeitwache" sicht=gruppe}
## Kollegiale Beratung
Keine Klarnamen.

1. **Auftrag** (5 Minuten) Die Person sagt, was sie klären will.
2. **Sammeln** (10 Minuten) Alle schreiben Ideen auf.
3. **Stille** Einen Moment lang.
4. **Dank** (1 Minute)

- Was nehmen Sie mit?
- Was bleibt offen?
:::
"""
GROUP = "::: ablauf {#a2 fuer=gruppe}\n1. Eins (1 Minute)\n2. Zwei (2 Minuten)\n:::\n"
ME = "::: ablauf {#a3 fuer=mich}\n1. Eins (1 Minute)\n2. Zwei\n:::\n"

FELDER = HEAD + "\n".join((SURVEY, ALL, GROUP, ME))


def course() -> Course:
    return compiled(small_course() | {PATH: FELDER.encode()})
