"""Every block as a piece of a page: well-formed, labelled, escaped, and silent about what is right."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import MultiDict

from app.course.model import Course
from app.extensions import db
from app.quizzes import learner, service
from app.quizzes.kinds import kind_of
from app.quizzes.rendering import form_values, render_block
from app.quizzes.values import Body, Conflict, Saved
from tests.quizzes.conftest import Save, compiled, here_of, learner_of
from tests.support.cast import Cast, Person
from tests.support.client import check_page
from tests.support.course import small_course

EVIL = "</textarea><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp; {{ 7*7 }}"
KINDS = ["w-ankommen", "w1-1", "w1-2", "w1-3", "l1-1", "q1-1", "q1-2", "q1-3", "case-1"]
PAGE = '<!doctype html><html lang="de"><head><title>Seite</title></head><body><main><h1>Seite</h1>{}</main></body></html>'
Render = Callable[..., BeautifulSoup]


@pytest.fixture
def render(at_work: Cast, course: Course) -> Render:
    """`render(block_id)` gives Anna's block, parsed and checked; `as_text` gives the very text."""

    def make(
        block_id: str, *, at: Course = course, typed: Body | None = None, errors: dict[str, str] | None = None,
        as_text: bool = False, base_version: int | None = None,
    ) -> Any:  # fmt: skip
        person: Person = at_work.anna
        answers = service.answers_of(person.enrolment_id)
        found = at.find_block(block_id)
        assert found
        html = str(
            render_block(
                found[1], here_of(at_work, person, at), answers.get(block_id),
                learner.build(at, answers, person.enrolment_id), typed, errors, base_version=base_version,
            )
        )  # fmt: skip
        check_page(PAGE.format(html), block_id)
        return html if as_text else BeautifulSoup(html, "html.parser")

    return make


@pytest.mark.parametrize("block_id", KINDS)
def test_every_kind_before_it_is_answered(render: Render, block_id: str) -> None:
    page = render(block_id)
    section = page.find("section", id=block_id)
    form = page.find("form", attrs={"data-answer": block_id})
    assert section
    assert form
    assert form["action"].endswith(f"/antwort/zu/{block_id}")
    assert form["data-owner"]
    hidden = {field["name"]: field["value"] for field in form.find_all("input", type="hidden")}
    assert hidden["version"] == "0"
    assert len(hidden["client_id"]) == 36
    assert hidden["csrf_token"]
    assert page.find("output", attrs={"data-saved": True})
    assert (form.get("data-autosave") == "nein") == block_id.startswith("q")


@pytest.mark.parametrize("block_id", KINDS)
def test_who_reads_it_stands_before_the_first_field(render: Render, block_id: str) -> None:
    html = render(block_id, as_text=True)
    first = min(
        html.find(tag)
        for tag in ('type="text"', "<textarea", "<select", 'type="radio"', 'type="checkbox"')
        if tag in html
    )
    assert 0 < html.find('class="sight') < first


@pytest.mark.parametrize("block_id", KINDS)
def test_a_fresh_client_id_each_time(render: Render, block_id: str) -> None:
    ids = {render(block_id).find("input", attrs={"name": "client_id"})["value"] for _ in range(3)}
    assert len(ids) == 3


def sent(page: BeautifulSoup, **fields: str) -> MultiDict[str, str]:
    """What a browser would send from this block's form after typing these fields."""
    form: MultiDict[str, str] = MultiDict()
    for field in page.find("form").find_all(["input", "textarea", "select"]):
        if field.get("type") in ("radio", "checkbox") and not field.has_attr("checked"):
            continue
        if field.name == "textarea":
            form.add(field["name"], field.text.removeprefix("\n"))
        elif field.name == "select":
            chosen = field.find("option", selected=True)
            form.add(field["name"], chosen["value"] if chosen else "")
        else:
            form.add(field["name"], field.get("value", "on"))
    for name, value in fields.items():
        form[name.replace("_", "-", 1)] = value
    return form


