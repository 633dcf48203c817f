"""What is wrong on pages, in blocks and in the glossary, in German: code -> (what is wrong, what to do)."""

from __future__ import annotations

WORDING: dict[str, tuple[str, str]] = {
    # Front matter and outer form
    "front_matter_missing": (
        "Die Datei beginnt nicht mit den Angaben zur Seite.",
        "Die erste Zeile ist ---, dann kommen titel: und minuten:, dann wieder eine Zeile mit ---.",
    ),
    "front_matter_open": (
        "Die Angaben am Anfang der Seite haben kein Ende.",
        "Schreiben Sie nach der letzten Angabe eine Zeile mit ---.",
    ),
    "page_too_slow": (
        "Diese Datei braucht beim Prüfen länger als {seconds} Sekunden.",
        "Teilen Sie sie, und suchen Sie nach sehr vielen gleichen Zeichen hintereinander.",
    ),
    "text_unreadable": (
        "Dieser Text lässt sich nicht als Markdown lesen.",
        "Teilen Sie ihn in kürzere Absätze und suchen Sie nach ungewöhnlichen Zeichen.",
    ),
    "nesting_too_deep": (
        "Listen oder Zitate sind hier tiefer als {most} Stufen verschachtelt.",
        "Verwenden Sie weniger Stufen; mehr als drei liest niemand gern.",
    ),
    "code_fence_open": (
        "Hier beginnt ein Beispieltext mit ``` oder ~~~, der nicht geschlossen wird.",
        "Schließen Sie ihn mit einer Zeile aus denselben Zeichen.",
    ),
    "block_minutes": (
        "Die Blöcke dieser Seite brauchen zusammen {blocks} Minuten, die Seite hat nur {page}.",
        "Erhöhen Sie die Minuten der Seite oder kürzen Sie die der Blöcke.",
    ),
    "reflection_without_block": (
        "Diese Seite heißt „lernstopp“, enthält aber keinen Block „lernstopp“.",
        "Fügen Sie ::: lernstopp ein oder ändern Sie art:.",
    ),
    "case_without_block": (
        "Dieser Fall enthält keinen Block „fall“ mit Aufgaben.",
        "Fügen Sie ::: fall mit mindestens einem Schritt (## …) ein.",
    ),
    # Prose
    "heading_level": (
        "„{text}“ ist eine Überschrift mit nur einem #. Die gibt es auf einer Seite schon: ihren Titel.",
        "Beginnen Sie Überschriften im Text mit ##.",
    ),
    "raw_html": (
        "„{text}“ ist HTML und wird als gewöhnlicher Text gezeigt.",
        "Verwenden Sie Markdown, zum Beispiel **fett** oder eine Liste.",
    ),
    "link_target": (
        "Der Verweis auf „{target}“ ist so nicht möglich.",
        "Ein Verweis beginnt mit https://, http://, mailto:, seite:, fall:, glossar:, literatur: oder #.",
    ),
    "anchor_unknown": (
        "Auf dieser Seite gibt es keine Stelle „#{anchor}“.",
        "Gemeint ist die Überschrift in kleinen Buchstaben mit Bindestrichen oder die Kennung eines Blocks.",
    ),
    "link_blank": (
        "Das Ziel „{target}“ enthält ein Leerzeichen. Deshalb wird kein Verweis daraus; man sieht nur den Rohtext.",
        "Schreiben Sie das Ziel ohne Leerzeichen. Heißt eine Datei so, benennen Sie sie mit Bindestrichen um.",
    ),
    "picture_blank": (
        "Der Bildname „{target}“ enthält ein Leerzeichen. Deshalb erscheint kein Bild, nur der Rohtext.",
        "Benennen Sie die Datei im Ordner media um in {better}, und schreiben Sie hier medien:{better}.",
    ),
    "link_as_text": (
        "„{text}“ wird so kein Verweis und kein Bild; man sieht nur den Rohtext. Eine Klammer fehlt oder steht falsch.",
        "Schreiben Sie [Text](seite:modul/seite) oder ![Beschreibung](medien:bild.png), ohne Leerzeichen zwischen ] und (.",
    ),
    "picture_target": (
        "Das Bild „{target}“ liegt nicht im Kurs.",
        "Legen Sie es in den Ordner media und schreiben Sie ![Beschreibung](medien:dateiname.png).",
    ),
    "alt_missing": (
        "Dem Bild „{target}“ fehlt eine Beschreibung.",
        "Schreiben Sie zwischen die eckigen Klammern, was zu sehen ist: ![Karte des Stadtteils](…).",
    ),
    "footnote_undefined": (
        "Zur Fußnote „{label}“ fehlt der Text.",
        "Ergänzen Sie auf dieser Seite eine Zeile [^{label}]: mit dem Text der Fußnote.",
    ),
    "footnote_unused": (
        "Auf die Fußnote „{label}“ verweist niemand; sie wird nicht gezeigt.",
        "Schreiben Sie [^{label}] an die Stelle, zu der sie gehört, oder streichen Sie sie.",
    ),
    "footnote_twice": (
        "Die Fußnote „{label}“ hat zwei Texte.",
        "Geben Sie einer von beiden eine andere Nummer.",
    ),
    # Names of other things
    "unknown_module": (
        "Das Modul „{name}“ gibt es in diesem Kurs nicht.",
        "Die Module stehen in course.yaml.",
    ),
    "unknown_page": (
        "Die Seite „{name}“ gibt es nicht.",
        "Eine Seite heißt modul/seite, so wie Ordner und Datei, ohne .md.",
    ),
    "unknown_case": ("Den Fall „{name}“ gibt es nicht.", "Fälle liegen als Datei im Ordner cases."),
    "unknown_term": (
        "Den Begriff „{name}“ gibt es im Glossar nicht.",
        "In glossary.md steht der Kurzname hinter dem Begriff: ## Begriff {{#kurzname}}.",
    ),
    "unknown_reference": (
        "„{name}“ gibt es im Literaturverzeichnis nicht.",
        "Die Kennungen stehen in bibliography.yaml.",
    ),
    "unknown_media": (
        "Das Bild „{name}“ liegt nicht im Ordner media.",
        "Achten Sie auf Groß- und Kleinschreibung.",
    ),
    # Blocks: form
    "block_unknown": ("Einen Block „{block}“ gibt es nicht.", "Möglich sind: {allowed}."),
    "block_unclosed": (
        "Der Block „{block}“ beginnt hier und wird nicht geschlossen.",
        "Schreiben Sie nach seinem Ende eine Zeile mit :::. In einem Block darf kein anderer stehen.",
    ),
    "stray_fence": (
        "Hier steht ::: ohne dass vorher ein Block begonnen hätte.",
        "Löschen Sie die Zeile, oder ergänzen Sie die Zeile, mit der der Block beginnt.",
    ),
    "fence_malformed": (
        "Die Zeile „::: {text}“ ist nicht verständlich.",
        "Schreiben Sie ::: name {{#kennung}}, zum Beispiel ::: freitext {{#w1-3 minuten=3}}.",
    ),
    "fence_short": (
        "Hier fehlt ein Doppelpunkt: „{fence}“.",
        "Ein Block beginnt mit drei Doppelpunkten und endet mit einer Zeile aus drei Doppelpunkten.",
    ),
    "attribute_malformed": (
        "In den geschweiften Klammern ist „{text}“ nicht verständlich.",
        'Schreiben Sie name=wert ohne Leerzeichen am =; Werte mit Leerzeichen so: name="zwei Wörter".',
    ),
    "attribute_quotes": (
        "Bei „{attribute}“ stehen typografische Anführungszeichen; sie gehören so zum Wert und halten ihn nicht zusammen.",
        'Schreiben Sie gerade: {attribute}="{value}". Schaltet Ihr Programm sie um, nehmen Sie die Änderung mit Strg+Z zurück.',
    ),
    "attribute_twice": (
        "„{attribute}“ steht zweimal in den geschweiften Klammern.",
        "Behalten Sie nur eine Angabe.",
    ),
    "unknown_attribute": ("Die Angabe „{field}“ kennt dieser Block nicht.", "Möglich sind: {allowed}."),
    "id_missing": (
        "Diesem Block „{block}“ fehlt die Kennung.",
        "Schreiben Sie {{#kennung}} hinter den Namen, oder rufen Sie feldweg.py check ORDNER --fix auf.",
    ),
    "id_without_hash": (
        "Vor die Kennung gehört ein #: {{#{id}}}.",
        "Schreiben Sie das # ohne Leerzeichen direkt vor die Kennung.",
    ),
    "id_invalid": (
        "Die Kennung „{id}“ enthält nicht erlaubte Zeichen oder ist zu lang.",
        "Sie beginnt mit einem kleinen Buchstaben, dann a–z, Ziffern und Bindestriche, höchstens 64 Zeichen.",
    ),
    "id_twice": (
        "Die Kennung „{id}“ gibt es schon: {first_path}, Zeile {first_line}.",
        "Geben Sie dem neueren Block eine andere. Ändern Sie keine, zu der es schon Antworten gibt.",
    ),
    "range_inverted": ("min={low} ist größer als max={high}.", "Vertauschen Sie die beiden Zahlen."),
    # Blocks: prompts
    "prompt_empty": (
        "Im Block „{block}“ ist eine Aufgabe leer.",
        "Schreiben Sie, was die Teilnehmenden tun sollen.",
    ),
    "prompt_twice": (
        "„{text}“ steht zweimal in diesem Block; die Antworten ließen sich nicht unterscheiden.",
        "Formulieren Sie eine der beiden Aufgaben anders.",
    ),
    "prompts_missing": (
        "Im Block „{block}“ fehlt eine Aufgabe.",
        "Schreiben Sie jede Aufgabe in eine eigene Zeile, die mit einem Bindestrich beginnt.",
    ),
    "text_after_list": (
        "Hinter der Liste steht im Block „{block}“ noch Text, der keinen Platz hat.",
        "Stellen Sie ihn vor die Liste. Gehört er zum letzten Punkt, rücken Sie ihn ein.",
    ),
    # Blocks: quiz
    "options_too_few": (
        "Diese Frage hat weniger als zwei Antworten.",
        "Schreiben Sie jede Antwort in eine Zeile, die mit - [ ] oder - [x] beginnt.",
    ),
    "option_without_box": (
        "Dieser Antwort fehlt das Kästchen.",
        "Beginnen Sie die Zeile mit - [ ] (falsch) oder - [x] (richtig).",
    ),
    "option_empty": ("Diese Antwort ist leer.", "Schreiben Sie hinter das Kästchen einen Text."),
    "option_twice": ("Die Antwort „{text}“ steht zweimal da.", "Streichen oder ändern Sie eine."),
    "no_right_option": (
        "Keine Antwort ist als richtig markiert.",
        "Setzen Sie in ein Kästchen ein x: - [x].",
    ),
    "all_options_right": (
        "Alle Antworten sind als richtig markiert.",
        "Ergänzen Sie mindestens eine falsche Antwort: - [ ].",
    ),
    "feedback_missing": (
        "Zur falschen Antwort „{text}“ fehlt eine Rückmeldung.",
        "Schreiben Sie darunter eine eingerückte Zeile, die mit > beginnt.",
    ),
    "feedback_not_indented": (
        "Diese Rückmeldung ist nicht eingerückt; sie gehört so zu keiner Antwort.",
        "Setzen Sie mindestens zwei Leerzeichen vor das >.",
    ),
    "explanation_missing": (
        "Diesem Block „{block}“ fehlt die Erklärung, die nach dem Antworten erscheint.",
        "Schreiben Sie nach den Antworten eine Leerzeile und dann eine Zeile, die mit > beginnt.",
    ),
    "pairs_too_few": (
        "Diese Zuordnung hat weniger als zwei Paare.",
        "Schreiben Sie jedes Paar in eine Zeile: - links -> rechts.",
    ),
    "pair_malformed": (
        "In dieser Zeile ist kein Paar zu erkennen.",
        "Schreiben Sie - links -> rechts, mit genau einem Pfeil und Text auf beiden Seiten.",
    ),
    "pair_twice": ("„{text}“ steht zweimal auf der linken Seite.", "Streichen oder ändern Sie ein Paar."),
    "pairs_all_alike": (
        "Alle Paare haben rechts denselben Text; es gibt nichts zuzuordnen.",
        "Ergänzen Sie mindestens ein Paar mit einem anderen Text auf der rechten Seite.",
    ),
    # Blocks: case
    "stages_missing": (
        "Dieser Fall hat keine Schritte.",
        "Jeder Schritt beginnt mit einer Überschrift: ## Schritt 1: …",
    ),
    "text_before_stages": (
        "Vor dem ersten Schritt steht Text, der im Block keinen Platz hat.",
        "Stellen Sie ihn vor den Block, oder geben Sie ihm eine Überschrift mit ##.",
    ),
    # Glossary
    "term_without_slug": (
        "Hinter „{text}“ fehlt der Kurzname.",
        "Schreiben Sie ## Begriff {{#kurzname}} mit kleinen Buchstaben, Ziffern und Bindestrichen.",
    ),
    "term_twice": (
        "Den Kurznamen „{name}“ gibt es im Glossar schon.",
        "Geben Sie einem Begriff einen anderen.",
    ),
    "term_empty": ("Der Begriff „{name}“ hat keine Erklärung.", "Schreiben Sie sie unter die Überschrift."),
    "text_before_terms": (
        "Vor dem ersten Begriff steht Text, der nicht gezeigt wird.",
        "Beginnen Sie die Datei mit einem Begriff: ## Begriff {{#kurzname}}.",
    ),
}
