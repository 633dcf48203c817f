"""A person's browser, as far as the benchmark needs one: cookies, forms with their token, keep-alive."""

from __future__ import annotations

import gzip
import html
import http.client
import re
from collections.abc import Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from bench.places import place

_TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        zipped = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if zipped else self.body).decode()

    @property
    def location(self) -> str:
        return self.headers.get("location", "")

    @property
    def weight(self) -> int:
        """Bytes on the line, with headers."""
        return len(self.body) + sum(len(name) + len(value) + 4 for name, value in self.headers.items()) + 17


class Browser:
    """One person at one server. `failures` collects every answer that was not expected."""

    def __init__(self, port: int) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}
        self.token = ""
        self.failures: list[str] = []

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def get(self, path: str, *expect: int, **headers: str) -> Reply:
        return self._send("GET", path, None, expect or (200,), headers)

    def post(self, path: str, fields: Fields, expect: int = 303, *, background: bool = False) -> Reply:
        """Send a form; `background`: as the page's script does."""
        body = urlencode([*fields, ("csrf_token", self.token)])
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        headers |= {"Accept": "application/json"} if background else {}
        return self._send("POST", path, body, (expect,), headers)

    def enter(self, secret: str) -> None:
        """Sign in by a personal link."""
        path = place("accounts.personal_link", secret=secret)
        self.get(path)
        self.post(path, [])

    def close(self) -> None:
        self._line.close()

    def _send(
        self, method: str, path: str, body: str | None, expect: tuple[int, ...], headers: dict[str, str]
    ) -> Reply:
        headers = headers | ({"Cookie": self.cookie} if self._cookies else {})
        self._line.request(method, path, body, headers)
        answer = self._line.getresponse()
        reply = Reply(
            answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        )
        for value in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(value).items():
                self._cookies[name] = morsel.value
        if reply.status not in expect:
            self.failures.append(f"{method} {path}: {reply.status} instead of {expect[0]}")
        if reply.headers.get("content-type", "").startswith("text/html"):
            found = _TOKEN.search(reply.text)
            self.token = html.unescape(found[1]) if found else self.token
        return reply
