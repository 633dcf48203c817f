"""…/lernheft.pdf: everything one wrote as a document that can be read aloud, archived and handed on."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date

import page
import pikepdf
import pypdfium2
import pytest

from app.modules.lernheft_pdf import typeset_document
from app.modules.takeaway import Chapter, Cover, Document, Passage, Said, Stop, plain
from tests.modules.doors import LEARNERS, course, knock
from tests.modules.lernheft_files import HOSTILE, QUESTION, WITH_REVIEW, write_everything
from tests.progress.cohort import CANARY, everything_private, write

COVER = Cover(
    "Anna Kolb", "Kleiner Kurs", "Zum Prüfen", "Kohorte Nord", "Am See", "0123abcd", date(2026, 7, 3)
)


def text_of(pdf: bytes) -> str:
    """The words of all pages, blanks collapsed, without the places where a long word may break."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [each.get_textpage().get_text_range() for each in document]
    document.close()
    text = " ".join(pages).replace("\ufffe", "-").replace("\u200b", "")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def count_pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    found = len(document)
    document.close()
    return found


def assert_accessible(pdf: bytes) -> None:
    failures = page.validate_pdf_bytes(pdf, profile="ua1").failures
    assert [(failure.rule_id, failure.message) for failure in failures] == []


def with_text(text: str) -> Document:
    """A Lernheft in which somebody wrote this, wherever one can."""
    passage = Passage(text, "3. Juli 2026, 11:00 Uhr", (Said(text, text, text),))
    chapter = Chapter(f"1 · {text}", "01-eins", (Stop(text, True, (passage,), ""),))
    return Document(COVER, (), (), (), (chapter,), ())


@pytest.fixture
def anna_wrote(app, cast, pinned):
    pinned(WITH_REVIEW)
    write_everything(app, cast.anna)


@pytest.fixture
def fetch(client_for, cast):
    """`fetch(person)`: the document."""
    return lambda person: client_for(person).get(course(cast, "lernheft.pdf"))


def test_who_may(client_for, cast):
    assert knock(client_for, cast, lambda client: client.get(course(cast, "lernheft.pdf"))) == LEARNERS


def test_how_it_is_sent(fetch, cast):
    answer = fetch(cast.anna)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == "attachment; filename=lernheft-klein.pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_lernheft_leads_to_it(client_for, cast):
    page = client_for(cast.anna).soup(course(cast, "lernheft"))
    links = {link.get_text(): link["href"] for link in page.select(".lernheft__take a")}
    assert links == {
        "PDF": course(cast, "lernheft.pdf"),
        "Textdateien (ZIP)": course(cast, "lernheft.zip"),
    }


def test_everything_is_there(fetch, cast, anna_wrote):
    text = text_of(fetch(cast.anna).data)
    for written in (
        "Lernheft Anna Kolb Kleiner Kurs Zum Prüfen",
        "Kohorte Kohorte Nord Ort Bildungshaus Am See Stand 3. Juli 2026",
        "Wo ist das Feld? Stand: verändert",
        f"Willkommen, 3. Juli 2026, 11:00 Uhr notiert: {QUESTION}",
        "Halt am Morgen, 3. Juli 2026, 15:00 Uhr verändert: Wo ist das Feld?",
        "Am Anfang Willkommen Zaun · Kiez",
        "Dazugekommen Halt am Morgen Aneignung",
        "mitreden erfüllt mit der Gruppe geteilt",
        "Ruhe nur für mich",
        "1 · Ankommen",
        "Was sehen Sie zuerst? Den Platz und den Zaun und dann den Kiosk",
        "Welche Einsicht möchten Sie behalten? Erst hinsehen",
        "Wissensfragen bearbeitet: 1 von 3",
        "Ruhe am Morgen",
        "Was nehme ich mit? Geduld",
        "Frühere Eintragungen",
        "Was war? Viel",
        "Seite 2 von",
    ):
        assert written in text, written


def test_only_ones_own(app, fetch, cast):
    everything_private(app, cast, [cast.anna, cast.frida])
    assert CANARY in text_of(fetch(cast.anna).data)
    assert CANARY not in text_of(fetch(cast.bela).data)


