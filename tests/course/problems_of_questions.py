"""One course for each problem of order, matrix, cloze and simulation: code -> (files, path, line)."""

from __future__ import annotations

from tests.course.problems_of_files import Provoked
from tests.course.sample import page, sample

_PAGE = "eins/seite.md"
_WHY = "\n> Weil.\n"


def on(line: int, body: str) -> tuple[dict[str, bytes], str, int]:
    """A page with this text, which begins in line 5."""
    return sample(page=page(body)), _PAGE, line


def order(steps: str) -> str:
    """An order whose steps begin in line 7."""
    return f"::: reihenfolge {{#r1}}\nWas zuerst?\n{steps}{_WHY}:::\n"


HEAD = "| | A | B |\n|---|---|---|\n"
CARDS = "- x -> m / A\n- y -> m / B\n"


def matrix(table: str = HEAD + "| m | | |\n", cards: str = CARDS) -> str:
    """A matrix whose table begins in line 8 and whose cards, with the usual table, in line 12."""
    return f"::: matrix {{#m1}}\nWohin?\n\n{table}\n{cards}{_WHY}:::\n"


def cloze(text: str, attributes: str = "") -> str:
    """A cloze whose text begins in line 8."""
    return f"::: lueckentext {{#c1{attributes}}}\nWas fehlt?\n\n{text}\n{_WHY}:::\n"


def game(scenes: str) -> str:
    """A simulation whose scenes begin in line 6."""
    return f"::: planspiel {{#p1}}\n{scenes}:::\n"


START = "## Anfang\nEs beginnt.\n\n- gehen -> Ende\n"
END = "\n## Ende\nAus.\n"

QUESTIONS: Provoked = {
    "step_empty": on(8, order("1. a\n2.\n3. c\n")),
    "step_twice": on(8, order("1. a\n2. a\n")),
    "steps_too_few": on(5, order("1. a\n")),
    "steps_too_many": on(5, order("".join(f"{n}. Schritt {n}\n" for n in range(1, 17)))),
    "steps_misnumbered": on(9, order("1. a\n3. c\n2. b\n")),
    "matrix_table_missing": on(5, matrix("")),
    "matrix_ruler_missing": on(8, matrix("| | A | B |\n| m | | |\n")),
    "matrix_text_after_table": on(12, matrix(HEAD + "| m | | |\n\nNoch etwas.\n")),
    "matrix_row_uneven": on(10, matrix(HEAD + "| m | |\n")),
    "matrix_cell_filled": on(10, matrix(HEAD + "| m | x | |\n")),
    "matrix_too_small": on(8, matrix("| | A |\n|---|---|\n| m | |\n")),
    "matrix_too_large": on(
        8, matrix(f"| |{'|'.join('ABCDEFG')}|\n|{'---|' * 8}\n| m |{' |' * 7}\n")
    ),
    "matrix_name_missing": on(8, matrix("| | A | |\n|---|---|---|\n| m | | |\n", "- x -> m / A\n- y -> m / A\n")),
    "matrix_name_twice": on(8, matrix("| | A | A |\n|---|---|---|\n| m | | |\n", "- x -> m / A\n- y -> m / A\n")),
    "matrix_cards_few": on(5, matrix(cards="- x -> m / A\n")),
    "matrix_cards_many": on(5, matrix(cards=CARDS + "".join(f"- z{n} -> m / A\n" for n in range(30)))),
    "matrix_all_alike": on(5, matrix(cards="- x -> m / A\n- y -> m / A\n")),
    "card_malformed": on(13, matrix(cards="- x -> m / A\n- y\n- z -> m / B\n")),
    "card_twice": on(13, matrix(cards="- x -> m / A\n- x -> m / B\n")),
    "cell_unknown": on(13, matrix(cards="- x -> m / A\n- y -> B / m\n")),
    "gaps_missing": on(5, cloze("Nichts fehlt.")),
    "gaps_too_many": on(5, cloze(" ".join(f"[[w{n}]]" for n in range(31)))),
    "gaps_alike": on(5, cloze("Ein [[Wort]] ist ein [[Wort]].", " auswahl=ja")),
    "gap_open": on(8, cloze("Ein [[Wort] und [[noch]] eins.")),
    "gap_empty": on(8, cloze("Ein [[ > Hinweis]] fehlt.")),
    "gap_too_long": on(8, cloze(f"Ein [[{'lang ' * 20}]].")),
    "gap_misplaced": on(8, cloze("Ein [Verweis](https://example.org/[[weg]]).")),
    "cloze_after_explanation": on(12, cloze("Ein [[Wort]].\n\n> Weil.\n\nUnd weiter.")),
    "scenes_missing": on(5, game("Nur Text.\n")),
    "scenes_too_many": on(5, game(START + END + "".join(f"\n## S{n}\nx\n" for n in range(60)))),
    "scenes_without_ending": on(5, game(START + "\n## Ende\nx\n\n- zurück -> Anfang\n")),
    "scene_untitled": on(11, game(START + "\n##\nText\n" + END)),
    "scene_twice": on(14, game(START + END + "\n## Ende\nAus.\n")),
    "scene_empty": on(11, game(START + "\n## Ende\n")),
    "scene_first_without_choice": on(6, game("## Anfang\nEs beginnt.\n" + END)),
    "scene_unknown": on(9, game(START.replace("Ende", "Ede") + END)),
    "scene_unreachable": on(14, game(START + END + "\n## Mond\nDunkel.\n")),
    "scene_without_way_out": on(
        12, game(START + "- kreisen -> Kreis\n\n## Kreis\nRund.\n\n- weiter -> Kreis\n" + END)
    ),
    "choice_malformed": on(10, game(START + "- bleiben\n" + END)),
    "choice_twice": on(10, game(START + "- gehen -> Anfang\n" + END)),
    "choices_too_many": on(9, game(START + "".join(f"- {n} -> Ende\n" for n in range(8)) + END)),
    "consequence_not_indented": on(10, game(START + "> Folge\n" + END)),
}  # fmt: skip
