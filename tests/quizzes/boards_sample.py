"""A course with boards, nets and two sides, and a cohort that takes it."""

from __future__ import annotations

import re

from app.cohorts.models import Cohort
from app.extensions import db, transaction
from tests.support.cast import Cast, publish
from tests.support.course import small_course

PAGE = """\
---
titel: Tafeln
minuten: 60
---
Text

::: karten {#k1 gemeinsam=ja spalten="entdeckt, geprüft, genutzt" pruefdatum=ja loeschdatum=ja buendeln=ja einwilligung="Die genannte Person weiß davon."}
## Unsere Ressourcenkarte
Tragen Sie Orte und Menschen ein, die vielen nützen können.

- Ort oder Angebot (Zeile)
- Zugang: Zeiten, Kosten, Barrieren
- Kontakt in unserem Team (Person)

Beispiele:

- Kiosk am Markt
- Elterncafé im Familienzentrum
:::

::: karten {#k2}
## Meine Orte
- Ort (Zeile)
- Wie wichtig? (Skala 1 bis 5)
:::

::: karten {#k3 gemeinsam=ja anonym=ja}
- Was uns stört
:::

::: netz {#n1 schlagworte=ja markieren="Hier ist jemand allein" abstand=ja pflegen="Welche Verbindung pflegen Sie als Nächstes?"}
Womit hängt was zusammen? Schreiben Sie zu jeder Verbindung einen Satz mit „weil“.

- Kita
- Quartiersbüro
- Jugendamt
:::

::: netz {#n2 verbindung=staerke gemeinsam=ja}
Wer arbeitet mit wem?

- Schule
- Allgemeiner Sozialer Dienst
:::

::: gegenueber {#g1 seiten="Jugendhilfe, Schule" minuten=15}
## Was klären wir?
Wählen Sie Ihre Seite und füllen Sie den Bogen aus. Danach legen Sie beide nebeneinander.

- Wozu arbeiten wir zusammen?
- Wer entscheidet was?
- Bis wann? (Datum)
:::
"""


def files(page: str = PAGE) -> dict[str, bytes]:
    """The small course with this page at the end of its second module."""
    course = small_course()
    module = course["feld/module.yaml"].decode()
    minutes = re.search(r"minuten: (\d+)", module)
    assert minutes
    module = module.replace(minutes[0], f"minuten: {int(minutes[1]) + 60}")
    course["feld/module.yaml"] = re.sub(r"(seiten: \[[^]]*)\]", r"\1, tafeln]", module).encode()
    return course | {"feld/tafeln.md": page.encode()}


def moved(cast: Cast, page: str = PAGE) -> None:
    """Cohort Nord now takes this course. Call inside an application context."""
    with transaction():
        edition = publish(files(page))
        cohort = db.session.get_one(Cohort, cast.nord)
        cohort.edition_id, cohort.edition_digest = edition.id, edition.digest
