"""A small course with every kind of block, as the mapping of a folder; `small_course()` may be changed by a test."""

from __future__ import annotations

COURSE = """\
kennung: klein
titel: "Kleiner Kurs"
untertitel: "Zum Prüfen"
beschreibung: "Ein Kurs für Tests."
ue_minuten: 45
ziele: ["Etwas lernen"]
inhalte: ["Ankommen und schauen", "Vom Fall zum Feld"]
module: [ankommen, feld]
abschluss:
  teilnahme: {anwesenheit: "80 %", lernstopps: besuchte-module}
tagesplaene:
  - kennung: ein-tag
    titel: "Ein Tag"
    tage:
      - name: "Tag"
        abschnitte:
          - {beginn: "09:00", ende: "10:30", art: inhalt, titel: "Ankommen", module: [ankommen]}
          - {beginn: "10:30", ende: "10:45", art: pause, titel: "Pause"}
          - {beginn: "10:45", ende: "12:15", art: inhalt, titel: "Das Feld", module: [feld]}
          - {beginn: "12:15", ende: "13:15", art: mittag, titel: "Mittagspause"}
          - {beginn: "13:15", ende: "14:45", art: inhalt, titel: "Fallwerkstatt", module: [feld]}
  - kennung: zwei-tage
    titel: "Zwei Tage"
    tage:
      - name: "Tag 1"
        abschnitte:
          - {beginn: "09:00", ende: "10:30", art: inhalt, titel: "Ankommen", module: [ankommen]}
      - name: "Tag 2"
        abschnitte:
          - {beginn: "09:00", ende: "10:30", art: inhalt, titel: "Das Feld", module: [feld]}
"""

ANKOMMEN = """\
titel: "Ankommen"
minuten: 40
ziele: ["Da sein"]
seiten: [willkommen, schauen, fragen-1, halt-1]
"""

WILLKOMMEN = """\
---
titel: Willkommen
minuten: 12
kern: ja
---
Schön, dass Sie da sind. [Weiter lesen](seite:ankommen/schauen)

::: wuensche {#w-ankommen anzahl=3}
Für mich lohnt sich diese Zeit, wenn …
:::

::: schlagworte {#w1-1 min=3 max=10}
Welche Wörter gehören für Sie dazu?
:::

::: lernfragen {#w1-2 min=1 max=5}
Welche Fragen bringen Sie mit?
:::

::: freitext {#w1-3}
- Was sehen Sie zuerst?
- Was übersehen Sie leicht?

> Viele nennen zuerst den Platz.
:::
"""

SCHAUEN = """\
---
titel: Schauen
minuten: 12
kern: ja
---
## Wer schaut?

Ein Satz über den [Sozialraum](glossar:sozialraum).
"""

FRAGEN = """\
---
titel: Fragen zum Ankommen
minuten: 8
art: fragen
---
::: frage {#q1-1 seite=schauen}
Was ist ein Sozialraum?

- [ ] Ein Amtsbezirk
      > Das ist ein Verwaltungsraum.
- [x] Ein Raum, den Menschen handelnd herstellen
- [ ] Ein Gebäude
      > Das ist ein Ort.

> Menschen stellen ihn her.
> Quelle: Kessl/Reutlinger 2010, S. 25
:::

::: frage {#q1-2 seite=schauen}
Was gehört zum Blick?

- [x] Infrastruktur
- [x] Aneignung
- [ ] Nur der Fall
      > Der Blick ist weiter.

> Beides gehört dazu.
:::

::: zuordnung {#q1-3 seite=schauen}
Ordnen Sie zu.

- Bezirk III -> Verwaltungsraum
- Der Kiosk meiner Schwester -> Lebenswelt
- Drei Straßen und ein Park -> Ort

> Alle Wörter werden gebraucht.
:::
"""

HALT = """\
---
titel: Halt am Morgen
minuten: 8
art: lernstopp
---
::: lernstopp {#l1-1 minuten=8}
## Zwischenhalt
Nehmen Sie sich einen Moment.

- Welche Einsicht möchten Sie behalten?
- Was probieren Sie diese Woche aus?
:::
"""

FELD = """\
titel: "Vom Fall zum Feld"
minuten: 20
ziele: ["Das Feld sehen"]
seiten: [felder, halt-2]
"""

FELDER = """\
---
titel: Felder
minuten: 12
---
Ein Feld ist mehr als ein Fall.
"""

HALT_2 = HALT.replace("l1-1", "l2-1").replace("Halt am Morgen", "Halt am Abend")

CASE = """\
---
titel: Der Weg zur Kita
minuten: 30
schwierigkeit: Einstieg
rolle: "Erzieher:in"
ort: "Eine Siedlung am Rand"
module: [feld]
---
## Die Situation

Ida kommt oft zu spät.

::: fall {#case-1}
## Schritt I: Wille
Was wollen die Eltern?

> Vielleicht einen ruhigen Morgen.

## Schritt II: Eigene Kräfte
Was gelingt schon?

> Die Eltern sprechen sich ab.

## Zum Weiterdenken
Was bleibt offen?
:::
"""

GLOSSARY = """\
## Sozialraum {#sozialraum}
Ein Raum, den Menschen handelnd herstellen.

Quelle: Kessl/Reutlinger 2010
"""

BIBLIOGRAPHY = """\
- kennung: kessl-reutlinger-2010
  kurz: "Kessl/Reutlinger 2010"
  voll: "Kessl, Fabian / Reutlinger, Christian (2010): Sozialraum."
  zweite_hand: nein
  sicherheit: hoch
"""


def small_course() -> dict[str, bytes]:
    """path -> bytes of the small course's folder."""
    texts = {
        "course.yaml": COURSE,
        "ankommen/module.yaml": ANKOMMEN,
        "ankommen/willkommen.md": WILLKOMMEN,
        "ankommen/schauen.md": SCHAUEN,
        "ankommen/fragen-1.md": FRAGEN,
        "ankommen/halt-1.md": HALT,
        "feld/module.yaml": FELD,
        "feld/felder.md": FELDER,
        "feld/halt-2.md": HALT_2,
        "cases/der-weg-zur-kita.md": CASE,
        "glossary.md": GLOSSARY,
        "bibliography.yaml": BIBLIOGRAPHY,
    }
    return {path: text.encode() for path, text in texts.items()}
