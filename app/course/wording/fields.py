"""Wording for typed fields: sheets, cards and surveys have them in common."""

from __future__ import annotations

WORDING: dict[str, tuple[str, str]] = {
    "field_choice_short": (
        "„{text}“ ist eine Auswahl mit weniger als zwei Möglichkeiten.",
        "Schreiben Sie mindestens zwei, durch Kommas getrennt: (Auswahl: täglich, wöchentlich, selten).",
    ),
    "field_choice_twice": (
        "In der Auswahl „{text}“ steht „{name}“ zweimal.",
        "Streichen oder ändern Sie eine der Möglichkeiten.",
    ),
    "field_scale_invalid": (
        "Die Skala „{text}“ ist nicht möglich.",
        "Schreiben Sie (Skala 0 bis 10), mit der kleineren Zahl zuerst und höchstens elf Stufen.",
    ),
    "field_type_unclear": (
        "„{text}“ ist kein Typ für ein Feld. Es bleibt ein Textfeld, und die Klammer gehört zur Frage.",
        "Möglich sind (Text), (Zeile), (Datum), (Person), (ja/nein), (Auswahl: eins, zwei) und (Skala 1 bis 5), "
        "genau so geschrieben und ganz am Ende.",
    ),
    "field_example": (
        "„{text}“ wird ein Feld zum Ausfüllen, denn jeder Punkt der Liste ist eines.",
        "Soll man es nur lesen, schreiben Sie es ohne Bindestrich in die Einleitung über der Liste.",
    ),
    "words_missing": (
        "Bei „{field}“ fehlen Wörter.",
        'Schreiben Sie mindestens {least}, durch Kommas getrennt: {field}="{example}".',
    ),
    "words_twice": (
        "Bei „{field}“ steht „{name}“ zweimal.",
        "Streichen oder ändern Sie eines der Wörter.",
    ),
    "fields_missing": (
        "Im Block „{block}“ fehlen die Felder.",
        "Schreiben Sie jedes Feld in eine eigene Zeile, die mit einem Bindestrich beginnt.",
    ),
    "fields_too_many": (
        "Im Block „{block}“ stehen {count} Felder, möglich sind {most}.",
        "Streichen Sie Felder, oder machen Sie zwei Blöcke daraus.",
    ),
}
