"""A stranger verifies: every certified fact for a true code, the same nothing for all others."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from app import clock
from app.certificates import records, rules
from app.certificates.composing import lines
from app.cohorts import codes
from app.extensions import db
from tests.certificates.conftest import EVENING
from tests.certificates.making import Issued, issue, squeezed, stored, text_of, url
from tests.support.cast import Cast, Person
from tests.support.client import PageClient
from tests.support.databases import count

ClientFor = Callable[[Person | None], PageClient]


@pytest.fixture
def issued(olga: PageClient, ready: Cast) -> Issued:
    return issue(olga, ready, ready.anna)


@pytest.fixture
def stranger(client_for: ClientFor) -> PageClient:
    return client_for(None)


def shown(page: BeautifulSoup) -> str:
    return squeezed(page.find("main").get_text(" "))


def test_every_certified_fact_is_shown_and_stands_on_the_paper(stranger: PageClient, issued: Issued) -> None:
    page, paper = stranger.soup(f"/pruefen/{codes.grouped(issued.code)}"), text_of(issued.pdf)
    assert "echt und gültig" in shown(page)
    values = [value for _, value in lines(issued.facts)] + list(issued.facts.contents) + [issued.facts.remark]
    for value in values:
        for line in value.split("\n"):
            assert squeezed(line) in shown(page), line
            assert squeezed(line) in paper, line
    assert [squeezed(tag.get_text()) for tag in page.select("dl.facts > dt")] == [
        "Name", "Fortbildung", "Untertitel", "Kohorte", "Datum", "Ort", "Umfang",
        "Ausgestellt von", "Ausgestellt am", "Nummer", "Inhalte",
    ]  # fmt: skip


def test_the_paper_alone_has_the_code(stranger: PageClient, issued: Issued) -> None:
    assert issued.facts.code in text_of(issued.pdf)
    assert issued.facts.verify_page in text_of(issued.pdf)


@pytest.mark.parametrize("change", [str.lower, lambda code: code.replace("-", ""), lambda code: code.replace("-", " "),
                                    lambda code: f"  {code.replace('-', '–')} ", lambda code: code.replace("-", "--")])  # fmt: skip
def test_typed_in_many_ways(stranger: PageClient, issued: Issued, change: Callable[[str], str]) -> None:
    typed = change(issued.facts.code)
    assert issued.number in shown(stranger.soup(f"/pruefen/{typed}"))
    answer = stranger.get("/pruefen/", query_string={"code": typed})
    assert answer.status_code == 303
    assert answer.location == f"/pruefen/{issued.facts.code}"


def test_replaced(stranger: PageClient, olga: PageClient, ready: Cast, app: Flask, issued: Issued) -> None:
    olga.post_form(
        url(ready, f"/{issued.number}/ersetzen"), {"name": "Anna Winter", "reason": "Name nach der Heirat"}
    )
    page = shown(stranger.soup(f"/pruefen/{issued.code}"))
    assert "am 3. Juli 2026 ersetzt durch 2026-0002" in page
    assert "Anna Kolb" in page
    new = stored(app)[-1]
    for secret in (new.code, new.facts.code, "Anna Winter", "Heirat"):
        assert secret not in page
    now = shown(stranger.soup(f"/pruefen/{new.code}"))
    assert "echt und gültig" in now
    assert "Ersetzt Nummer 2026-0001" in now
    assert "Heirat" not in now


def test_revoked_says_when_but_not_why(
    stranger: PageClient, olga: PageClient, ready: Cast, issued: Issued
) -> None:
    olga.post_form(
        url(ready, f"/{issued.number}/widerrufen"), {"reason": "Anwesenheit war vorgetäuscht", "sure": "y"}
    )
    page = shown(stranger.soup(f"/pruefen/{issued.code}"))
    assert "am 3. Juli 2026 widerrufen" in page
    assert "vorgetäuscht" not in page
    assert "Olga" not in page
    assert "echt und gültig" not in page


def test_all_unknown_codes_get_the_same_answer(stranger: PageClient, issued: Issued) -> None:
    bodies = set()
    for _ in range(3):
        code = codes.grouped(rules.new_code())
        answer = stranger.get(f"/pruefen/{code}")
        assert answer.status_code == 404
        bodies.add(answer.get_data(as_text=True).replace(code, "…"))
    assert len(bodies) == 1
    words = shown(BeautifulSoup(bodies.pop(), "html.parser"))
    assert "Zu diesem Code gibt es hier keine Bescheinigung. Prüfen Sie ihn auf Tippfehler;" in words
    assert "Im Zweifel fragen Sie Kreis Musterland." in words


@pytest.mark.parametrize("path", ["/pruefen/", "/pruefen/x", "code", "unknown"])
def test_search_engines_keep_out(stranger: PageClient, issued: Issued, path: str) -> None:
    address = {"code": f"/pruefen/{issued.code}", "unknown": f"/pruefen/{rules.new_code()}"}.get(path, path)
    answer = stranger.get(address)
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Bitte geben Sie den Code ein"),
        ("7K4M-9TXB", "20 Zeichen"),
        ("O0IL-9TXB-2QWE-RHJN-PAVC", "ohne I, L, O und U"),
        ("../../etc/passwd", "ohne I, L, O und U"),
        ("<script>alert(1)</script>", "ohne I, L, O und U"),
        ("x" * 5000, "20 Zeichen"),
        ("\x00\x07", "ohne I, L, O und U"),
        ("🦊" * 20, "ohne I, L, O und U"),
    ],
)
def test_what_is_no_code_is_answered_without_asking_the_database(
    stranger: PageClient, app: Flask, typed: str, words: str
) -> None:
    answer = stranger.get("/pruefen/", query_string={"code": typed})
    assert answer.status_code == 422
    assert words in answer.get_data(as_text=True)
    with app.app_context():
        assert count("attempt") == 0


def test_a_typing_mistake_is_told_and_kept(stranger: PageClient, issued: Issued) -> None:
    wrong = ("A" if issued.code[0] != "A" else "B") + issued.facts.code[1:]
    page = stranger.soup(f"/pruefen/{wrong}", 422)
    assert "Zu diesem Code gibt es hier keine Bescheinigung. Prüfen Sie ihn auf Tippfehler;" in shown(page)
    assert "Im Zweifel fragen Sie Kreis Musterland." in shown(page)
    assert "Da ist ein Tippfehler" not in shown(page)
    assert page.find(id="code")["value"] == wrong
    assert issued.facts.name not in shown(page)


def test_one_wrong_character_is_always_found(issued: Issued) -> None:
    for at, right in enumerate(issued.code):
        for wrong in set(codes.ALPHABET) - {right}:
            mutated = issued.code[:at] + wrong + issued.code[at + 1 :]
            assert rules.code_problem(mutated) is rules.CodeProblem.CHECK_DIGIT


def test_ten_thousand_random_codes_find_nothing(app: Flask, issued: Issued) -> None:
    with app.app_context():
        assert records.find_by_code(issued.code)
        assert not any(records.find_by_code(rules.new_code()) for _ in range(10_000))
        db.session.remove()


def test_guessing_is_limited_for_a_while(stranger: PageClient, issued: Issued) -> None:
    for _ in range(20):
        assert stranger.get(f"/pruefen/{rules.new_code()}").status_code == 404
    answer = stranger.get(f"/pruefen/{rules.new_code()}")
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert stranger.get(f"/pruefen/{issued.code}").status_code == 429
    with clock.standing_at(EVENING.replace(hour=19)):
        assert stranger.get(f"/pruefen/{issued.code}").status_code == 200


def test_true_codes_are_not_counted(stranger: PageClient, issued: Issued) -> None:
    for _ in range(30):
        assert stranger.get(f"/pruefen/{issued.code}").status_code == 200


def test_everyone_may(ready: Cast, issued: Issued, client_for: ClientFor) -> None:
    for who in (None, ready.anna, ready.frida, ready.tarek, ready.adam):
        assert client_for(who).get(f"/pruefen/{issued.code}").status_code == 200


def test_nothing_is_listed(stranger: PageClient, issued: Issued) -> None:
    page = stranger.soup("/pruefen/")
    assert issued.number not in page.get_text()
    assert issued.facts.name not in page.get_text()


def test_few_statements(stranger: PageClient, issued: Issued, statements: Callable[[], object]) -> None:
    with statements() as seen:  # type: ignore[attr-defined]
        stranger.get(f"/pruefen/{issued.code}")
    assert len(seen) == 2
