"""A little server of its own that speaks the contract of answers.js and can misbehave on demand.

The product's server is tested elsewhere; here it must be possible to lose an answer on the way, to be slow, to be
signed out or full, at a chosen moment.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, redirect, render_template_string, request
from flask.typing import ResponseReturnValue
from jinja2 import StrictUndefined
from werkzeug.serving import make_server

from app.web.assets import bp as assets
from app.web.headers import CSP

WEB = Path(__file__).parents[2] / "app" / "web"
_MACHINERY = {"csrf_token", "version", "client_id", "autosave", "wer"}
_PAGE = """
{% extends "layout/plain.html" %}
{% from "web/macros.html" import answer_form, textarea, segment, saved_state, button %}
{% block title %}Probe{% endblock %}
{% block content %}
<h1>Probe</h1>
{% call answer_form("/save", "l1-1", 17, answer.version, fresh, autosave=autosave) %}
{{ textarea("text", "Text", answer.fields.get("text", "")) }}
{{ segment("stand", "Stand", [("offen", "offen"), ("teilweise", "teilweise")], answer.fields.get("stand")) }}
{{ saved_state("10:42" if answer.version else None) }}
{{ button("Speichern") }}
<span class="saved" data-saved-again></span>
<p data-saved-unless="stand=teilweise">noch offen</p>
<p data-saved-if="stand=teilweise" hidden>teilweise gespeichert</p>
{% endcall %}
<form method="post" action="/weiter">{{ button("Weiter") }}</form>
<button type="button" data-print hidden>Drucken</button>
{% endblock %}
"""
# What participants see beside it: a long page without the form, with the places at its lower edge on a phone.
_OTHER = """
{% extends "layout/reader.html" %}
{% from "web/macros.html" import button %}
{% block title %}Woanders{% endblock %}
{% block text %}
<h1>Woanders</h1>
{% for line in range(40) %}<p>Ein Satz, der Platz braucht.</p>{% endfor %}
<form method="post" action="/weiter">{{ button("Weiter") }}</form>
{% endblock %}
"""


@dataclass
class Answer:
    """What is saved, everything that was sent, and how the next saves shall go."""

    version: int = 0
    fields: dict[str, str] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    sent: list[dict[str, Any]] = field(default_factory=list)
    mood: str = "well"
    gate: threading.Event = field(default_factory=threading.Event)

    def save(self, version: int, client_id: str, fields: dict[str, str]) -> bool:
        if client_id in self.ids:
            return True
        if version != self.version:
            return False
        self.version, self.fields = self.version + 1, fields
        self.ids.add(client_id)
        return True


def make_app(answer: Answer) -> Flask:
    app = Flask("standin", template_folder=str(WEB / "templates"), static_folder=None)
    app.register_blueprint(assets)  # the product's own: it also puts several scripts together
    app.config["SECRET_KEY"] = "only for this test"
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.globals.update(
        static_url=lambda path: f"/static/{path}",
        csrf_token=lambda: "token",
        site={"name": "Feldweg"},
        account=ACCOUNT,
        who_token=lambda: request.cookies.get("wer", "mara"),
    )

    app.add_url_rule(
        "/woanders", view_func=lambda: render_template_string(_OTHER, course_nav=_NAV), endpoint="other"
    )

    @app.after_request
    def _csp(response: Any) -> Any:
        response.headers["Content-Security-Policy"] = CSP
        response.headers["Cache-Control"] = "no-store"
        return response

    @app.get("/")
    def page() -> str:
        autosave = "quiz" not in request.args
        return render_template_string(_PAGE, answer=answer, fresh=str(uuid.uuid4()), autosave=autosave)

    @app.post("/save")
    def save() -> ResponseReturnValue:
        form = request.form
        fields = {name: value for name, value in form.items() if name not in _MACHINERY}
        background, version = "autosave" in form, int(form["version"])
        answer.sent.append(
            {
                "id": form["client_id"],
                "version": version,
                "background": background,
                "mood": answer.mood,
                **fields,
            }
        )
        mood = answer.mood
        if mood == "slow":
            answer.gate.wait(5)
        if mood in ("401", "500", "422", "403") and background:
            return {"error": mood}, int(mood)
        won = answer.save(version, form["client_id"], fields)
        if mood == "lost":  # saved, but the answer never arrives
            answer.mood = "well"
            return {"error": "bad gateway"}, 502
        if not background:
            return redirect("/", 303) if won else (f"Beide Texte: {answer.fields} {fields}", 409)
        if not won:
            return {"version": answer.version, "fields": answer.fields}, 409
        return {"version": answer.version, "saved_at": "10:43"}

    @app.post("/weiter", defaults={"said": "Weitergegangen"})
    @app.post("/abmelden", defaults={"said": "Abgemeldet"})
    def leave(said: str) -> ResponseReturnValue:
        return said

    return app


_NAV = [
    {"label": label, "href": "/", "current": False} for label in ("Heute", "Weg", "Lernheft", "Nachweise")
]
ACCOUNT = {"name": "Mara K.", "href": "", "signout": "/abmelden"}


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, make_app(answer), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
