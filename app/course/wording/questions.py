"""Wording for order, matrix, cloze and simulation."""

from __future__ import annotations

WORDING: dict[str, tuple[str, str]] = {
    # reihenfolge
    "step_empty": ("Dieser Schritt ist leer.", "Schreiben Sie hinter die Nummer einen Text."),
    "step_twice": (
        "Der Schritt „{text}“ steht zweimal da; man könnte die beiden nicht unterscheiden.",
        "Streichen oder ändern Sie einen.",
    ),
    "steps_too_few": (
        "Diese Reihenfolge hat weniger als zwei Schritte.",
        "Schreiben Sie jeden Schritt in eine eigene Zeile: 1. …, darunter 2. …, in der richtigen Reihenfolge.",
    ),
    "steps_too_many": (
        "Diese Reihenfolge hat {count} Schritte, möglich sind {most}.",
        "Fassen Sie Schritte zusammen, oder machen Sie zwei Blöcke daraus.",
    ),
    "steps_misnumbered": (
        "Auf Schritt {before} folgt hier Schritt {number}.",
        "Schreiben Sie die Zeilen in der richtigen Reihenfolge untereinander; gemischt wird beim Anzeigen von selbst.",
    ),
    # matrix
    "matrix_table_missing": (
        "Dieser Matrix fehlt die Tabelle.",
        "Schreiben Sie nach der Aufgabe eine Tabelle mit leeren Feldern: eine Zeile | | Spalte | Spalte |, "
        "darunter |---|---|---|, dann für jede Zeile | Name | | |.",
    ),
    "matrix_ruler_missing": (
        "Unter der Kopfzeile der Tabelle fehlt die Zeile mit den Strichen.",
        "Schreiben Sie darunter eine Zeile wie |---|---|---|, mit so vielen Feldern wie die Kopfzeile.",
    ),
    "matrix_text_after_table": (
        "Zwischen Tabelle und Karten steht Text, der keinen Platz hat.",
        "Stellen Sie ihn vor die Tabelle.",
    ),
    "matrix_row_uneven": (
        "Diese Zeile der Tabelle hat {count} Felder, die Kopfzeile hat {columns}.",
        "Gleichen Sie die Zahl der senkrechten Striche an.",
    ),
    "matrix_cell_filled": (
        "In einem Feld der Tabelle steht „{text}“. Die Felder bleiben leer, die Karten stehen als Liste darunter.",
        "Löschen Sie den Text aus der Tabelle und schreiben Sie darunter: - Text der Karte -> Zeile / Spalte.",
    ),
    "matrix_too_small": (
        "Diese Tabelle hat weniger als zwei Felder, in die man Karten legen kann.",
        "Ergänzen Sie eine Spalte oder eine Zeile.",
    ),
    "matrix_too_large": (
        "Diese Tabelle ist zu groß für kleine Bildschirme.",
        "Möglich sind {rows} Zeilen und {columns} Spalten.",
    ),
    "matrix_name_missing": (
        "In der Tabelle fehlt der Name einer Zeile oder Spalte.",
        "Nur das Feld links oben darf leer sein; alle anderen am Rand brauchen einen Namen.",
    ),
    "matrix_name_twice": (
        "„{name}“ steht in der Tabelle zweimal am Rand.",
        "Geben Sie einer der beiden Zeilen oder Spalten einen anderen Namen.",
    ),
    "matrix_cards_few": (
        "Diese Matrix hat weniger als zwei Karten.",
        "Schreiben Sie jede Karte in eine Zeile: - Text der Karte -> Zeile / Spalte.",
    ),
    "matrix_cards_many": (
        "Diese Matrix hat {count} Karten, möglich sind {most}.",
        "Streichen Sie Karten, oder machen Sie zwei Blöcke daraus.",
    ),
    "matrix_all_alike": (
        "Alle Karten gehören in dasselbe Feld; es gibt nichts zuzuordnen.",
        "Ergänzen Sie mindestens eine Karte für ein anderes Feld.",
    ),
    "card_malformed": (
        "In dieser Zeile ist keine Karte zu erkennen.",
        "Schreiben Sie - Text der Karte -> Zeile / Spalte, mit genau einem Pfeil.",
    ),
    "card_twice": ("Die Karte „{text}“ gibt es zweimal.", "Streichen oder ändern Sie eine."),
    "cell_unknown": (
        "Das Feld „{text}“ gibt es in der Tabelle nicht.",
        "Schreiben Sie erst die Zeile, dann die Spalte. Möglich sind: {allowed}.",
    ),
    # lueckentext
    "gaps_missing": (
        "In diesem Lückentext ist keine Lücke.",
        "Setzen Sie jedes Wort, das fehlen soll, in doppelte eckige Klammern: [[Wort]].",
    ),
    "gaps_too_many": (
        "Dieser Lückentext hat {count} Lücken, möglich sind {most}.",
        "Lassen Sie einige Wörter stehen, oder machen Sie zwei Blöcke daraus.",
    ),
    "gaps_alike": (
        "Bei auswahl=ja stehen die Wörter der Lücken zur Wahl; hier gibt es nur eines.",
        "Ergänzen Sie eine Lücke mit einem anderen Wort, oder streichen Sie auswahl=ja.",
    ),
    "gap_open": (
        "Hier passen die doppelten eckigen Klammern nicht zusammen.",
        "Eine Lücke sieht so aus: [[Wort]] oder [[Wort|weiteres Wort > Hinweis]].",
    ),
    "gap_empty": (
        "In dieser Lücke steht kein Wort.",
        "Schreiben Sie hinein, was gesucht ist: [[Wort]]. Ein Hinweis steht hinter dem Wort: [[Wort > Hinweis]].",
    ),
    "gap_too_long": (
        "Was in der Lücke „{text} …“ gesucht ist, hat mehr als {most} Zeichen.",
        "Lassen Sie nur ein Wort oder wenige Wörter fehlen. Ein Hinweis steht hinter einem >.",
    ),
    "gap_misplaced": (
        "Eine Lücke steht in einem Verweis, einem Bild oder einer Fußnote; dort lässt sie sich nicht ausfüllen.",
        "Setzen Sie die doppelten eckigen Klammern nur um Wörter im Text.",
    ),
    "cloze_after_explanation": (
        "Hinter der Erklärung steht noch Text.",
        "Stellen Sie ihn vor die Erklärung. Alles, was mit > beginnt, gehört an das Ende des Blocks.",
    ),
    # planspiel
    "scenes_missing": (
        "Diesem Planspiel fehlen die Szenen.",
        "Jede Szene beginnt mit einer Überschrift: ## Ausgangslage. Nötig sind mindestens zwei.",
    ),
    "scenes_too_many": (
        "Dieses Planspiel hat {count} Szenen, möglich sind {most}.",
        "Streichen Sie Szenen, oder lassen Sie Wege wieder zusammenlaufen.",
    ),
    "scenes_without_ending": (
        "Dieses Planspiel hat kein Ende.",
        "Ergänzen Sie eine Szene ohne Wahl, zum Beispiel ## Auswertung, und lassen Sie einen Weg dorthin führen.",
    ),
    "scene_untitled": (
        "Diese Szene hat keinen Namen.",
        "Schreiben Sie hinter ## wenige Wörter; auf sie verweisen die Pfeile.",
    ),
    "scene_twice": (
        "Zwei Szenen heißen „{text}“; der Pfeil wüsste nicht, wohin.",
        "Geben Sie einer der beiden einen anderen Namen.",
    ),
    "scene_empty": (
        "In der Szene „{text}“ steht nicht, was geschieht.",
        "Schreiben Sie unter die Überschrift mindestens einen Satz.",
    ),
    "scene_first_without_choice": (
        "Die erste Szene hat keine Wahl; das Planspiel wäre schon zu Ende.",
        "Schreiben Sie darunter mindestens eine Zeile wie: - Klein anfangen -> Woche 2.",
    ),
    "scene_unknown": (
        "Eine Szene „{text}“ gibt es in diesem Planspiel nicht.",
        "Hinter dem Pfeil steht die Überschrift einer Szene, Wort für Wort.",
    ),
    "scene_unreachable": (
        "Zur Szene „{text}“ führt kein Weg.",
        "Ergänzen Sie in einer anderen Szene eine Wahl mit -> {text}, oder streichen Sie die Szene.",
    ),
    "scene_without_way_out": (
        "Aus der Szene „{text}“ kommt man nie zu einem Ende.",
        "Ergänzen Sie eine Wahl, die weiterführt.",
    ),
    "choice_malformed": (
        "In dieser Zeile ist keine Wahl zu erkennen.",
        "Schreiben Sie - Was man tun kann -> Name der Szene, mit genau einem Pfeil.",
    ),
    "choice_twice": (
        "Die Wahl „{text}“ steht in dieser Szene zweimal.",
        "Streichen oder ändern Sie eine.",
    ),
    "choices_too_many": (
        "In der Szene „{text}“ stehen {count} Möglichkeiten zur Wahl, es dürfen {most} sein.",
        "Streichen Sie einige.",
    ),
    "consequence_not_indented": (
        "Diese Folge ist nicht eingerückt; sie gehört so zu keiner Wahl.",
        "Setzen Sie mindestens zwei Leerzeichen vor das >.",
    ),
}
