"""What is wrong with files, YAML, fields and day plans, in German: code -> (what is wrong, what to do)."""

from __future__ import annotations

_QUOTES = (
    'Setzen Sie den ganzen Text hinter dem Doppelpunkt in gerade Anführungszeichen: titel: "Tag 1: Ankommen".'
)

WORDING: dict[str, tuple[str, str]] = {
    # Files and folders
    "folder_missing": (
        "Diesen Ordner gibt es nicht.",
        "Prüfen Sie den Pfad. Gemeint ist der Ordner, in dem course.yaml liegt.",
    ),
    "file_missing": (
        "Die Datei {file} fehlt.",
        "Jeder Kurs braucht sie im obersten Ordner. Prüfen Sie, ob Sie den richtigen Ordner gewählt haben.",
    ),
    "file_unreadable": (
        "Diese Datei lässt sich nicht öffnen.",
        "Schließen Sie sie in anderen Programmen und prüfen Sie, ob Sie sie lesen dürfen.",
    ),
    "file_hidden": (
        "Was mit einem Punkt beginnt, gilt als versteckt und wird übergangen.",
        "Löschen Sie sie aus dem Kursordner, wenn sie nicht gebraucht wird.",
    ),
    "file_unknown": (
        "Diese Art Datei gehört nicht in einen Kurs und wird übergangen.",
        "Erlaubt sind Texte (.md, .yaml) und Bilder (.svg, .png, .jpg, .webp).",
    ),
    "file_unexpected": (
        "Diese Datei hat im Kurs keinen Platz und wird nicht gezeigt.",
        "Seiten gehören in den Ordner ihres Moduls, Fälle in cases, Bilder in media.",
    ),
    "path_outside": (
        "Dieser Dateiname führt aus dem Kursordner heraus oder enthält verbotene Zeichen.",
        "Verwenden Sie Namen ohne „..“, ohne Laufwerk und ohne Schrägstrich am Anfang.",
    ),
    "path_twice": (
        "Diese Datei gibt es zweimal; die Namen unterscheiden sich nur in der Schreibweise der Umlaute.",
        "Benennen Sie eine der beiden um.",
    ),
    "symlink": (
        "Das ist eine Verknüpfung auf eine andere Stelle. Verknüpfungen werden nicht gelesen.",
        "Legen Sie eine Kopie der Datei in den Kursordner.",
    ),
    "encoding": (
        "Diese Zeile enthält Zeichen, die nicht als UTF-8 gespeichert sind, oft Umlaute.",
        "Öffnen Sie die Datei in einem Texteditor und speichern Sie sie mit der Kodierung „UTF-8“.",
    ),
    "text_too_large": (
        "Diese Datei ist zu groß: {size}; erlaubt sind {most}.",
        "Teilen Sie die Seite in mehrere. Bilder gehören als Datei in den Ordner media.",
    ),
    "media_too_large": (
        "Dieses Bild ist zu groß: {size}; erlaubt sind {most}.",
        "Verkleinern Sie es, zum Beispiel auf 1600 Bildpunkte Breite.",
    ),
    "tree_too_large": (
        "Der Kurs ist zusammen größer als {most}.",
        "Verkleinern Sie die Bilder oder nehmen Sie nicht gebrauchte heraus.",
    ),
    "too_many_files": (
        "Der Kurs hat mehr als {most} Dateien.",
        "Prüfen Sie, ob Sie den richtigen Ordner gewählt haben.",
    ),
    "media_wrong_kind": (
        "Der Inhalt dieser Datei passt nicht zu ihrer Endung.",
        "Speichern Sie das Bild noch einmal in dem Format, das die Endung nennt.",
    ),
    "svg_active": (
        "Diese Zeichnung enthält Programmteile oder eingebettete Seiten. Das ist nicht erlaubt.",
        "Speichern Sie sie im Zeichenprogramm als „einfaches SVG“ oder als PNG.",
    ),
    "media_name": (
        "Der Name dieser Bilddatei enthält Leerzeichen, Großbuchstaben, Umlaute oder andere Zeichen.",
        "Benennen Sie die Datei um in {better}, und schreiben Sie auch in den Seiten medien:{better}.",
    ),
    "svg_remote": (
        "Diese Zeichnung lädt etwas aus dem Internet nach. Das ist nicht erlaubt.",
        "Betten Sie Bilder und Schriften ein oder speichern Sie die Zeichnung als PNG.",
    ),
    # YAML
    "yaml_colon": ("Ein Doppelpunkt mitten im Text verwirrt diese Zeile.", _QUOTES),
    "yaml_tab": (
        "Diese Zeile ist mit der Tabulatortaste eingerückt oder enthält einen Tabulator.",
        "Ersetzen Sie ihn durch Leerzeichen; eingerückt wird hier nur mit Leerzeichen.",
    ),
    "yaml_indent": (
        "Die Einrückung dieser Zeile passt nicht zu den Zeilen darüber.",
        "Zusammengehörige Angaben beginnen in derselben Spalte, mit gleich vielen Leerzeichen davor.",
    ),
    "yaml_quote": (
        "In Zeile {opened} beginnt ein Anführungszeichen, das nicht geschlossen wird.",
        'Schließen Sie es mit demselben geraden Zeichen ("). Innen im Text sind „…“ erlaubt.',
    ),
    "yaml_quote_inside": (
        "Die geraden Anführungszeichen dieser Zeile gehen nicht auf: Eines fehlt oder steht mitten im Text.",
        'Schließen Sie jedes. Innen im Text schreiben Sie „…“: titel: "Vom „Fall“ zum Feld".',
    ),
    "yaml_no_colon": (
        "In dieser Zeile fehlt ein Doppelpunkt.",
        "Schreiben Sie name: wert, mit einem Leerzeichen hinter dem Doppelpunkt.",
    ),
    "yaml_bracket": (
        "Hier beginnt eine Klammer, in der ein Komma fehlt oder die nicht geschlossen wird.",
        "Schreiben Sie [eins, zwei] oder {{name: wert, name: wert}}; Texte mit Komma in Anführungszeichen.",
    ),
    "yaml_start_character": (
        "Ein Wert darf nicht mit einem Sonderzeichen wie @, % oder ` beginnen.",
        'Setzen Sie den Wert in gerade Anführungszeichen ("…").',
    ),
    "yaml_escape": (
        "Ein umgekehrter Schrägstrich (\\) in Anführungszeichen ist hier nicht verständlich.",
        "Lassen Sie ihn weg oder schreiben Sie ihn doppelt.",
    ),
    "yaml_alias": (
        "Ein Wert beginnt mit * oder &. Diese Zeichen haben am Anfang eine besondere Bedeutung.",
        'Setzen Sie den Wert in gerade Anführungszeichen ("…").',
    ),
    "yaml_documents": (
        "Mitten in der Datei steht eine Zeile mit ---.",
        "Nehmen Sie sie heraus; diese Datei ist ein einziger Abschnitt.",
    ),
    "yaml_character": (
        "Diese Zeile enthält ein unsichtbares Sonderzeichen.",
        "Löschen Sie die Zeile und tippen Sie sie neu.",
    ),
    "yaml_syntax": (
        "Diese Zeile ist nicht verständlich.",
        'Schreiben Sie name: wert; Texte mit Sonderzeichen in geraden Anführungszeichen ("…").',
    ),
    "yaml_duplicate_key": (
        "Die Angabe „{field}“ steht zweimal da, zuerst in Zeile {first_line}.",
        "Behalten Sie nur eine davon.",
    ),
    "yaml_no_fields": (
        "Hier werden Angaben der Form name: wert erwartet.",
        "Sehen Sie sich eine andere Datei des Kurses als Muster an.",
    ),
    # Fields
    "field_missing": ("Die Angabe „{field}“ fehlt oder ist leer.", "Ergänzen Sie eine Zeile {field}: …"),
    "unknown_field": ("Die Angabe „{field}“ gibt es hier nicht.", "Möglich sind: {allowed}."),
    "text_expected": ("Bei „{field}“ wird ein einfacher Text erwartet.", 'Schreiben Sie {field}: "…".'),
    "list_expected": (
        "Bei „{field}“ wird eine Liste erwartet.",
        "Schreiben Sie jeden Eintrag in eine eigene Zeile, die mit einem Bindestrich beginnt.",
    ),
    "fields_expected": (
        "Bei „{field}“ werden Angaben der Form name: wert erwartet.",
        "Sehen Sie in der Anleitung für Kurse das Beispiel dazu an.",
    ),
    "number_invalid": (
        "Bei „{field}“ steht „{value}“; erwartet wird eine ganze Zahl von {low} bis {high}.",
        "Schreiben Sie die Zahl in Ziffern, zum Beispiel {example}.",
    ),
    "yes_no_invalid": (
        "Bei „{field}“ steht „{value}“; erwartet wird ja oder nein.",
        "Schreiben Sie ja oder nein.",
    ),
    "choice_invalid": ("Bei „{field}“ steht „{value}“. Das gibt es nicht.", "Möglich sind: {allowed}."),
    "time_invalid": (
        "Bei „{field}“ steht „{value}“; erwartet wird eine Uhrzeit.",
        'Schreiben Sie Stunden und Minuten: "09:30".',
    ),
    "slug_invalid": (
        "Der Kurzname „{name}“ enthält nicht erlaubte Zeichen oder ist zu lang.",
        "Erlaubt sind kleine Buchstaben a–z, Ziffern und Bindestriche, höchstens 64 Zeichen: ae statt ä.",
    ),
    "listed_twice": (
        "„{name}“ steht zweimal in der Liste, zuerst in Zeile {first_line}.",
        "Streichen Sie einen Eintrag.",
    ),
    # Modules and pages
    "module_missing": (
        "Das Modul „{name}“ ist aufgezählt, aber es gibt keine Datei {name}/module.yaml.",
        "Legen Sie den Ordner mit dieser Datei an oder streichen Sie das Modul aus der Liste.",
    ),
    "module_unlisted": (
        "Das Modul „{name}“ steht nicht in course.yaml und wird nicht gezeigt.",
        "Ergänzen Sie es dort unter module: oder löschen Sie den Ordner.",
    ),
    "module_without_pages": ("Dieses Modul hat keine Seiten.", "Zählen Sie seine Seiten unter seiten: auf."),
    "module_without_reflection": (
        "Dieses Modul hat keinen Lernstopp.",
        "Legen Sie als letzte Seite eine mit art: lernstopp an.",
    ),
    "module_minutes": (
        "Für das Modul sind {module} Minuten angegeben, seine Seiten ergeben zusammen {pages}.",
        "Ändern Sie die Minuten des Moduls oder die seiner Seiten.",
    ),
    "page_missing": (
        "Die Seite „{name}“ ist aufgezählt, aber die Datei {file} fehlt in diesem Ordner.",
        "Legen Sie die Datei an oder streichen Sie die Seite aus der Liste.",
    ),
    "page_unlisted": (
        "Diese Seite steht nicht in {module}/module.yaml und wird nicht gezeigt.",
        "Ergänzen Sie dort unter seiten: den Eintrag {name} oder löschen Sie die Datei.",
    ),
    "page_without_module": (
        "Diese Seite liegt im Ordner „{folder}“, in dem keine module.yaml liegt; sie wird nicht gezeigt.",
        "Legen Sie {folder}/module.yaml an oder verschieben Sie die Seite.",
    ),
    # Day plans
    "plan_twice": ("Zwei Tagespläne haben die Kennung „{plan}“.", "Geben Sie jedem eine eigene Kennung."),
    "plan_empty": (
        "Der Tagesplan „{plan}“ ist leer.",
        "Ergänzen Sie tage: mit abschnitte: oder löschen Sie den Plan.",
    ),
    "unknown_core": (
        "Der Tagesplan „{name}“ ist für den Kernpfad gemacht, aber keine Seite gehört zum Kern.",
        "Schreiben Sie kern: ja in die Seiten, auf die es ankommt, oder löschen Sie weg: kern.",
    ),
    "slot_inverted": (
        "„{slot}“ endet um {end} Uhr, beginnt aber erst um {start} Uhr.",
        "Prüfen Sie Beginn und Ende.",
    ),
    "slots_out_of_order": (
        "„{second}“ beginnt vor „{first}“ (Zeile {first_line}), steht aber danach.",
        "Ordnen Sie die Abschnitte nach ihrem Beginn.",
    ),
    "slots_overlap": (
        "„{second}“ beginnt um {start} Uhr, aber „{first}“ (Zeile {first_line}) dauert bis {end} Uhr.",
        "Ändern Sie Beginn oder Ende, sodass sich die Abschnitte nicht überschneiden.",
    ),
    "gap_undeclared": (
        "Zwischen „{first}“ und „{second}“ sind {minutes} Minuten nicht verplant ({start}–{end} Uhr).",
        "Ergänzen Sie eine Pause, oder tragen Sie die Zeit mit art: luecke ein, wenn sie offenbleiben soll.",
    ),
    "gap_declared": (
        "{start}–{end} Uhr ist als Lücke eingetragen: {minutes} Minuten, die nicht als Unterricht zählen.",
        "Das ist nur ein Hinweis. Füllen Sie die Lücke, wenn Sie wissen, was dort geschieht.",
    ),
    "plan_too_short": (
        "Der Plan „{plan}“ hat {content} Minuten Inhalt; die Stationen seiner Module brauchen {pages}.",
        "Das ist nur ein Hinweis. Geben Sie dem Plan mehr Zeit, oder sagen Sie in seinem hinweis, was zum Selbstlernen bleibt.",
    ),
    "no_break": (
        "Mit „{slot}“ sind es {minutes} Minuten Unterricht ohne Pause.",
        "Planen Sie nach höchstens 90 Minuten eine Pause ein.",
    ),
    # Bibliography
    "reference_twice": (
        "Die Kennung „{name}“ ist im Literaturverzeichnis doppelt.",
        "Ändern Sie eine der beiden.",
    ),
}
