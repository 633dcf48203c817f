"""One course for each problem of cards, nets and two sides: code -> (files, path, line)."""

from __future__ import annotations

from tests.course.problems_of_files import Provoked
from tests.course.sample import page, sample

_PAGE = "eins/seite.md"


def on(line: int, body: str) -> tuple[dict[str, bytes], str, int]:
    """A page with this text, which begins in line 5."""
    return sample(page=page(body)), _PAGE, line


def cards(attributes: str, rest: str = "") -> str:
    """A board whose only field stands in line 6."""
    return f"::: karten {{#k1 {attributes}}}\n- Ort (Zeile)\n{rest}:::\n"


def net(attributes: str, rest: str = "") -> str:
    """A net whose nodes begin in line 8."""
    return f"::: netz {{#n1 {attributes}}}\nWas hängt zusammen?\n\n{rest}:::\n"


def sides(names: str, attributes: str = "") -> str:
    return f'::: gegenueber {{#g1 seiten="{names}" {attributes}}}\n- Wozu?\n:::\n'


BOARDS: Provoked = {
    "cards_title_type": on(6, "::: karten {#k1}\n- Wann? (Datum)\n- Was?\n:::\n"),
    "cards_examples_glued": on(7, cards("", "Beispiele:\n- Kiosk\n")),
    "cards_examples_spelled": on(8, "::: karten {#k1}\n- Ort (Zeile)\n\nBeispiel:\n- Bücherei\n:::\n"),
    "cards_examples_empty": on(5, cards("", "\nBeispiele:\n")),
    "cards_examples_many": on(5, cards("", "\nBeispiele:\n" + "".join(f"- K{n}\n" for n in range(31)))),
    "cards_anonym_alone": on(5, cards("anonym=ja")),
    "net_nodes_many": on(5, net("", "".join(f"- K{n}\n" for n in range(26)))),
    "sides_too_many": on(5, sides("a, b, c")),
    "words_too_many": on(5, cards('spalten="a, b, c, d, e, f, g"')),
    "sentence_missing": on(5, cards("einwilligung=ja")),
    "name_too_long": on(8, net("", f"- {'x' * 81}\n")),
    "name_twice": on(9, net("", "- Kita\n- kita\n")),
    "quote_unused": on(8, cards("", "\n> Nachher.\n")),
    "sight_of_shared": on(5, sides("a, b", "sicht=nur-ich")),
}
