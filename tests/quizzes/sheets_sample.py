"""A course with sheets, scales and a resolution, and a cohort that takes it."""

from __future__ import annotations

import re
from typing import Any

from app.cohorts.models import Cohort
from app.course.model import Block, Course
from app.extensions import db, transaction
from tests.quizzes.conftest import compiled
from tests.support.cast import Cast, publish
from tests.support.course import small_course

PAGE = """\
---
titel: Blätter
minuten: 60
---
Text

::: arbeitsblatt {#s1 durchgaenge=3 sicht=trainer}
## Fünf Fragen
Bitte verfremden.

- Was fällt auf?
- Ort (Zeile)
- Bis wann? (Datum)
- Wer kümmert sich? (Person)
- Ist das verabredet? (ja/nein)
- Womit beginnen Sie? (Auswahl: Person, Verhältnisse)
- Wie sicher sind Sie? (Skala 0 bis 10)

> Was hat sich verändert?
:::

::: arbeitsblatt {#s2 form=raster}
Schreiben Sie in jede Zelle ein Beispiel.

| | Person | Verhältnisse |
|---|---|---|
| erkennen | eine Stärke | |
| verändern | | |

- Und sonst?
:::

::: arbeitsblatt {#s3 form=tabelle zeilen=3}
- Wer? (Person)
- Bis wann? (Datum)
:::

::: arbeitsblatt {#s4 form=kreise lage=ueberlappend}
- Fall
- Feld
- Raum
:::

::: arbeitsblatt {#s5 form=kreise}
- Kern
- bei Bedarf
:::

::: arbeitsblatt {#s6 form=waage}
- Was spricht dafür?
- Was spricht dagegen?
:::

::: regler {#r1 rechnen=produkt schwaechster="Was stärkt ihn?"}
## Formel
- Unmut
- Ziel
- Wer entscheidet? (die Leitung <-> alle)
- Bis wann? (Datum)

> Nur Mut.
:::

::: regler {#r2 gruppenbild=ja rechnen=mittel von=1 bis=7}
- Fall <-> Feld
- allein <-> zusammen
:::

::: regler {#r3 stufen="anstoßen, mitmachen, tragen"}
- Rolle
:::

::: vorsatz {#v1}
Was probieren Sie aus?

- Wenn es regnet, dann bleibe ich da.

> Erzählen Sie davon.
:::

::: freitext {#t1 woerter="motivieren, dazu bringen" hinweis="Was wollen die Menschen selbst?"}
Was geschieht?
:::
"""


def files(page: str = PAGE) -> dict[str, bytes]:
    """The small course with this page at the end of its second module."""
    course = small_course()
    module = re.sub(
        r"^(seiten: .*)\]", r"\1, blaetter]", course["feld/module.yaml"].decode(), flags=re.MULTILINE
    )
    module = re.sub(
        r"^minuten: (\d+)", lambda found: f"minuten: {int(found[1]) + 60}", module, flags=re.MULTILINE
    )
    course["feld/module.yaml"] = module.encode()
    return course | {"feld/blaetter.md": page.encode()}


COURSE: Course = compiled(files())


def block(block_id: str, course: Course = COURSE) -> Any:
    found = course.find_block(block_id)
    assert found
    return found[1]


def reworded(old: str, new: str) -> Course:
    """The course after its author changed this."""
    assert old in PAGE
    return compiled(files(PAGE.replace(old, new)))


def moved(cast: Cast, page: str = PAGE) -> None:
    """Cohort Nord now takes the course with this page. Call inside an application context."""
    with transaction():
        edition = publish(files(page))
        cohort = db.session.get_one(Cohort, cast.nord)
        cohort.edition_id, cohort.edition_digest = edition.id, edition.digest


def names(of: Block) -> list[str]:
    """The keys of a sheet's fields in their order."""
    return [field.key for field in of.fields]  # type: ignore[attr-defined]
