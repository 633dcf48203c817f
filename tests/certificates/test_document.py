"""The PDF: accessible, archivable, saying exactly what was frozen, whatever the name is."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import date
from pathlib import Path

import page
import pikepdf
import pypdfium2
import pytest

from app.certificates import pdf
from app.certificates.composing import Facts, lines
from app.web import qr
from tests.certificates.making import facts, squeezed, text_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60"><rect width="200" height="60" fill="#1f5673"/></svg>'
HOSTILE = {
    "markup": 'Jo #set text(red) $x$ *fett* _k_ `code` @ref <label> [x] \\ // #panic("x") ~ --- "Ø" \'',
    "calls": '#eval("1") #include "/etc/passwd" #image("x.png") ]) + }',
    "json": '"},"preview":true,{"name":"',
    "accents": "Đặng Thị Nguyễn-Łukaszewicz Şahin Ğ Żółć ǅ",
    "combining": "A\u0308nne J\u0323o\u0301e\u0302",
    "cyrillic": "Олександра Ковальчук",
    "greek": "Αλεξάνδρα Παπαδοπούλου",
    "right to left": "محمد عبد الله",
    "hebrew and latin": "שרה Cohen",
    "apostrophes": "D’Arcy O'Neill-St. James",
    "long": "Maximiliane Friederike Alexandra von und zu Hohenstein-Wittelsbach-Sonnenschein geborene Freifrau Müller-Lüdenscheidt-Öz",
}  # fmt: skip
WITHOUT_FONT = {"emoji": "Anna 🦊 Kolb", "private": "Anna \ue123 Kolb"}


def paper(found: Facts, logo: Path | None = None) -> pdf.Printed:
    return pdf.document(found, logo)


def expected(found: Facts) -> list[str]:
    values = [value for _, value in lines(found)] + list(found.contents)
    values += [found.title, found.statement, found.remark, found.code, found.verify_page]
    return [squeezed(line) for value in values for line in value.split("\n")]


LENGTH_RULE = "PDFA2A-STREAM-LENGTH-001"


def assert_accessible(data: bytes) -> None:
    assert_lengths(data)
    for profile in ("ua1", "2a"):
        report = page.validate_pdf_bytes(data, profile=profile)
        found = [(failure.rule_id, failure.message) for failure in report.failures]
        assert [failure for failure in found if failure[0] != LENGTH_RULE] == []


def assert_lengths(data: bytes) -> None:
    """Every stream is followed by an end of line exactly where its /Length says (ISO 19005-2, 6.1.7.1).

    The validator reads it from behind instead and takes a last byte 0x0D of the compressed data for a part of the
    end of line, which happens in one of 256 streams. This check replaces its rule, it does not leave it out.
    """
    streams = list(re.finditer(rb"/Length (\d+)[^>]*?>>\s*?stream\r?\n", data))
    assert len(streams) == data.count(b"endstream") > 5
    for stream in streams:
        end = stream.end() + int(stream[1])
        assert re.match(rb"\r?\nendstream", data[end : end + 12]), f"stream at {stream.start()}"


def test_says_every_fact() -> None:
    found = facts(replaces="2025-0007", dates=(date(2026, 7, 3), date(2026, 7, 4)))
    text = text_of(paper(found).data)
    for value in expected(found):
        assert value in text, value


def test_keeps_both_standards() -> None:
    printed = paper(facts())
    assert printed.conforms
    assert_accessible(printed.data)


def test_has_language_tags_title_and_alternative_texts() -> None:
    with pikepdf.open(io.BytesIO(paper(facts()).data)) as document:
        root = document.Root
        assert str(root.Lang) == "de-DE"
        assert bool(root.MarkInfo.Marked)
        assert "/StructTreeRoot" in root
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title) == "Teilnahmebescheinigung 2026-0001: Anna Kolb"
        found = [str(thing.Alt) for thing in document.objects if _has_alt(thing)]
    assert found == ["QR-Code zur Prüfseite https://lernen.example.org/pruefen/7K4M-9TXB-2QWE-RHJN-PAVC"]


def _has_alt(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing


def test_the_same_facts_give_the_same_bytes() -> None:
    first, second = paper(facts()).data, paper(facts()).data
    assert hashlib.sha256(first).digest() == hashlib.sha256(second).digest()
    assert first != paper(facts("Bela Öztürk")).data


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_any_name_stands_there_literally(name: str) -> None:
    printed = paper(facts(name))
    assert printed.conforms
    assert_accessible(printed.data)
    text = text_of(printed.data)
    assert squeezed(name).replace(" ", "") in text.replace(" ", "") or _right_to_left(name)
    assert "7,5 von 8" in text
    assert pages(printed.data) == 1


def _right_to_left(name: str) -> bool:
    """Extraction gives visual order there; that the letters are there was looked at as a picture."""
    return bool(re.search("[\u0590-\u06ff]", name))


@pytest.mark.parametrize("name", WITHOUT_FONT.values(), ids=WITHOUT_FONT)
def test_a_glyph_that_no_font_has_is_no_reason_to_fail(name: str) -> None:
    printed = paper(facts(name))
    assert printed.data.startswith(b"%PDF-")
    assert "Kolb" in text_of(printed.data)
    if not printed.conforms:
        assert not page.is_pdf_compliant_bytes(printed.data, profile="ua1")


def test_chinese_names_print() -> None:
    assert paper(facts("王小明")).data.startswith(b"%PDF-")


@pytest.mark.parametrize("name", ["W" * 120, "i" * 120, "Ab" * 60, "Wolfgang " * 13])
def test_a_name_of_120_characters_stays_on_the_page(name: str) -> None:
    printed = paper(facts(name.strip()))
    assert printed.conforms
    assert pages(printed.data) == 1
    assert_inside(printed.data)
    letters = re.sub(r"[^A-Za-z]", "", text_of(printed.data))
    assert name.replace(" ", "") in letters


def assert_inside(data: bytes) -> None:
    """No letter is closer than 15 mm to an edge of the sheet."""
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    words = document[0].get_textpage()
    edge = 15 / 25.4 * 72
    for at in range(words.count_chars()):
        left, bottom, right, top = words.get_charbox(at)
        if right > left:
            assert left >= edge
            assert right <= 595.3 - edge
            assert bottom >= edge - 5
            assert top <= 841.9 - edge
    document.close()


def test_a_long_course_takes_a_second_page_and_says_so() -> None:
    found = facts(contents=tuple(f"Inhalt Nummer {number}, mit einigen Worten dazu" for number in range(40)))
    printed = paper(found)
    assert_accessible(printed.data)
    assert pages(printed.data) == 2
    assert "Seite 1 von 2" in text_of(printed.data)
    for value in expected(found):
        assert value in text_of(printed.data)


def pages(data: bytes) -> int:
    document = pypdfium2.PdfDocument(io.BytesIO(data))
    found = len(document)
    document.close()
    return found


def test_the_qr_code_is_that_of_the_verification_page() -> None:
    found = facts()
    inside = pdf._inputs(found, None, preview=False)["data"]
    assert qr.svg(found.verify_address).replace('"', '\\"') in inside


@pytest.mark.parametrize("kind", ["svg", "png"])
def test_with_logo(tmp_path: Path, kind: str) -> None:
    logo = tmp_path / f"logo.{kind}"
    if kind == "svg":
        logo.write_text(SVG)
    else:
        logo.write_bytes(pdf.picture(facts(), None))
    printed = paper(facts(), logo)
    assert printed.conforms
    assert_accessible(printed.data)
    with pikepdf.open(io.BytesIO(printed.data)) as document:
        alternatives = [str(thing.Alt) for thing in document.objects if _has_alt(thing)]
    assert "Logo: Kreis Musterland" in alternatives


def test_a_broken_logo_is_named(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg")
    with pytest.raises(pdf.CannotPrint):
        paper(facts(), logo)


def test_a_logo_that_has_gone_is_left_out(tmp_path: Path) -> None:
    assert paper(facts(), tmp_path / "gone.png").conforms


def test_a_preview_says_so_and_has_no_code() -> None:
    printed = pdf.document(facts(verify_address="", verify_page=""), None, preview=True)
    assert printed.conforms
    assert_accessible(printed.data)
    assert "VORSCHAU" in text_of(printed.data)