FILLED: dict[str, Body] = {
    "w-ankommen": {"items": [{"id": "a2", "text": EVIL, "shared": True}], "last": 3},
    "w1-1": {"items": [{"id": f"a{n}", "text": f"{EVIL} {n}"} for n in range(1, 5)], "shared": True, "last": 4},
    "w1-2": {"items": [{"id": "a1", "text": EVIL}, {"id": "a4", "text": "Wie?"}], "last": 5},
    "w1-3": {"entries": [{"q": "Was sehen Sie zuerst?", "a": EVIL}, {"q": "Was übersehen Sie leicht?", "a": ""},
                         {"q": "Was war früher gefragt?", "a": f"\nlinks\n\nrechts {EVIL}"}]},
    "l1-1": {"entries": [{"q": "Welche Einsicht möchten Sie behalten?", "a": EVIL},
                         {"q": "Was probieren Sie diese Woche aus?", "a": ""}],
             "states": {"w1-2_a1": "veraendert"}, "wording": {"w1-2_a1": EVIL},
             "keywords": [{"id": "a1", "text": EVIL}], "acknowledged": False, "last": 1},
    "case-1": {"entries": [{"q": "Schritt I: Wille", "a": EVIL}, {"q": "Schritt II: Eigene Kräfte", "a": ""},
                           {"q": "Zum Weiterdenken", "a": ""}]},
}  # fmt: skip


@pytest.mark.parametrize("block_id", FILLED)
def test_filled_forms_send_what_was_saved(
    render: Render, save: Save, at_work: Cast, block: Callable[[str], Any], block_id: str
) -> None:
    """Escaping, the round trip form -> body -> form, and the version it stands on."""
    save(at_work.anna, "w1-2", FILLED["w1-2"])
    if block_id != "w1-2":
        save(at_work.anna, block_id, FILLED[block_id])
    page = render(block_id)
    form = sent(page)
    assert form["version"] == "1"
    assert kind_of(block(block_id)).read(form, block(block_id)).body == normal(FILLED[block_id])
    assert not page.find("script")
    assert not page.find("img")
    assert "49" not in page.get_text()
    assert page.find("output").get_text() == "gespeichert 11:00"


def normal(body: Body) -> Body:
    """Texts as reading gives them back: without line ends around."""
    if "entries" not in body:
        return body
    return body | {"entries": [{"q": entry["q"], "a": entry["a"].strip("\n")} for entry in body["entries"]]}


@pytest.mark.parametrize("block_id", FILLED)
def test_form_values_are_the_form(
    save: Save, at_work: Cast, course: Course, block: Any, block_id: str
) -> None:
    save(at_work.anna, "w1-2", FILLED["w1-2"])
    known, kind = learner_of(at_work.anna, course), kind_of(block(block_id))
    fields = kind.fields(block(block_id), FILLED[block_id], known)
    read = kind.read(MultiDict((field.name, field.value) for field in fields), block(block_id))
    assert read.body == normal(FILLED[block_id])
    seen_ones = [(field.name, field.value) for field in fields if not field.hidden]
    assert form_values(block(block_id), FILLED[block_id], known) == seen_ones


@pytest.mark.parametrize("block_id", FILLED)
def test_invalid_form_keeps_what_was_typed(render: Render, save: Save, at_work: Cast, block_id: str) -> None:
    save(at_work.anna, block_id, {})
    name = next(iter(f for f in ("w-a2", "k-a1", "q-a1", "e0")))
    page = render(block_id, typed=FILLED[block_id], errors={name: "So geht es nicht."}, base_version=7)
    assert page.find(attrs={"role": "alert"}).get_text().count("So geht es nicht.") == 1
    assert EVIL in page.find("form").get_text() + " ".join(i.get("value", "") for i in page.find_all("input"))
    assert page.find("input", attrs={"name": "version"})["value"] == "7"


