"""One course for each problem of sheets, scales and the hints of free texts: code -> (files, path, line)."""

from __future__ import annotations

from tests.course.problems_of_files import Provoked
from tests.course.sample import page, sample

_PAGE = "eins/seite.md"
_TABLE = "| | A | B |\n|---|---|---|\n| eins | | |\n"


def on(line: int, body: str) -> tuple[dict[str, bytes], str, int]:
    """A page with this text, which begins in line 5."""
    return sample(page=page(body)), _PAGE, line


def sheet(attributes: str, rest: str = "- Was?\n- Wer?\n") -> str:
    """A sheet whose fields begin in line 8."""
    return f"::: arbeitsblatt {{#a1 {attributes}}}\nBitte.\n\n{rest}:::\n"


def scales(attributes: str, rest: str = "- Ziel\n- Zeit\n") -> str:
    """Scales that begin in line 8."""
    return f"::: regler {{#r1 {attributes}}}\nBitte.\n\n{rest}:::\n"


def text(attributes: str) -> str:
    return f"::: freitext {{#t1 {attributes}}}\nWas?\n:::\n"


SHEETS: Provoked = {
    "sheet_attribute_idle": on(5, sheet("zeilen=4")),
    "sheet_table_without_grid": on(8, sheet("", _TABLE + "\n- Was?\n")),
    "sheet_columns_twice": on(5, sheet("form=raster spalten=3", _TABLE)),
    "sheet_count": on(5, sheet("form=kreise", "- Kern\n")),
    "sheet_two_pans": on(5, sheet("form=waage", "- dafür\n- dagegen\n- vielleicht\n")),
    "sheet_type_idle": on(8, sheet("form=waage", "- dafür (Datum)\n- dagegen\n")),
    "grid_text_after": on(12, sheet("form=raster", _TABLE + "\nUnd jetzt?\n")),
    "grid_row_too_long": on(11, sheet("form=raster", _TABLE + "| zwei | | | |\n")),
    "scales_missing": on(5, scales("", "- Bis wann? (Datum)\n")),
    "scales_need_two": on(5, scales("rechnen=produkt", "- Ziel\n")),
    "scales_picture_sight": on(5, scales("gruppenbild=ja sicht=trainer")),
    "scales_steps_twice": on(5, scales('von=1 stufen="selten, oft"')),
    "scales_words_reckoned": on(5, scales('rechnen=mittel stufen="selten, oft"')),
    "scales_too_long": on(5, scales("von=0 bis=11")),
    "scales_inverted": on(5, scales("von=4 bis=2")),
    "scales_poles_malformed": on(8, scales("", "- <-> viel Zeit\n- Ziel\n")),
    "field_choice_short": on(8, sheet("", "- Wie? (Auswahl: oft)\n")),
    "field_choice_twice": on(8, sheet("", "- Wie? (Auswahl: oft, nie, oft)\n")),
    "field_scale_invalid": on(8, sheet("", "- Wie sicher? (Skala 10 bis 0)\n")),
    "field_type_unclear": on(8, sheet("", "- Wer? (person)\n")),
    "field_example": on(8, sheet("", "- Beispiel: der Park\n- Was?\n")),
    "fields_missing": on(5, sheet("", "")),
    "fields_too_many": on(5, sheet("", "".join(f"- {number}?\n" for number in range(41)))),
    "words_missing": on(5, scales('stufen="oft"')),
    "words_twice": on(5, scales('stufen="oft, oft"')),
    "hint_incomplete": on(5, text('woerter="motivieren"')),
    "hint_word_short": on(5, text('woerter="man, motivieren" hinweis="Wer genau?"')),
}
