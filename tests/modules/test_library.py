"""Glossary, literature, pictures and the handbook."""

from __future__ import annotations

import pytest

from app.modules.views import handbook
from app.settings import ROOT
from tests.modules.doors import READERS, course, knock, words

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><style>a{}</style></svg>'
PICTURE = {
    "media/weg.svg": SVG,
    "feld/felder.md": "---\ntitel: Felder\nminuten: 12\n---\n![Ein Weg](medien:weg.svg)\n",
}


@pytest.mark.parametrize("path", ["glossar", "literatur", "medien/weg.svg"])
def test_who_may(client_for, cast, pinned, path):
    pinned(PICTURE)
    assert knock(client_for, cast, lambda client: client.get(course(cast, path))) == READERS


def test_the_glossary(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "glossar"))
    assert words(page.select_one("dt#sozialraum")) == "Sozialraum"
    assert "Quelle: Kessl/Reutlinger 2010" in words(page.select_one("dt#sozialraum + dd"))


def test_the_literature_says_how_sure_we_are(client_for, cast, pinned):
    work = "- kennung: x-2020\n  kurz: 'X 2020'\n  zweite_hand: ja\n  sicherheit: keine\n"
    pinned({"bibliography.yaml": work})
    page = client_for(cast.anna).soup(course(cast, "literatur"))
    entry = words(page.select_one("dt#x-2020 + dd"))
    for sentence in ("vollständige Angabe ist nicht bekannt", "Aus zweiter Hand", "Angabe nicht ermittelt"):
        assert sentence in entry


def test_a_picture_is_what_it_is_and_can_do_nothing(client_for, cast, pinned):
    pinned(PICTURE)
    client = client_for(cast.anna)
    assert client.soup(course(cast, "seite/feld/felder")).select_one("main img")["src"].endswith("weg.svg")
    response = client.get(course(cast, "medien/weg.svg"))
    assert response.data.decode() == SVG
    assert response.mimetype == "image/svg+xml"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert "script-src" not in response.headers["Content-Security-Policy"]
    assert response.headers["Cache-Control"] == "private, max-age=86400"


@pytest.mark.parametrize(
    "path", ["nie.svg", "../course.yaml", "..%2fcourse.yaml", "%2e%2e/course.yaml", "/etc/passwd"]
)
def test_only_pictures_of_the_edition(client_for, cast, pinned, path):
    pinned(PICTURE)
    response = client_for(cast.anna).get(course(cast, f"medien/{path}"), follow_redirects=True)
    assert response.status_code == 404


def test_a_picture_of_another_edition(client_for, cast, pinned):
    pinned(PICTURE)
    assert client_for(cast.frida).get(f"/kurs/{cast.sued}/medien/weg.svg").status_code == 404


def test_the_handbook_lists_every_guide(client_for):
    client = client_for(None)
    links = client.soup("/handbuch").select("main a")
    assert [words(link) for link in links] == [
        "Für Teilnehmende", "Für Trainer:innen", "Für Organisationen", "Kurse schreiben", "Feldweg betreiben",
    ]  # fmt: skip
    for link in links:
        guide = client.soup(link["href"])
        assert words(guide.h1) == words(link)
        assert len(words(guide.select_one(".prosa"))) > 500


def test_the_handbook_answers_with_a_slash_as_well(client_for):
    assert words(client_for(None).soup("/handbuch/").h1) == "Handbuch"


@pytest.mark.parametrize("name", ["nie", "..%2f..%2fpyproject.toml", "authoring.md", "%00"])
def test_no_other_file_is_read(client_for, name):
    assert client_for(None).get(f"/handbuch/{name}").status_code == 404


def test_a_guide_that_was_not_delivered_is_missing_not_broken(client_for, monkeypatch):
    monkeypatch.setitem(handbook.GUIDES, "fehlt", ("Fehlt", "fehlt.md"))
    assert client_for(None).get("/handbuch/fehlt").status_code == 404
    assert "Fehlt" not in words(client_for(None).soup("/handbuch").main)


def test_the_guides_are_where_they_are_looked_for():
    for _, file in handbook.GUIDES.values():
        assert (ROOT / "docs" / file).is_file(), file


def test_reading_writes_nothing(cast, client_for, statements):
    with statements() as seen:
        for path in ("glossar", "literatur", "medien/nie.svg"):
            client_for(cast.anna).get(course(cast, path))
        client_for(None).get("/handbuch/teilnehmende")
    assert all(statement.startswith("SELECT") for statement in seen), seen
