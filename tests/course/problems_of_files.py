"""One course for each problem of files, YAML, fields and plans: code -> (files, path, line)."""

from __future__ import annotations

from tests.course.sample import COURSE, MODULE, PAGE, STOP, page, sample

Provoked = dict[str, tuple[dict[str, bytes], str, int]]

_SLOT = '          - {{beginn: "{}", ende: "{}", art: {}, titel: "{}"}}\n'
_DAY = 'kennung: p\ntitel: "P"\nmodule: [eins]\ntagesplaene:\n  - kennung: t\n    titel: "T"\n    tage:\n'


def plan(*slots: tuple[str, str, str, str]) -> dict[str, bytes]:
    """A course with one day whose slots begin in line 10."""
    rows = "".join(_SLOT.format(*slot) for slot in slots)
    return sample(course=_DAY + '      - name: "Tag"\n        abschnitte:\n' + rows)


def course(line: str) -> dict[str, bytes]:
    """The sample with one more line 4 in course.yaml."""
    lines = COURSE.splitlines()
    return sample(course="\n".join([*lines[:3], line, *lines[3:]]) + "\n")


FILES: Provoked = {
    "file_missing": (sample(course=None), "course.yaml", 1),
    "file_hidden": (sample(**{"eins/.notiz.md": "x"}), "eins/.notiz.md", 1),
    "file_unknown": (sample(**{"eins/plan.docx": "x"}), "eins/plan.docx", 1),
    "file_unexpected": (sample(**{"course.yml": "x"}), "course.yml", 1),
    "path_outside": (sample(**{"eins/../../x.md": "x"}), "eins/../../x.md", 1),
    "path_twice": (
        sample(**{"media/für.png": b"\x89PNG\r\n\x1a\n", "media/fu\u0308r.png": b"\x89PNG\r\n\x1a\n"}),
        "media/für.png",
        1,
    ),
    "encoding": (sample(page=PAGE.encode() + "für".encode("latin-1")), "eins/seite.md", 9),
    "text_too_large": (sample(page=b"a" * (64 * 1024 + 1)), "eins/seite.md", 1),
    "media_too_large": (sample(picture=b"a" * (5 * 1024 * 1024 + 1)), "media/platz.svg", 1),
    "media_wrong_kind": (sample(**{"media/x.png": b"GIF89a"}), "media/x.png", 1),
    "media_name": (sample(**{"media/Mein Bild.png": b"\x89PNG\r\n\x1a\n"}), "media/Mein Bild.png", 1),
    "svg_active": (sample(picture="<svg><script>x</script></svg>"), "media/platz.svg", 1),
    "svg_remote": (sample(picture='<svg><image href="https://x.de/a.png"/></svg>'), "media/platz.svg", 1),
    "yaml_colon": (course("untertitel: Tag 1: Ankommen"), "course.yaml", 4),
    "yaml_tab": (course("untertitel:\n\t- x"), "course.yaml", 5),
    "yaml_indent": (course("ziele:\n  - a\n - b"), "course.yaml", 6),
    "yaml_quote": (sample(module='titel: "offen\nminuten: 3\n'), "eins/module.yaml", 1),
    "yaml_quote_inside": (course('untertitel: "Vom "Fall" zum Feld"'), "course.yaml", 4),
    "yaml_no_colon": (course("untertitel"), "course.yaml", 4),
    "yaml_bracket": (sample(module="titel: x\nseiten: [a, b\nminuten: 3\n"), "eins/module.yaml", 2),
    "yaml_start_character": (course("untertitel: @alle"), "course.yaml", 4),
    "yaml_escape": (course('untertitel: "C:\\Kurs"'), "course.yaml", 4),
    "yaml_alias": (course("untertitel: *wichtig*"), "course.yaml", 4),
    "yaml_documents": (course("---"), "course.yaml", 4),
    "yaml_character": (course("untertitel: a\x08b"), "course.yaml", 4),
    "yaml_syntax": (course("? [a, b]\n: c"), "course.yaml", 4),
    "yaml_duplicate_key": (course("titel: Zwei"), "course.yaml", 4),
    "yaml_no_fields": (sample(module="nur Text\n"), "eins/module.yaml", 1),
    "field_missing": (sample(course=COURSE.replace("titel:", "untertitel:", 1)), "course.yaml", 1),
    "unknown_field": (course("untertitle: x"), "course.yaml", 4),
    "text_expected": (course("untertitel: [a, b]"), "course.yaml", 4),
    "list_expected": (course("ziele: {a: b}"), "course.yaml", 4),
    "fields_expected": (course("abschluss: ja"), "course.yaml", 4),
    "number_invalid": (course("ue_minuten: viele"), "course.yaml", 4),
    "yes_no_invalid": (sample(page=PAGE.replace("12\n", "12\nkern: yes\n")), "eins/seite.md", 4),
    "choice_invalid": (sample(page=PAGE.replace("12\n", "12\nart: übung\n")), "eins/seite.md", 4),
    "time_invalid": (plan(("9 Uhr", "10:00", "inhalt", "A")), "course.yaml", 10),
    "slug_invalid": (sample(course=COURSE.replace("probe", "Probe Kurs")), "course.yaml", 1),
    "listed_twice": (sample(module=MODULE.replace("halt]", "halt,\n  halt]")), "eins/module.yaml", 4),
    "module_missing": (sample(course=COURSE.replace("[eins]\nt", "[eins, ein]\nt")), "course.yaml", 3),
    "module_unlisted": (sample(**{"zwei/module.yaml": MODULE}), "zwei/module.yaml", 1),
    "module_without_pages": (sample(module="titel: x\nminuten: 3\nseiten: []\n"), "eins/module.yaml", 3),
    "module_without_reflection": (sample(stop=page("Text")), "eins/module.yaml", 1),
    "module_minutes": (sample(module=MODULE.replace("20", "25")), "eins/module.yaml", 2),
    "page_missing": (sample(stop=None), "eins/module.yaml", 3),
    "page_unlisted": (sample(**{"eins/neu.md": page("Text")}), "eins/neu.md", 1),
    "page_without_module": (sample(**{"zwei/neu.md": page("Text")}), "zwei/neu.md", 1),
    "plan_twice": (
        sample(course=COURSE + COURSE[COURSE.index("  - kennung") :]),
        "course.yaml",
        13,
    ),
    "unknown_core": (
        sample(course=COURSE.replace("    tage:\n", "    weg: kern\n    tage:\n")),
        "course.yaml",
        7,
    ),
    "plan_empty": (sample(course=_DAY.replace("    tage:\n", "")), "course.yaml", 5),
    "slot_inverted": (plan(("10:00", "09:00", "inhalt", "A")), "course.yaml", 10),
    "slots_out_of_order": (
        plan(("10:00", "11:00", "inhalt", "A"), ("09:00", "10:00", "inhalt", "B")),
        "course.yaml",
        11,
    ),
    "slots_overlap": (
        plan(("09:00", "10:00", "inhalt", "A"), ("09:59", "11:00", "inhalt", "B")),
        "course.yaml",
        11,
    ),
    "gap_undeclared": (
        plan(("09:00", "10:00", "inhalt", "A"), ("10:05", "11:00", "inhalt", "B")),
        "course.yaml",
        11,
    ),
    "gap_declared": (plan(("09:00", "10:00", "luecke", "A")), "course.yaml", 10),
    "plan_too_short": (
        sample(
            course=_DAY
            + '      - name: "Tag"\n        abschnitte:\n'
            + _SLOT.format("09:00", "09:05", "inhalt", "A").replace("}\n", ", module: [eins]}\n")
        ),
        "course.yaml",
        5,
    ),
    "no_break": (
        plan(("09:00", "10:00", "inhalt", "A"), ("10:00", "10:31", "inhalt", "B")),
        "course.yaml",
        11,
    ),
    "reference_twice": (
        sample(bibliography="- {kennung: buch-2010, kurz: a}\n- {kennung: buch-2010, kurz: b}\n"),
        "bibliography.yaml",
        2,
    ),
    "reflection_without_block": (sample(stop=STOP[: STOP.index(":::")] + "Text"), "eins/halt.md", 4),
}
