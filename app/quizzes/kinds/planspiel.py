"""`planspiel`: a way through scenes, one choice at a time, each choice one form.

Fields: `weg` the way so far and `frueher` the ways before it (both hidden, as JSON); the buttons `wahl` (a choice's
key) and `neu` (begin again). A step is {"q": scene, "a": choice, "to": the scene it led to}, in words, so that the way
can be told even when its author has changed the scenes since.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from app.course.blocks.planspiel import Scene, Simulation
from app.quizzes.entries import Note
from app.quizzes.forms import Form, Read, tidy_line
from app.quizzes.kind import FormField, Kind, shown_body
from app.quizzes.learner import Learner
from app.quizzes.values import Body, Saved

MOST_STEPS = 40
MOST_WAYS = 3
WORDS_LENGTH = 2000

Step = dict[str, str]
_GONE = "Diese Wahl gibt es in der neuen Fassung nicht mehr. Bitte wählen Sie noch einmal."
_TOO_FAR = f"Sie sind schon {MOST_STEPS} Schritte gegangen. Lesen Sie Ihren Weg noch einmal nach und fangen Sie dann neu an."


def read(form: Form, block: Simulation) -> Read:
    path, ways = _path(_decoded(form.get("weg", ""))), _ways(_decoded(form.get("frueher", "")))
    anchor = f"{block.id}-szene"
    if "neu" in form:
        ways = [*ways, path][-MOST_WAYS:] if path else ways
        return Read({"entries": [], "ways": ways}, anchor=anchor)
    errors: dict[str, str] = {}
    key = form.get("wahl", "")
    if key and len(path) >= MOST_STEPS:
        errors["wahl"] = _TOO_FAR
    elif key:
        scene = _here(block, path)
        choice = next((one for one in scene.choices if one.key == key), None) if scene else None
        if scene and choice:
            path = [*path, {"q": scene.title, "a": choice.text, "to": choice.target}]
        else:
            errors["wahl"] = _GONE
    ended = _here(block, path)
    done = bool(path) and ended is not None and ended.is_ending
    return Read({"entries": path, "ways": ways}, errors, done and not errors, anchor)


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return []


def _path(sent: Any) -> list[Step]:
    """The steps in what a form sent, whatever it is."""
    steps = sent if isinstance(sent, list) else []
    found = [
        {name: tidy_line(str(step.get(name, "")))[:WORDS_LENGTH] for name in ("q", "a", "to")}
        for step in steps[:MOST_STEPS]
        if isinstance(step, dict)
    ]
    return [step for step in found if all(step.values())]


def _ways(sent: Any) -> list[list[Step]]:
    ways = [_path(way) for way in (sent if isinstance(sent, list) else [])[-MOST_WAYS:]]
    return [way for way in ways if way]


def _here(block: Simulation, path: list[Step]) -> Scene | None:
    """The scene at the end of a way; None if there is no such scene any more."""
    return block.scene(path[-1]["to"]) if path else next(iter(block.scenes), None)


def context(block: Simulation, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    path: list[Step] = body.get("entries", [])
    ways: list[list[Step]] = body.get("ways", [])
    scene = _here(block, path)
    numbers = {each.title: number for number, each in enumerate(block.scenes, 1)}
    return {
        "scene": scene,
        "path": [_told(block, step) for step in path],
        "ways": [[_told(block, step) for step in way] for way in ways],
        "may_go_on": scene is not None and not scene.is_ending and len(path) < MOST_STEPS,
        "too_far": _TOO_FAR,
        "encoded": {"weg": _encoded(path), "frueher": _encoded(ways)},
        "numbers": numbers,
        "preview": learner.enrolment_id == 0,
    }


def _told(block: Simulation, step: Step) -> dict[str, str]:
    """A step with the consequence it had."""
    scene = block.scene(step["q"])
    found = next((one for one in scene.choices if one.text == step["a"]), None) if scene else None
    return step | {"consequence_html": found.consequence_html if found else ""}


def _encoded(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""


def notes(block: Simulation, body: Body, learner: Learner) -> list[Note]:
    path: list[Step] = body.get("entries", [])
    ways: list[list[Step]] = body.get("ways", [])
    title = block.scenes[0].title if block.scenes else ""
    now = [Note(f"Ihr Weg im Planspiel „{escape(title)}“", _in_words(path))] if path else []
    return now + [Note("Ein früherer Weg im Planspiel", _in_words(way)) for way in ways]


def _in_words(path: list[Step]) -> str:
    lines = [f"{number}. {step['q']}: {step['a']}" for number, step in enumerate(path, 1)]
    return "\n".join([*lines, f"→ {path[-1]['to']}"]) if path else ""


def fields(block: Simulation, body: Body, learner: Learner) -> list[FormField]:
    path: list[Step] = body.get("entries", [])
    ways = _encoded(body.get("ways", []))
    way = _encoded(path)
    return [
        FormField("weg", "Ihr Weg", way, options=((way, _in_words(path)), ("", "am Anfang"))),
        FormField("frueher", "", ways, hidden=True),
    ]


KIND = Kind(
    Simulation,
    "quizzes/blocks/planspiel.html",
    read,
    context,
    notes,
    fields,
    assets=("css/questions.css",),
)
