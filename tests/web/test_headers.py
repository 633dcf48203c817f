"""Every answer carries the same security headers, error pages too."""

from __future__ import annotations

import gzip

import pytest
from flask import Flask

from tests.conftest import ClientFor
from tests.support.cast import Cast

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/healthz", 200),
        ("/anmelden", 200),
        ("/gibt-es-nicht", 404),
        ("/kohorten", 401),
        ("/mein/falsch", 410),
    ],
)
def test_headers(client_for: ClientFor, path: str, status: int) -> None:
    response = client_for(None).get(path)
    assert response.status_code == status
    assert response.headers["Content-Security-Policy"] == CSP
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert response.headers["Cache-Control"] == "no-store, private"
    assert "Server" not in response.headers


def test_static_files_are_kept_for_ever_under_their_fingerprint(client_for: ClientFor) -> None:
    client = client_for(None)
    href = client.soup("/anmelden").find("link", rel="stylesheet")["href"]
    response = client.get(href)
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(href.split("?")[0]).headers["Cache-Control"] == "no-cache"
    assert client.get(href, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    "path", ["nichts.css", "../views.py", "css/../../views.py", "%2e%2e/views.py", "css"]
)
def test_nothing_outside_is_served(client_for: ClientFor, path: str) -> None:
    assert client_for(None).get(f"/static/{path}").status_code == 404


def test_style_sheets_and_scripts_are_sent_zipped(client_for: ClientFor) -> None:
    client = client_for(None)
    href = client.soup("/anmelden").find("link", rel="stylesheet")["href"]
    plain = client.get(href).data
    zipped = client.get(href, headers={"Accept-Encoding": "gzip"})
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert gzip.decompress(zipped.data) == plain
    assert len(zipped.data) * 3 < len(plain)


def test_pages_are_sent_zipped_to_who_can_read_them(client_for: ClientFor) -> None:
    client = client_for(None)
    plain = client.get("/datenschutz")
    zipped = client.get("/datenschutz", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(zipped.data) == plain.data


def test_cookies_are_out_of_reach_of_scripts(app: Flask, cast: Cast, client_for: ClientFor) -> None:
    cookies = client_for(None).get("/anmelden").headers.getlist("Set-Cookie")
    assert cookies
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie for cookie in cookies)
