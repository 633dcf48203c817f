"""A test client that looks at every page it fetches: what no page of Feldweg may lack is checked here, once."""

from __future__ import annotations

from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup
from flask import Flask, current_app, session
from flask.testing import FlaskClient
from flask_wtf.csrf import generate_csrf
from werkzeug.test import TestResponse

# html5lib follows an older standard: these are fine today.
_FORGIVEN = {"unexpected-end-tag-implies-table-voodoo"}
_LABELLED = ["input", "select", "textarea"]


class PageClient(FlaskClient):
    """Checks each HTML answer; `post_form` adds the token of this client's session."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        if (
            response.mimetype == "text/html"
            and response.data
            and "Content-Encoding" not in response.headers
            and response.status_code not in (301, 302, 303, 308)
        ):
            check_page(response.get_data(as_text=True), response.request.path)
        return response

    def post_form(self, url: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """POST as a form of ours would, with a valid token."""
        return self.post(url, data={**(data or {}), "csrf_token": self.token()}, **kwargs)

    def token(self) -> str:
        app: Flask = self.application
        with self.session_transaction() as stored, app.test_request_context():
            session.update(stored)
            token = generate_csrf()
            stored["csrf_token"] = session["csrf_token"]
            assert current_app.secret_key
        return str(token)

    def soup(self, url: str, status: int = 200) -> BeautifulSoup:
        """The page behind this address, parsed; the status must be as said."""
        response = self.get(url)
        assert response.status_code == status, f"{url}: {response.status_code}"
        return BeautifulSoup(response.get_data(as_text=True), "html.parser")


def check_page(html: str, path: str) -> None:
    """What every page must have. Raises AssertionError with the page's path."""
    document = html5lib.HTMLParser(strict=False)
    document.parse(html)
    errors = [(at, code, data) for at, code, data in document.errors if code not in _FORGIVEN]
    assert not errors, f"{path}: not well-formed: {errors[:3]}"
    soup = BeautifulSoup(html, "html.parser")
    fragment = soup.html is None or "<html" not in html
    if not fragment:
        _check_skeleton(soup, path)
    _check_no_inline(soup, path)
    _check_ids_and_labels(soup, path, fragment=fragment)
    _check_forms(soup, path)


def _check_skeleton(soup: BeautifulSoup, path: str) -> None:
    assert soup.html and soup.html.get("lang") == "de", f"{path}: the page does not say that it is German"
    assert soup.title and soup.title.get_text(strip=True), f"{path}: no title"
    assert len(soup.find_all("h1")) == 1, f"{path}: {len(soup.find_all('h1'))} h1"
    levels = [int(heading.name[1]) for heading in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    main = soup.find("main")
    assert main is not None, f"{path}: no main"
    inside = [int(heading.name[1]) for heading in main.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])]
    jumps = [(a, b) for a, b in pairwise(inside) if b > a + 1]
    assert not jumps, f"{path}: heading levels jump {jumps}, all: {levels}"


def _check_no_inline(soup: BeautifulSoup, path: str) -> None:
    for tag in soup.find_all(True):
        handlers = [name for name in tag.attrs if name.startswith("on") or name == "style"]
        assert not handlers, f"{path}: <{tag.name}> carries {handlers}, which the CSP forbids"
    for script in soup.find_all("script"):
        assert script.get("src") and not script.string, f"{path}: inline script"
    assert not soup.find_all("style"), f"{path}: inline style"


def _check_ids_and_labels(soup: BeautifulSoup, path: str, *, fragment: bool) -> None:
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    twice = {found for found in ids if ids.count(found) > 1}
    assert not twice, f"{path}: ids used twice: {twice}"
    labelled = {label.get("for") for label in soup.find_all("label")}
    for control in soup.find_all(_LABELLED):
        if control.get("type") in ("hidden", "submit", "button"):
            continue
        named = control.get("id") in labelled or control.get("aria-label") or control.get("aria-labelledby")
        assert named or control.find_parent("label"), (
            f"{path}: {control.name} {control.get('name')} has no label"
        )
    for tag in soup.find_all(attrs={"aria-describedby": True}):
        missing = set(tag["aria-describedby"].split()) - set(ids)
        assert fragment or not missing, f"{path}: aria-describedby points to {missing}"


def _check_forms(soup: BeautifulSoup, path: str) -> None:
    for form in soup.find_all("form"):
        if form.get("method", "get").lower() == "post":
            assert form.find("input", attrs={"name": "csrf_token"}), f"{path}: a form without token"
            assert not urlsplit(form.get("action", "")).netloc, f"{path}: a form that posts elsewhere"
