"""Wording for sheets, scales and the hints of free texts."""

from __future__ import annotations

WORDING: dict[str, tuple[str, str]] = {
    "sheet_attribute_idle": (
        "Die Angabe „{field}“ wirkt nur bei form={form}.",
        "Schreiben Sie form={form} dazu, oder streichen Sie „{field}“.",
    ),
    "sheet_table_without_grid": (
        "Die leeren Zellen dieser Tabelle werden so nicht zu Feldern.",
        "Schreiben Sie form=raster in die erste Zeile des Blocks.",
    ),
    "sheet_columns_twice": (
        "Die Spalten stehen schon in der Tabelle; „spalten“ wirkt hier nicht.",
        "Streichen Sie „spalten“.",
    ),
    "sheet_count": (
        "Für form={form} stehen hier {count} Listenpunkte; möglich sind {least} bis {most}.",
        "Ändern Sie die Liste, oder wählen Sie eine andere Form, zum Beispiel form=liste.",
    ),
    "sheet_two_pans": (
        "Eine Waage hat zwei Schalen; hier stehen {count} Listenpunkte.",
        "Schreiben Sie genau zwei, zum Beispiel: - Was spricht dafür? und - Was spricht dagegen?",
    ),
    "sheet_type_idle": (
        "Bei form={form} schreibt man einen Eintrag je Zeile; eine Klammer wie (Datum) geht hier nicht.",
        "Streichen Sie die Klammern, oder wählen Sie form=liste oder form=spalten.",
    ),
    "grid_text_after": (
        "Hinter der Tabelle steht noch Text, der keinen Platz hat.",
        "Stellen Sie ihn vor die Tabelle. Felder unter der Tabelle schreiben Sie als Liste.",
    ),
    "grid_row_too_long": (
        "Die Zeile „{text}“ hat mehr Zellen als die Überschrift der Tabelle.",
        "Schreiben Sie nach dem Namen der Zeile genau so viele Zellen wie Spalten: {count}.",
    ),
    "scales_missing": (
        "Im Block „regler“ fehlen die Skalen.",
        "Schreiben Sie jede in eine eigene Zeile: - klares Bild vom Ziel, oder - wenig Vertrauen <-> viel Vertrauen.",
    ),
    "scales_need_two": (
        "„rechnen“ und „schwaechster“ brauchen mindestens zwei Skalen.",
        "Schreiben Sie eine zweite Skala dazu, oder streichen Sie die Angabe.",
    ),
    "scales_picture_sight": (
        "Bei gruppenbild=ja entscheiden die Teilnehmenden selbst, ob ihre Werte in das Bild kommen.",
        "Streichen Sie „sicht“.",
    ),
    "scales_steps_twice": (
        "Neben „stufen“ stehen auch „von“ oder „bis“; nur eines davon kann gelten.",
        "Streichen Sie „von“ und „bis“, oder streichen Sie „stufen“.",
    ),
    "scales_words_reckoned": (
        "Mit Wörtern als Stufen lässt sich nicht rechnen.",
        "Schreiben Sie von=0 bis=5 statt „stufen“, oder streichen Sie „rechnen“.",
    ),
    "scales_too_long": (
        "Die Skala hat mehr als {most} Stufen.",
        "Nehmen Sie höchstens {most} Stufen; mit Zahlen geht die Skala hier bis {last}.",
    ),
    "scales_inverted": (
        "Die Skala von {low} bis {high} ist nicht möglich.",
        "Schreiben Sie bei „von“ die kleinere und bei „bis“ die größere Zahl: von=0 bis=5.",
    ),
    "scales_poles_malformed": (
        "Diese Skala hat keine zwei Pole.",
        "Schreiben Sie einen Pol links und einen rechts vom Pfeil: wenig Vertrauen <-> viel Vertrauen.",
    ),
    "hint_incomplete": (
        "„woerter“ und „hinweis“ gehören zusammen, hier fehlt „{missing}“.",
        'Schreiben Sie beide: woerter="motivieren, aktivieren" hinweis="Was bewegt die Menschen selbst?".',
    ),
    "hint_word_short": (
        "Das Wort „{text}“ ist zu kurz; der Hinweis käme fast immer.",
        "Nehmen Sie bei „woerter“ Wörter mit mindestens vier Buchstaben.",
    ),
}
