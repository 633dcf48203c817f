"""`regler`: one step on each scale, or none. Fields: `r-<key>`, `t-<key>`, `schwaechster`, `bild`, leftovers.

Body: {"entries": [{"q", "a"}], "weakest": text, "in_picture": bool}; the step is kept by its word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from app.course.blocks.regler import Reckoning, Scale, Scales
from app.quizzes import leftover
from app.quizzes.entries import Note
from app.quizzes.forms import TEXT_LENGTH, Form, Read, is_explicit, is_first, only_real, tidy_text, too_long
from app.quizzes.kind import FormField, Kind, Together, shown_body
from app.quizzes.learner import Learner
from app.quizzes.reckoning import Result, listed, reckoned
from app.quizzes.sharing import ENOUGH_PEOPLE
from app.quizzes.typed import as_entries, filled, form_fields, read_typed, values_of
from app.quizzes.values import Body, Contribution, Saved, Viewer

JOIN = (("", "nein"), ("ja", "ja"))
_EMPTY = "Hier ist noch nichts eingeschätzt. Eine einzige Skala genügt."


def read(form: Form, block: Scales) -> Read:
    sent = {scale.prompt.text: form.get(f"r-{scale.key}", "") for scale in block.scales}
    steps = {name: step for name, step in sent.items() if step in block.steps}
    values, errors = read_typed(form, block.fields)
    left, wrong = leftover.read(form)
    weakest = tidy_text(form.get("schwaechster", ""))
    errors |= wrong | only_real({"schwaechster": too_long(weakest, TEXT_LENGTH)})
    written = {question: answer for question, answer in (steps | values).items() if answer}
    entries = as_entries(written) + [{"q": each.question, "a": each.text} for each in left]
    joins = block.group_picture and form.get("bild") == "ja"
    body = {"entries": entries, "weakest": weakest, "in_picture": joins}
    done = bool(entries or weakest)
    if not done and is_explicit(form) and is_first(form) and block.scales:
        errors[f"r-{block.scales[0].key}"] = _EMPTY
    return Read(body, errors, done, shared=joins and bool(steps))


def context(block: Scales, saved: Saved | None, learner: Learner, typed: Body | None) -> dict[str, Any]:
    body = shown_body(saved, typed)
    values, left = _values(block, body, as_typed=typed is not None)
    result = _result(block, values)
    return {
        "scales": [{"scale": scale, "value": values.get(scale.prompt.text, "")} for scale in block.scales],
        "fields": filled(block.fields, values),
        "leftovers": left,
        "weakest": body.get("weakest", ""),
        "in_picture": bool(body.get("in_picture")),
        "result": result,
        "zeros": listed(result.zeros),
        "lowest": listed(result.lowest),
        "enough": ENOUGH_PEOPLE,
        "closing_html": block.closing_html if saved and saved.body.get("entries") else "",
    }


def _values(
    block: Scales, body: Body, *, as_typed: bool = False
) -> tuple[dict[str, str], list[leftover.Leftover]]:
    scales = {scale.prompt.text for scale in block.scales}
    fields = {field.prompt.text: field for field in block.fields}

    def fits(question: str, answer: str) -> bool:
        if question in scales:
            return answer in block.steps
        return (as_typed and question in fields) or leftover.fits_field(fields.get(question), answer)

    return leftover.sorted_out(body.get("entries", ()), fits)


def _result(block: Scales, values: dict[str, str]) -> Result:
    return reckoned([scale.prompt.text for scale in block.scales], values, block.steps, block.reckoning)


def step_in_words(block: Scales, scale: Scale, step: str) -> str:
    """The step as one reads it in the Lernheft: "3 von 5", "mitmachen", "2 (zwischen a und b, 0 bis 5)"."""
    if scale.low and scale.high:
        return f"{step} (von {block.steps[0]} „{scale.low}“ bis {block.steps[-1]} „{scale.high}“)"
    if step.isdigit():
        return f"{step} (von {block.steps[0]} bis {block.steps[-1]})"
    return step


def notes(block: Scales, body: Body, learner: Learner) -> list[Note]:
    values, left = _values(block, body)
    found = [
        Note(scale.prompt.html, step_in_words(block, scale, values[scale.prompt.text]))
        for scale in block.scales
        if scale.prompt.text in values
    ]
    found += [Note(each.field.prompt.html, each.shown) for each in filled(block.fields, values) if each.value]
    result = _result(block, values)
    if block.reckoning is not Reckoning.NONE and result.text:
        found.append(Note("Produkt" if block.reckoning is Reckoning.PRODUCT else "Mittel", result.text))
    if body.get("weakest"):
        found.append(Note(escape(block.weakest) or "Zum niedrigsten Wert", body["weakest"]))
    return found + [Note(escape(each.question), each.text, "frühere Frage") for each in left]


def fields(block: Scales, body: Body, learner: Learner) -> list[FormField]:
    values, left = _values(block, body)
    steps = (("", "offen"), *((step, step) for step in block.steps))
    found = [
        FormField(f"r-{scale.key}", scale.prompt.text, values.get(scale.prompt.text, ""), options=steps)
        for scale in block.scales
    ]
    found += form_fields(block.fields, values)
    if block.weakest or body.get("weakest"):
        question = block.weakest or "Zum niedrigsten Wert"
        found.append(FormField("schwaechster", question, body.get("weakest", ""), long=True))
    if block.group_picture:
        joins = "ja" if body.get("in_picture") else ""
        found.append(FormField("bild", "Meine Werte kommen ins gemeinsame Bild.", joins, options=JOIN))
    return found + leftover.form_fields(left)


def together(block: Scales, contributions: Sequence[Contribution], viewer: Viewer) -> dict[str, Any]:
    """How the values of all lie on each scale, without names, from ENOUGH_PEOPLE on for each scale."""
    people = [values_of(each.body) for each in contributions]
    enough = len(people) >= ENOUGH_PEOPLE
    pictures = [_spread(block, scale, people) for scale in block.scales] if enough else []
    return {"people": len(people), "enough": ENOUGH_PEOPLE, "pictures": pictures}


def _spread(block: Scales, scale: Scale, people: Sequence[dict[str, str]]) -> dict[str, Any]:
    given = Counter(
        values[scale.prompt.text] for values in people if values.get(scale.prompt.text) in block.steps
    )
    bars = [
        {
            "step": step,
            "count": given[step],
            "height": round(70 * given[step] / max(given.values(), default=1)),
        }
        for step in block.steps
    ]
    return {"scale": scale, "bars": bars if given.total() >= ENOUGH_PEOPLE else [], "people": given.total()}


KIND = Kind(
    Scales,
    "quizzes/blocks/regler.html",
    read,
    context,
    notes,
    fields,
    assets=("css/sheets.css", "js/sheets.js", "js/scales.js"),
    together=Together("quizzes/together/regler.html", together),
)
