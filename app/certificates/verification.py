"""Anyone can verify a certificate by its code. Nothing can be listed, and guessing is limited."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts import limits
from app.certificates import records
from app.certificates.composing import lines
from app.certificates.forms import visible
from app.certificates.rules import CODE_LENGTH, CodeProblem, code_problem
from app.cohorts import codes
from app.extensions import transaction
from app.web.gate import public

bp = Blueprint("verification", __name__, template_folder="templates")

_MOST_FAILURES, _MINUTES = 20, 10
_NONE = "Zu diesem Code gibt es hier keine Bescheinigung."
_PROBLEMS = {
    CodeProblem.EMPTY: "Bitte geben Sie den Code ein. Er steht unten auf der Bescheinigung.",
    CodeProblem.CHARACTERS: f"{_NONE} In unseren Codes kommen nur Ziffern von 2 bis 9 und Buchstaben ohne I, L, O und U "
    "vor. Bitte vergleichen Sie Zeichen für Zeichen.",
    CodeProblem.LENGTH: f"{_NONE} Ein Code hat {CODE_LENGTH} Zeichen in fünf Vierergruppen. Hier fehlen welche, "
    "oder es sind zu viele.",
    CodeProblem.CHECK_DIGIT: _NONE,
}


@bp.get("/pruefen/")
@public
def ask() -> ResponseReturnValue:
    """A form for the code; with one in the query it leads to its page."""
    typed = request.args.get("code")
    if typed is None:
        return _hidden(render_template("verification/ask.html", typed="", problem=""))
    code = codes.normalise(typed[:200])
    problem = code_problem(code)
    if problem:
        return _mistyped(typed, problem)
    return redirect(url_for("verification.show", code=codes.grouped(code)), 303)


@bp.get("/pruefen/<code>", strict_slashes=False)
@public
def show(code: str) -> ResponseReturnValue:
    """What the register says about this code. All codes that do not exist get the same answer."""
    wanted = codes.normalise(code[:200])
    problem = code_problem(wanted)
    if problem:
        return _mistyped(code, problem)
    bucket = f"pruefen:{request.remote_addr}"
    limits.check(bucket, most=_MOST_FAILURES, minutes=_MINUTES)
    record = records.find_by_code(wanted)
    if record is None:
        with transaction():
            limits.count(bucket)
        return _hidden(render_template("verification/unknown.html", typed=codes.grouped(wanted)), 404)
    facts, contents = lines(record.facts), record.facts.contents
    return _hidden(render_template("verification/found.html", record=record, facts=facts, contents=contents))


def _mistyped(typed: str, problem: CodeProblem) -> Response:
    page = render_template("verification/ask.html", typed=visible(typed[:200]), problem=_PROBLEMS[problem])
    return _hidden(page, 422)


def _hidden(page: str, status: int = 200) -> Response:
    """Search engines keep out of here."""
    answer = make_response(page, status)
    answer.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return answer
