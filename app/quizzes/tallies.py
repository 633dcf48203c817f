"""Anonymous answers added up, and what is shown of them. Pure.

A tally is {"people": n, "choices": {question: {option: count}}, "texts": {question: [in alphabetical order]}}: no order
of arrival, and nothing that says which answers came from the same person. What is shown of it moves in steps (its
"published", a tally of an earlier moment): else one person's answers could be read off from what they changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from app.course.typed_fields import FieldType, TypedField
from app.quizzes.sharing import ENOUGH_PEOPLE
from app.quizzes.typed import shown
from app.quizzes.values import Body

STEP = 3
NOTHING: Body = {"people": 0, "choices": {}, "texts": {}}


@dataclass(frozen=True, slots=True)
class Bar:
    """An option with how many chose it; `percent` of those who answered the question."""

    option: str
    count: int
    percent: int


@dataclass(frozen=True, slots=True)
class Result:
    """What was answered to one question: `bars` for a choice, `texts` for what was written. `mean` is German, "" for
    everything but scales."""

    question_html: str
    people: int
    bars: tuple[Bar, ...] = ()
    mean: str = ""
    texts: tuple[str, ...] = ()


def given(questions: Iterable[TypedField], values: Mapping[str, str]) -> Body:
    """One person's answers as they are handed over: only what was answered."""
    found: Body = {"choices": {}, "texts": {}}
    for question in questions:
        value = values.get(question.prompt.text, "")
        if value:
            found["choices" if question.options else "texts"][question.prompt.text] = value
    return found


def added(tally: Body, one: Body) -> Body:
    """The tally with one more person's answers."""
    choices = {question: dict(counts) for question, counts in tally["choices"].items()}
    texts = {question: list(found) for question, found in tally["texts"].items()}
    for question, option in one["choices"].items():
        counts = choices.setdefault(question, {})
        counts[option] = counts.get(option, 0) + 1
    for question, text in one["texts"].items():
        texts[question] = sorted([*texts.get(question, ()), text], key=_alphabetical)
    now: Body = {"people": tally["people"] + 1, "choices": choices, "texts": texts}
    return now | {"published": now if _is_step(now["people"]) else published(tally)}


def published(tally: Body) -> Body | None:
    """What everybody may see of it by now; None before there are enough."""
    if "published" not in tally:  # counted before results moved in steps: all of it was seen
        return tally if tally["people"] >= ENOUGH_PEOPLE else None
    found: Body | None = tally["published"]
    return found


def _is_step(people: int) -> bool:
    return people >= ENOUGH_PEOPLE and (people - ENOUGH_PEOPLE) % STEP == 0


def missing(tally: Body) -> int:
    """How many answers there must still be before anything is shown."""
    return max(0, ENOUGH_PEOPLE - int(tally["people"]))


def results(questions: Iterable[TypedField], tally: Body) -> list[Result]:
    """The results in the order of the questions, then those of questions that are no longer asked."""
    asked = {question.prompt.text: question for question in questions}
    found = [_result(question, tally) for question in asked.values()]
    before = dict.fromkeys([*tally["choices"], *tally["texts"]])
    return found + [_of_before(text, tally) for text in before if text not in asked]


def _result(question: TypedField, tally: Body) -> Result:
    text = question.prompt.text
    counts = dict(tally["choices"].get(text, {}))
    options = list(dict.fromkeys([*question.options, *counts]))
    texts = [shown(question, written) for written in tally["texts"].get(text, ())]
    mean = _mean(counts) if question.type is FieldType.SCALE else ""
    return Result(
        question.prompt.html,
        sum(counts.values()) + len(texts),
        _bars(options, counts) if options else (),
        mean,
        tuple(texts),
    )


def _of_before(text: str, tally: Body) -> Result:
    counts, texts = tally["choices"].get(text, {}), tuple(tally["texts"].get(text, ()))
    people = sum(counts.values()) + len(texts)
    return Result(f"Frühere Frage: {escape(text)}", people, _bars(counts, counts), "", texts)


def _bars(options: Iterable[str], counts: Mapping[str, int]) -> tuple[Bar, ...]:
    people = sum(counts.values()) or 1
    return tuple(
        Bar(option, counts.get(option, 0), round(100 * counts.get(option, 0) / people)) for option in options
    )


def _mean(counts: Mapping[str, int]) -> str:
    steps = [(int(option), count) for option, count in counts.items() if option.isdecimal()]
    people = sum(count for _, count in steps)
    return f"{sum(step * count for step, count in steps) / people:.1f}".replace(".", ",") if people else ""


def _alphabetical(text: str) -> tuple[str, str]:
    return text.casefold(), text
