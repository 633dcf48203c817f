"""One course for each problem of surveys and procedures: code -> (files, path, line)."""

from __future__ import annotations

from tests.course.problems_of_files import Provoked
from tests.course.sample import page, sample

_PAGE = "eins/seite.md"


def on(line: int, body: str) -> tuple[dict[str, bytes], str, int]:
    """A page with this text, which begins in line 5."""
    return sample(page=page(body)), _PAGE, line


def steps(items: str, attributes: str = "") -> str:
    """A procedure whose steps begin in line 6."""
    return f"::: ablauf {{#a1 {attributes}}}\n{items}:::\n"


PROCEDURES: Provoked = {
    "survey_person": on(6, "::: umfrage {#u1}\n- Wer hat gestört? (Person)\n:::\n"),
    "procedure_steps_few": on(5, steps("1. Ankommen\n")),
    "procedure_steps_many": on(5, steps("".join(f"{n}. Schritt {n}\n" for n in range(1, 32)))),
    "procedure_order": on(9, steps("1. Ankommen\n2. Reden\n- Was bleibt?\n3. Gehen\n")),
    "procedure_minutes": on(5, steps("1. Eins (5 Minuten)\n2. Zwei (5 Minuten)\n", "minuten=8")),
    "step_minutes": on(7, steps("1. Eins\n2. **Zwei** (fünf Minuten) Reden.\n")),
}
