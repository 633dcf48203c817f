"""Problems in German sentences for trainers who are no programmers.

The words stand in the files of `wording`; here they meet a problem's parameters.
"""

from __future__ import annotations

from app.course.model import Problem
from app.course.wording import WORDING

_UNKNOWN = ("Hier stimmt etwas nicht ({code}).", "Bitte sehen Sie in der Anleitung für Kurse nach.")


_INNER_QUOTES = str.maketrans("„“”", "‚‘’")


def sentence(problem: Problem) -> str:
    """What is wrong, as one German sentence."""
    return _filled(WORDING.get(problem.code, _UNKNOWN)[0], problem)


def suggestion(problem: Problem) -> str:
    """What the author can do about it; begins with the name probably meant, if there is one."""
    advice = _filled(WORDING.get(problem.code, _UNKNOWN)[1], problem)
    guess = dict(problem.parameters).get("nearest")
    return f"Meinten Sie „{guess}“? {advice}" if guess else advice


class _Parameters(dict[str, str]):
    """Parameters in which a missing one is shown by its name instead of raising."""

    def __missing__(self, name: str) -> str:
        return f"‹{name}›"


def _filled(template: str, problem: Problem) -> str:
    # The templates put „…“ around what an author wrote, so quotation marks in it become the inner ones.
    values = {name: value.translate(_INNER_QUOTES) for name, value in problem.parameters}
    return template.format_map(_Parameters({**values, "code": problem.code}))
