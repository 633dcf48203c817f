"""Wording for cards, nets and two sides."""

from __future__ import annotations

WORDING: dict[str, tuple[str, str]] = {
    "cards_title_type": (
        "Das erste Feld „{text}“ ist der Titel der Karte und kann nicht vom Typ „{type}“ sein.",
        "Stellen Sie ein Feld mit Text nach vorn, zum Beispiel „- Ort oder Angebot (Zeile)“.",
    ),
    "cards_examples_glued": (
        "Vor „Beispiele:“ fehlt eine leere Zeile, deshalb gehört das Wort noch zum Feld darüber.",
        "Setzen Sie vor „Beispiele:“ eine leere Zeile.",
    ),
    "cards_examples_spelled": (
        "„{text}“ leitet keine Beispiele ein; was darunter steht, werden Felder der Karte.",
        "Schreiben Sie „Beispiele:“ in eine eigene Zeile, mit Doppelpunkt und einer leeren Zeile davor.",
    ),
    "cards_examples_empty": (
        "Unter „Beispiele:“ steht keine Karte.",
        "Schreiben Sie jede Karte in eine Zeile, die mit einem Bindestrich beginnt, oder streichen Sie „Beispiele:“.",
    ),
    "cards_examples_many": (
        "Unter „Beispiele:“ stehen {count} Karten, möglich sind {most}.",
        "Streichen Sie Beispiele; die Teilnehmenden schreiben noch eigene Karten dazu.",
    ),
    "cards_anonym_alone": (
        "anonym=ja geht nur bei Karten, die alle sehen.",
        "Ergänzen Sie gemeinsam=ja, oder streichen Sie anonym=ja.",
    ),
    "net_nodes_many": (
        "Das Netz beginnt mit {count} Knoten, möglich sind {most}.",
        "Streichen Sie Knoten; die Teilnehmenden ergänzen eigene.",
    ),
    "sides_too_many": (
        "Bei „seiten“ stehen {count} Namen, gegenüber stehen sich zwei.",
        'Nennen Sie genau zwei Seiten: seiten="Jugendhilfe, Schule".',
    ),
    "words_too_many": (
        "Bei „{field}“ stehen {count} Wörter, möglich sind {most}.",
        "Streichen Sie Wörter, oder fassen Sie einige zusammen.",
    ),
    "sentence_missing": (
        "Bei „{field}“ fehlt der Satz.",
        'Schreiben Sie ihn in geraden Anführungszeichen: {field}="{example}".',
    ),
    "name_too_long": (
        "„{text} …“ hat {count} Zeichen, möglich sind {most}.",
        "Kürzen Sie den Namen auf wenige Wörter.",
    ),
    "name_twice": (
        "„{text}“ steht zweimal in der Liste.",
        "Streichen oder ändern Sie einen der beiden Einträge.",
    ),
    "quote_unused": (
        "Ein Absatz mit „>“ hat im Block „{block}“ keine Bedeutung.",
        "Schreiben Sie den Text ohne „>“ in die Einleitung, oder stellen Sie ihn hinter den Block.",
    ),
    "sight_of_shared": (
        "Was in diesem Block „{block}“ steht, sehen alle in der Kohorte; sicht={sight} passt nicht dazu.",
        "Streichen Sie „sicht“, oder schreiben Sie sicht=gruppe.",
    ),
}
