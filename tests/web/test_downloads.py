"""A downloaded file has its name in every browser, whatever is in it."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask import Response

from app.web.downloads import name_file


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("liste.csv", "liste.csv"),
        ("Anwesenheit Süd.csv", "Anwesenheit Sud.csv"),
        ("Список 5.pdf", " 5.pdf"),
        ('a"b\\c;d.png', 'a"b\\c;d.png'),
        ("a\r\nSet-Cookie: b.png", "aSet-Cookie: b.png"),
        ("😀\ud800.pdf", ".pdf"),
    ],
)
def test_name(name: str, plain: str) -> None:
    response = Response()
    name_file(response, name)
    header = response.headers["Content-Disposition"]
    header.encode("ascii")
    quoted = plain.replace("\\", "\\\\").replace('"', '\\"')
    assert header.startswith((f"attachment; filename={quoted}", f'attachment; filename="{quoted}"'))
    if "*=" in header:
        clean = "".join(sign for sign in name if sign not in "\r\n\ud800")
        assert unquote(header.split("UTF-8''", 1)[1]) == clean


def test_shown_in_the_window() -> None:
    response = Response()
    name_file(response, "Vorschau.pdf", inline=True)
    assert response.headers["Content-Disposition"] == "inline; filename=Vorschau.pdf"
