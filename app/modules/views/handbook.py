"""The German guides of docs/, readable inside Feldweg."""

from __future__ import annotations

from functools import lru_cache

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from app.course.render import render
from app.modules.blueprint import bp
from app.settings import ROOT
from app.web.gate import public

_FOLDER = ROOT / "docs"

# address -> (title, file): the only files this view ever reads
GUIDES = {
    "teilnehmende": ("Für Teilnehmende", "teilnehmende.md"),
    "trainer": ("Für Trainer:innen", "trainer.md"),
    "organisation": ("Für Organisationen", "organisation.md"),
    "kurse-schreiben": ("Kurse schreiben", "authoring.md"),
    "betrieb": ("Feldweg betreiben", "operating.md"),
}


@bp.get("/handbuch", strict_slashes=False)
@public
def handbook() -> ResponseReturnValue:
    there = {name: title for name, (title, file) in GUIDES.items() if (_FOLDER / file).is_file()}
    return render_template("modules/handbook.html", guides=there)


@bp.get("/handbuch/<name>")
@public
def guide(name: str) -> ResponseReturnValue:
    title, file = GUIDES.get(name, ("", ""))
    if not (_FOLDER / file).is_file():
        abort(404)
    return render_template("modules/guide.html", title=title, html=_html(file))


@lru_cache(maxsize=len(GUIDES))
def _html(file: str) -> str:
    """The guide as HTML, without its first heading: the page has its own."""
    text = (_FOLDER / file).read_text(encoding="utf-8")
    body = text.split("\n", 1)[1] if text.startswith("# ") else text
    return render(body, links="")
