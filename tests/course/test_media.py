"""Pictures are what their name says and hold nothing that runs."""

from __future__ import annotations

import pytest

from app.course.media import media_problem

GOOD = {
    "media/a.png": b"\x89PNG\r\n\x1a\n...",
    "media/a.jpg": b"\xff\xd8\xff\xe0...",
    "media/b/a.JPEG": b"\xff\xd8\xff\xe0...",
    "media/a.webp": b"RIFF\x01\x02\x03\x04WEBP...",
    "media/a.svg": b'<?xml version="1.0"?>\n<!-- Inkscape -->\n<svg xmlns="http://www.w3.org/2000/svg">'
    b'<style>a{fill:url(#b)}</style><use href="#c"/><text contenttype="x">Region = on</text></svg>',
}
ACTIVE = (
    b"<script>x</script>",
    b"<SCRIPT>x</SCRIPT>",
    b'<rect onload="x"/>',
    b'<rect\nonclick = "x"/>',
    b'<a href="javascript:x">x</a>',
    b"<foreignObject></foreignObject>",
    b'<rect/onload="x"/>',
)
REMOTE = (
    b'<image href="https://x.de/a.png"/>',
    b'<image xlink:href="//x.de/a.png"/>',
    b"<style>@import url(https://x.de/a.css);</style>",
    b"<style>a{fill:url('http://x.de/a')}</style>",
)


@pytest.mark.parametrize("path", GOOD)
def test_good(path: str) -> None:
    assert media_problem(path, GOOD[path]) == ""


@pytest.mark.parametrize("path", GOOD)
def test_content_of_another_kind(path: str) -> None:
    assert media_problem(path, b"GIF89a") == "media_wrong_kind"


@pytest.mark.parametrize("inside", ACTIVE)
def test_active(inside: bytes) -> None:
    assert media_problem("media/a.svg", b"<svg>" + inside + b"</svg>") == "svg_active"


def test_entities_are_active() -> None:
    svg = b'<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>'
    assert media_problem("media/a.svg", svg) == "svg_active"


@pytest.mark.parametrize("inside", REMOTE)
def test_remote(inside: bytes) -> None:
    assert media_problem("media/a.svg", b"<svg>" + inside + b"</svg>") == "svg_remote"


def test_files_elsewhere_are_no_media() -> None:
    assert media_problem("eins/a.md", b"<script>") == ""