def test_it_can_be_read_aloud(fetch, cast, anna_wrote):
    data = fetch(cast.anna).data
    assert_accessible(data)
    with pikepdf.open(io.BytesIO(data)) as document:
        root = document.Root
        assert str(root.Lang) == "de-DE"
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title) == "Lernheft: Kleiner Kurs"
        assert str(document.docinfo.Author) == "Anna Kolb"
        with document.open_outline() as outline:
            titles = [item.title for item in outline.root]
    assert titles[-4:] == ["Meine Wünsche vom Ankommen", "1 · Ankommen", "2 · Vom Fall zum Feld", "Frühere Eintragungen"]  # fmt: skip


def test_an_empty_one_says_so(fetch, cast):
    data = fetch(cast.anna).data
    assert_accessible(data)
    assert "In diesem Lernheft steht noch nichts." in text_of(data)


def test_the_same_moment_gives_the_same_bytes(fetch, cast, anna_wrote):
    assert fetch(cast.anna).data == fetch(cast.anna).data


def test_making_it_writes_nothing(cast, fetch, statements, anna_wrote):
    with statements() as seen:
        fetch(cast.anna)
    assert all(statement.startswith("SELECT") for statement in seen), seen


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_any_text_stands_there_literally(text):
    printed = typeset_document(with_text(text))
    assert printed.conforms
    assert_accessible(printed.data)
    assert text_of(printed.data).count(text) >= 5


@pytest.mark.parametrize(
    "text", ["x" * 10_000, "Ab" * 5_000, "Straßensozialarbeit" * 40], ids=["x", "ab", "word"]
)
def test_a_text_without_blanks_stays_on_the_page(text):
    passage = Passage("", "heute", (Said("Frage", text, ""),))
    long = Document(COVER, (), (), (), (Chapter("1", "01", (Stop("A", False, (passage,), ""),)),), ())
    printed = typeset_document(long)
    assert printed.conforms
    letters = re.sub(r"Lernheft·AnnaKolbSeite\d+von\d+", "", text_of(printed.data).replace(" ", ""))
    assert text in letters
    assert_inside(printed.data)


def assert_inside(data: bytes) -> None:
    """No letter is closer than 15 mm to the left or right edge of a sheet."""
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    edge = 15 / 25.4 * 72
    for sheet in document:
        words = sheet.get_textpage()
        for at in range(words.count_chars()):
            left, _, right, _ = words.get_charbox(at)
            assert right <= left or (left >= edge and right <= 595.3 - edge)
    document.close()


def test_many_pages_are_numbered():
    passage = Passage("Titel", "heute", tuple(Said(f"Frage {n}", "Wort " * 200, "") for n in range(60)))
    printed = typeset_document(Document(COVER, (), (), (), (Chapter("1", "01", (Stop("A", False, (passage,), ""),)),), ()))  # fmt: skip
    number = count_pages(printed.data)
    assert number > 10
    assert f"Seite {number} von {number}" in text_of(printed.data)


@pytest.mark.parametrize(
    "text", ["Anna 🦊 Kolb", "王小明", "Anna \ue123 Kolb"], ids=["emoji", "chinese", "private"]
)
def test_a_glyph_that_no_font_has_is_no_reason_to_fail(text):
    printed = typeset_document(with_text(text))
    assert printed.data.startswith(b"%PDF-")
    assert "Kohorte Nord" in text_of(printed.data)


def test_questions_become_plain_text():
    rendered = "<p>Was <strong>sehen</strong> Sie &amp; wer?</p>\n<ul>\n<li>Nähe</li>\n<li>Weg<br />und Zeit</li>\n</ul>"
    assert plain(rendered) == "Was sehen Sie & wer?\n- Nähe\n- Weg\nund Zeit"
    assert plain("Ein Satz") == "Ein Satz"
    assert plain("<strong>Schritt I</strong> Was wollen sie?") == "Schritt I\nWas wollen sie?"
    assert plain("<strong>Nicht</strong> alle") == "Nicht alle"
    assert plain("") == ""


def test_lines_stay_lines(app, fetch, cast):
    write(app, cast.anna, "w1-3", {"entries": [{"q": "Was sehen Sie zuerst?", "a": "eins\nzwei\n\ndrei"}]})
    document = pypdfium2.PdfDocument(io.BytesIO(fetch(cast.anna).data))
    lines = "\n".join(each.get_textpage().get_text_range() for each in document).splitlines()
    document.close()
    assert [line for line in lines if line in ("eins", "zwei", "drei")] == ["eins", "zwei", "drei"]