def plain(html: str) -> str:
    """Without what is new each time."""
    return re.sub(r'name="(client_id|csrf_token)" value="[^"]*"', r'name="\1"', html)


@pytest.mark.parametrize(
    ("block_id", "old", "new"),
    [
        ("q1-1", "- [ ] Ein Amtsbezirk\n      > Das ist ein Verwaltungsraum.\n- [x] Ein Raum",
         "- [x] Ein Amtsbezirk\n      > Das ist ein Verwaltungsraum.\n- [ ] Ein Raum"),
        ("q1-2", "- [x] Infrastruktur\n- [x] Aneignung\n- [ ] Nur der Fall",
         "- [x] Infrastruktur\n- [ ] Aneignung\n      > Doch nicht.\n- [x] Nur der Fall"),
        ("q1-3", "- Bezirk III -> Verwaltungsraum\n- Der Kiosk meiner Schwester -> Lebenswelt",
         "- Bezirk III -> Lebenswelt\n- Der Kiosk meiner Schwester -> Verwaltungsraum"),
    ],
)  # fmt: skip
def test_nothing_tells_what_is_right(
    render: Render, course: Course, block_id: str, old: str, new: str
) -> None:
    """Two courses that differ only in what is right look the same, byte for byte, before handing in."""
    files = small_course()
    page = files["ankommen/fragen-1.md"].decode()
    page = page.replace("handelnd herstellen\n- [ ]", "handelnd herstellen\n      > Ja und nein.\n- [ ]")
    assert old in page
    one = compiled(files | {"ankommen/fragen-1.md": page.encode()})
    other = compiled(files | {"ankommen/fragen-1.md": page.replace(old, new).encode()})
    assert one.find_block(block_id) != other.find_block(block_id)
    first, second = (render(block_id, at=found, as_text=True) for found in (one, other))
    assert plain(first) == plain(second)
    for secret in ("Verwaltungsraum.", "Menschen stellen ihn her", "Kessl", "Beides gehört", "Alle Wörter"):
        assert secret not in first


def test_a_question_explains_every_choice(
    render: Render, save: Save, at_work: Cast, course: Course, block: Any
) -> None:
    options = {option.text: option.key for option in block("q1-1").options}
    save(at_work.anna, "q1-1", {"chosen": [options["Ein Gebäude"]]})
    page = render("q1-1")
    assert page.find("form") is None
    words = [word.get_text() for word in page.find_all(class_="feedback__word")]
    assert sorted(words) == ["Ihre Wahl: trifft so nicht zu", "trifft so nicht zu", "trifft zu"]
    seen = page.get_text(" ")
    for text in ("Das ist ein Verwaltungsraum.", "Das ist ein Ort.", "Menschen stellen ihn her.",
                 "Quelle: Kessl/Reutlinger 2010, S. 25", "Nachlesen: Schauen"):  # fmt: skip
        assert text in seen
    assert [
        radio.parent.get_text(" ").split(" (")[0].strip() for radio in page.find_all("input", checked=True)
    ]
    assert page.find("input", checked=True)["id"].endswith(options["Ein Gebäude"])
    assert (
        page.find("a", string="Nachlesen: Schauen")["href"] == f"/kurs/{at_work.nord}/seite/ankommen/schauen"
    )
    assert not re.search(r"falsch|Punkte|Prozent|leider|Fehler", seen)


def test_another_try(app: Any, at_work: Cast, save: Save, course: Course, block: Any) -> None:
    options = [option.key for option in block("q1-1").options]
    save(at_work.anna, "q1-1", {"chosen": options[:1]})
    with app.test_request_context("/?neu=q1-1"):
        here, saved = (
            here_of(at_work, at_work.anna, course),
            service.answers_of(at_work.anna.enrolment_id)["q1-1"],
        )
        html = render_block(block("q1-1"), here, saved, learner_of(at_work.anna, course))
    page = BeautifulSoup(html, "html.parser")
    assert page.find("input", attrs={"name": "version"})["value"] == "1"
    assert not page.find_all("input", checked=True)
    assert page.find("a", string="Zurück zur Erklärung")
    assert "Menschen stellen" not in html


