"""Scans of signed lists: taken by content, kept with their hash, downloaded by staff, removed by organisers."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from typing import Any

import pytest
from bs4 import BeautifulSoup

from app.attendance.by_code import scans
from app.attendance.by_code.scans import BadScan, Kind
from app.attendance.models import Evidence
from app.attendance.on_paper import evidence
from app.cohorts import log, service
from app.extensions import db
from tests.support.cast import Cast
from tests.support.doors import DESK, STAFF, knock


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(extra: bytes = b"") -> bytes:
    """One white point; `extra` makes it another file."""
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    text = chunk(b"tEXt", b"Comment\0" + extra)
    body = chunk(b"IDAT", zlib.compress(b"\0\xff"))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + text + body + chunk(b"IEND", b"")


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


# As a phone makes them: a small picture inside (with an end of its own), stuffing, a restart, a second scan, a trailer.
THUMBNAIL = b"\xff\xd8\xff\xdb\x00\x04ab\xff\xd9"
JPEG_START = (
    b"\xff\xd8"
    + segment(0xE1, b"Exif\0\0" + THUMBNAIL)
    + segment(0xC0, b"12345678")
    + segment(0xDA, b"1234567")
)
JPEG = (
    JPEG_START
    + b"\x12\xff\x00\x34\xff\xd0\x56"
    + segment(0xC4, b"\xff\xd9")
    + segment(0xDA, b"12")
    + b"ab\xff\xff\xd9"
    + b"SEFT"
)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
GOOD = {"pdf": (PDF, Kind.PDF), "png": (png(), Kind.PNG), "jpeg": (JPEG, Kind.JPEG)}
BAD = {
    "nothing": (b"", "empty"),
    "a program": (b"MZ\x90\x00", "unknown"),
    "a web page": (b"<!doctype html><script>alert(1)</script>", "unknown"),
    "a vector picture": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown"),
    "a ZIP": (b"PK\x03\x04", "unknown"),
    "a PDF behind other bytes": (b"x" + PDF, "unknown"),
    "a PDF cut off": (PDF[:-7], "cut_off"),
    "a PDF with its end far away": (PDF + b" " * 2000, "cut_off"),
    "a PNG without end": (png()[:-12], "cut_off"),
    "a PNG with a wrong byte": (png()[:40] + b"!" + png()[41:], "cut_off"),
    "a PNG's first bytes": (b"\x89PNG\r\n\x1a\n", "cut_off"),
    "a JPEG whose only end is in the small picture": (JPEG_START + b"\x12\x34", "cut_off"),
    "a JPEG's first bytes": (b"\xff\xd8\xff", "cut_off"),
    "a JPEG with nonsense": (b"\xff\xd8\xff\xe1\x00\x04abxxxx\xff\xd9", "cut_off"),
    "a JPEG that ends in a sign": (JPEG_START + b"\xff", "cut_off"),
}


def body(name: str, data: bytes, token: str) -> dict[str, Any]:
    """A form with a file, put together by hand: the test client would leave large ones in files it does not close."""
    start = (
        f'--X\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        f'--X\r\nContent-Disposition: form-data; name="datei"; filename="{name}"\r\nContent-Type: image/png\r\n\r\n'
    )
    return {
        "data": start.encode() + data + b"\r\n--X--\r\n",
        "content_type": "multipart/form-data; boundary=X",
    }


def send(client: Any, url: str, name: str, data: bytes) -> Any:
    return client.post(f"{url}/nachweis", **body(name, data, client.token()))


def rows(cast: Cast) -> list[Evidence]:
    return [row for of_day in evidence.by_day(cast.nord).values() for row in of_day]


@pytest.fixture
def url(cast: Cast, reading: Any) -> str:
    with reading():
        return f"/kohorten/{cast.nord}/anwesenheit/papier/{service.days(cast.nord)[0].id}"


@pytest.mark.parametrize(("data", "kind"), GOOD.values(), ids=GOOD)
def test_known_kinds_are_recognised_by_content(data: bytes, kind: Kind) -> None:
    assert scans.recognise(data) is kind


@pytest.mark.parametrize(("data", "code"), BAD.values(), ids=BAD)
def test_other_files_are_refused(data: bytes, code: str) -> None:
    with pytest.raises(BadScan) as bad:
        scans.recognise(data)
    assert bad.value.code == code


@pytest.mark.parametrize("kind", GOOD)
def test_no_cut_off_picture_passes(kind: str) -> None:
    data = GOOD[kind][0].removesuffix(b"SEFT")
    for length in range(len(data) - 1 if kind != "pdf" else len(data) - 2):
        with pytest.raises(BadScan):
            scans.recognise(data[:length])


def test_works(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    client = client_for(cast.tarek)
    answer = send(client, url, "Liste Freitag.png", png())
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{url}/nachweis")
    sha256 = hashlib.sha256(png()).hexdigest()
    with reading():
        [row] = rows(cast)
        assert (row.name, row.media_type, row.size, row.sha256) == (
            "Liste Freitag.png",
            "image/png",
            len(png()),
            sha256,
        )
        assert (row.uploaded_by, row.uploaded_by_id) == ("Tarek Aydın", cast.tarek.user_id)
        [event] = [event for event, _ in log.of_cohort(cast.nord) if event.deed == "evidence_added"]
        assert sha256 in event.detail
    for address in (url, f"{url}/nachweis", f"/kohorten/{cast.nord}/anwesenheit"):
        assert sha256 in client.soup(address).get_text()
    assert sha256 in client_for(cast.olga).soup(f"/kohorten/{cast.nord}/listen").get_text()


def test_download_is_harmless(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    send(client_for(cast.tarek), url, "a.png", png())
    with reading():
        number = rows(cast)[0].id
    answer = client_for(cast.olga).get(f"/kohorten/{cast.nord}/anwesenheit/nachweis/{number}")
    assert (answer.data, answer.mimetype) == (png(), "image/png")
    assert answer.headers["Content-Disposition"] == "attachment; filename=a.png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_same_file_is_told_and_not_doubled(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    send(client_for(cast.tarek), url, "a.png", png())
    olga = client_for(cast.olga)
    assert send(olga, url, "b.png", png()).status_code == 303
    assert (
        "Diese Datei hängt schon an diesem Tag: „a.png“, angehängt von Tarek Aydın."
        in olga.soup(url).get_text()
    )
    assert send(olga, url, "b.png", png(b"another")).status_code == 303
    with reading():
        assert [row.name for row in rows(cast)] == ["a.png", "b.png"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        (
            "liste.pdf",
            b"MZ\x90",
            "Die Datei ist kein PDF, kein JPEG und kein PNG, auch wenn ihr Name vielleicht so endet.",
        ),
        ("liste.png", png()[:-12], "Die Datei beginnt wie ein PNG, ist aber nicht vollständig"),
        ("liste.pdf", b"", "Bitte wählen Sie eine Datei aus."),
        ("", b"", "Bitte wählen Sie eine Datei aus."),
    ],
)
def test_wrong_files_are_named(
    cast: Cast, client_for: Any, reading: Any, url: str, name: str, data: bytes, words: str
) -> None:
    answer = send(client_for(cast.tarek), url, name, data)
    assert answer.status_code == 422
    page = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert words in page.select_one("[role=alert]").get_text()
    assert words in page.select_one("#datei-fehler").get_text()
    assert page.select_one("#datei")["aria-invalid"] == "true"
    with reading():
        assert rows(cast) == []


def test_no_other_form_stands_beside_the_file(cast: Cast, client_for: Any, url: str) -> None:
    client = client_for(cast.tarek)
    for address, action in ((url, url), (f"{url}/nachweis", f"{url}/nachweis")):
        forms = client.soup(address).select("main form")
        assert [form["action"] for form in forms] == [action]
    day = url.replace("papier", "tag")
    for address in (url, day, f"/kohorten/{cast.nord}/anwesenheit"):
        [link] = client.soup(address).select(f'a[href="{url}/nachweis"]')
        assert link.get_text() == "Unterschriebene Liste anhängen"


def test_a_day_of_another_cohort_has_no_page(cast: Cast, client_for: Any, reading: Any) -> None:
    with reading():
        foreign = service.days(cast.sued)[0].id
    for day in (foreign, 4711, 2**40):
        address = f"/kohorten/{cast.nord}/anwesenheit/papier/{day}/nachweis"
        assert client_for(cast.olga).get(address).status_code == 404


def test_a_form_without_a_file_is_named(cast: Cast, client_for: Any, url: str) -> None:
    answer = client_for(cast.tarek).post_form(f"{url}/nachweis")
    assert answer.status_code == 422
    assert "Bitte wählen Sie eine Datei aus." in answer.get_data(as_text=True)


def test_ten_megabytes_go_and_more_do_not(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    client = client_for(cast.tarek)
    most = b"%PDF-" + bytes(scans.LARGEST - 11) + b"%%EOF\n"
    assert send(client, url, "gross.pdf", most).status_code == 303
    over = send(client, url, "gross.pdf", most + b"\n")
    assert over.status_code == 422
    assert "Die Datei ist größer als 10 MB." in over.get_data(as_text=True)
    with reading():
        assert [row.size for row in rows(cast)] == [scans.LARGEST]


def test_fifty_megabytes_are_refused_unread(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    class Unread(io.BytesIO):
        """Says that it is so long, and holds nothing."""

        def read(self, _size: int | None = -1) -> bytes:
            raise AssertionError("the request was read")

        def tell(self) -> int:
            return 50 * 1024 * 1024 if super().tell() else 0

    answer = client_for(cast.tarek).post(
        f"{url}/nachweis",
        input_stream=Unread(b"x"),
        content_type="multipart/form-data; boundary=X",
    )
    text = answer.get_data(as_text=True)
    assert answer.status_code == 413
    assert "Die Datei ist größer als 10 MB." in text
    assert "alles, was schon eingetragen war, steht unverändert" in text
    assert f'<a href="{url}/nachweis">Zurück zum Formular</a>' in text
    with reading():
        assert rows(cast) == []


def test_the_limit_of_other_forms_stays(cast: Cast, client_for: Any, url: str) -> None:
    client = client_for(cast.tarek)
    for address in (url, "/anmelden"):
        answer = client.post(address, **body("a.png", bytes(3 * 1024 * 1024), client.token()))
        assert answer.status_code == 413
        assert "Das ist zu groß" in answer.get_data(as_text=True)
        assert f'<a href="{address}">Zurück zum Formular</a>' in answer.get_data(as_text=True)


def test_without_a_page_to_go_back_to_only_the_start_is_offered(cast: Cast, client_for: Any) -> None:
    client, address = client_for(cast.olga), f"/kohorten/{cast.nord}/einladen/liste/aufnehmen"
    answer = client.post(address, **body("a.png", bytes(3 * 1024 * 1024), client.token()))
    assert answer.status_code == 413
    assert "Zurück zum Formular" not in answer.get_data(as_text=True)
    assert '<a href="/">Zur Startseite</a>' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Liste.pdf", "Liste.png"),
        ("C:\\Scans\\liste.PNG", "liste.PNG"),
        ("../../etc/passwd", "passwd.png"),
        ("", "Liste.png"),
        ('a"b:c?.png', "a b c .png"),
        ("x" * 300 + ".png", "x" * 115 + ".png"),
        ("Öffentliche\u202egnp.exe", "Öffentliche gnp.exe.png"),
    ],
)
def test_names_are_made_safe(sent: str, kept: str) -> None:
    name = evidence.file_name(sent, Kind.PNG)
    assert name == (kept if sent != "Liste.pdf" else "Liste.pdf.png")
    assert len(name) <= 120


def test_removing_erases_the_file_and_keeps_the_rest(
    cast: Cast, client_for: Any, reading: Any, url: str
) -> None:
    send(client_for(cast.tarek), url, "a.png", png())
    with reading():
        number = rows(cast)[0].id
    address = f"/kohorten/{cast.nord}/anwesenheit/nachweis/{number}"
    olga = client_for(cast.olga)
    assert "Das lässt sich nicht rückgängig machen" in olga.soup(f"{address}/loeschen").get_text()
    for _ in range(2):
        assert olga.post_form(f"{address}/loeschen").status_code == 303
    with reading():
        row = evidence.find(cast.nord, number, with_data=True)
        assert row and row.data is None and row.removed_by == "Olga Sommer" and row.removed_at
        assert row.sha256 == hashlib.sha256(png()).hexdigest()
        deeds = [event.deed for event, _ in log.of_cohort(cast.nord)]
        assert deeds.count("evidence_removed") == 1
    assert olga.get(address).status_code == 404
    text = olga.soup(url).get_text()
    assert "(gelöscht)" in text and row.sha256 in text
    assert olga.get(f"{address}/loeschen").status_code == 303
    assert send(olga, url, "a.png", png()).status_code == 303
    with reading():
        assert len(rows(cast)) == 2


def test_who_may(cast: Cast, client_for: Any, reading: Any, url: str) -> None:
    send(client_for(cast.tarek), url, "a.png", png())
    with reading():
        number = rows(cast)[0].id
    address = f"/kohorten/{cast.nord}/anwesenheit/nachweis/{number}"
    assert knock(client_for, cast, address) == STAFF
    assert knock(client_for, cast, f"{url}/nachweis") == STAFF
    assert knock(client_for, cast, f"{url}/nachweis", post=True) == STAFF
    assert knock(client_for, cast, f"{address}/loeschen") == DESK
    assert knock(client_for, cast, f"{address}/loeschen", post=True) == DESK
    assert (
        "Löschen"
        not in client_for(cast.tarek).soup(url).select_one("#nachweis").find_parent("section").get_text()
    )


def test_unknown_ones_and_those_of_others_are_not_found(
    cast: Cast, client_for: Any, reading: Any, url: str
) -> None:
    olga = client_for(cast.olga)
    send(olga, url, "a.png", png())
    with reading():
        number = rows(cast)[0].id
        foreign = service.days(cast.sued)[0].id
    for cohort, wanted in ((cast.sued, number), (cast.nord, 4711), (cast.nord, 2**40)):
        address = f"/kohorten/{cohort}/anwesenheit/nachweis/{wanted}"
        assert olga.get(address).status_code == 404
        assert olga.get(f"{address}/loeschen").status_code == 404
        assert olga.post_form(f"{address}/loeschen").status_code == 404
    assert (
        send(olga, f"/kohorten/{cast.nord}/anwesenheit/papier/{foreign}", "a.png", png()).status_code == 404
    )


def test_pages_do_not_read_the_files(cast: Cast, client_for: Any, url: str, statements: Any) -> None:
    client = client_for(cast.tarek)
    send(client, url, "a.png", png())
    with statements() as seen:
        client.get(url)
        client.get(f"/kohorten/{cast.nord}/anwesenheit")
    assert seen and not [each for each in seen if "attendance_evidence.data" in each]
    with client.application.app_context():
        db.session.remove()