def test_a_matching_explains_every_pair(render: Render, save: Save, at_work: Cast, block: Any) -> None:
    pairs = block("q1-3").pairs
    answer = {pairs[0].key: pairs[0].right, pairs[1].key: pairs[2].right, pairs[2].key: pairs[1].right}
    save(at_work.anna, "q1-3", {"pairs": answer})
    page = render("q1-3")
    words = [word.get_text() for word in page.find_all(class_="feedback__word")]
    assert sorted(words) == ["gehört zu: Lebenswelt", "gehört zu: Ort", "passt zusammen"]
    assert "Alle Wörter werden gebraucht." in page.get_text()


def test_an_orientation_only_after_own_thoughts(render: Render, save: Save, at_work: Cast) -> None:
    assert "Vielleicht einen ruhigen Morgen." not in render("case-1", as_text=True)
    typed = {"entries": [{"q": "Schritt I: Wille", "a": "Ruhe"}]}
    assert "Vielleicht einen ruhigen Morgen." not in render("case-1", as_text=True, typed=typed)
    save(at_work.anna, "case-1", typed)
    html = render("case-1", as_text=True)
    assert "Vielleicht einen ruhigen Morgen." in html
    assert "Die Eltern sprechen sich ab." not in html


def test_a_comparison_only_after_own_text(render: Render, save: Save, at_work: Cast) -> None:
    assert "Viele nennen zuerst den Platz." not in render("w1-3", as_text=True)
    save(at_work.anna, "w1-3", {"entries": [{"q": "Was sehen Sie zuerst?", "a": "Bäume"}]})
    assert "Viele nennen zuerst den Platz." in render("w1-3", as_text=True)


def test_a_lernstopp_without_questions_says_where_to_write_them(render: Render, at_work: Cast) -> None:
    link = render("l1-1").find("a", string="Eigene Fragen festhalten")
    assert link["href"] == f"/kurs/{at_work.nord}/seite/ankommen/willkommen#w1-2"


def test_a_lernstopp_shows_questions_and_keywords(render: Render, save: Save, at_work: Cast) -> None:
    save(at_work.anna, "w1-2", {"items": [{"id": "a1", "text": "Wie gelingt Feldarbeit?"}], "last": 1})
    save(at_work.anna, "w1-1", {"items": [{"id": "a1", "text": "Nähe"}], "shared": False, "last": 1})
    save(at_work.anna, "l1-1", FILLED["l1-1"] | {"states": {"w1-2_a1": "teilweise"}, "keywords": []})
    page = render("l2-1")
    legend = page.find("fieldset", class_="segment").find("legend")
    assert "Wie gelingt Feldarbeit?" in legend.get_text()
    assert "Bisher: teilweise (Halt am Morgen)" in page.get_text()
    assert [chip.get_text() for chip in page.find("ul", class_="chips").find_all("li")] == ["Nähe"]
    labels = [label.get_text() for label in page.find("fieldset", class_="segment").find_all("label")]
    assert labels == ["offen", "teilweise", "beantwortet", "verändert"]
    assert page.find("textarea", attrs={"name": "e1"})
    assert not page.find("fieldset", class_="segment").find("input", checked=True)


def test_pages_need_no_statement(
    render: Render, statements: Any, at_work: Cast, course: Course, block: Any
) -> None:
    here, mine = here_of(at_work, at_work.anna, course), learner_of(at_work.anna, course)
    with statements() as seen:
        for block_id in KINDS:
            render_block(block(block_id), here, None, mine)
    assert seen == []
    db.session.rollback()


def test_earlier_results_are_typed(save: Save, at_work: Cast) -> None:
    assert isinstance(save(at_work.anna, "w1-3", {}), Saved)
    assert isinstance(save(at_work.anna, "w1-3", {"entries": [{"q": "x", "a": "y"}]}), Conflict)
