"""A participant and an organiser with their browsers, as the training day needs them."""

from __future__ import annotations

import html
import json
import re
import time
from collections import defaultdict

from bench import writing
from bench.browser import Browser
from bench.checking import Sent
from bench.installation import EMAIL, PASSWORD, Group
from bench.places import answer, confirm, page, place
from bench.script import Part, Save

_FORM_KEY = re.compile(r'name="form_key"[^>]* value="([^"]*)"')
_PDF = re.compile(r'href="([^"]+\.pdf)"')
_STATE = re.compile(r'name="state_(\d+)"')
_KNOWN = re.compile(r'name="known_(\d+)"[^>]* value="(\d*)"')
_SLOT = re.compile(r'href="(/kohorten/\d+/anwesenheit/\d+)"')
_QUIZ = ("frage", "zuordnung")


class Participant:
    """Joins, reads, writes and fetches a certificate. `sent`: what went into which block."""

    def __init__(self, port: int, group: Group, number: int) -> None:
        self.name = writing.name(number)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.sent: dict[str, Sent] = defaultdict(Sent)
        self.confirmed: list[str] = []
        self.certificate = b""
        self._number, self._cohort_id = number, group.id
        self._join = place("admission.join", code=group.join_code)
        self._browser = Browser(port)
        self._versions: dict[str, int] = defaultdict(int)
        self._results: list[str] = []

    @property
    def failures(self) -> list[str]:
        return self._browser.failures

    def join(self) -> None:
        """From the poster's address to the welcome page."""
        key = _FORM_KEY.search(self._browser.get(self._join).text)
        form = [("form_key", key[1] if key else ""), ("name", self.name), ("email", "")]
        welcome = self._browser.post(self._join, form)
        self._browser.get(welcome.location)

    def read(self, part: Part) -> None:
        for view, key in part.views:
            began = time.perf_counter()
            self._browser.get(page(self._cohort_id, key) if key else place(view, cohort_id=self._cohort_id))
            self.times["view"].append((time.perf_counter() - began) * 1000)

    def write(self, part: Part) -> None:
        for save in part.saves:
            self._save(save)
        for key in part.confirmed:
            self._browser.post(confirm(self._cohort_id, key), [])
            self.confirmed.append(key)

    def see_results(self) -> None:
        """Without a script, the browser opens the page again after each quiz question that was handed in."""
        for address in self._results:
            self._browser.get(address.partition("#")[0])

    def fetch_certificate(self) -> None:
        records = self._browser.get(place("modules.records", cohort_id=self._cohort_id))
        found = _PDF.search(records.text)
        if found is None:
            self.failures.append(f"{self.name}: no certificate to download")
            return
        self.certificate = self._browser.get(html.unescape(found[1])).body

    def close(self) -> None:
        self._browser.close()

    def _save(self, save: Save) -> None:
        """Quiz answers are handed in as a form, everything else is saved in the background."""
        block, is_quiz = save.block, save.block.kind in _QUIZ
        form = writing.fields(block, f"P{self._number:02}", save.revision)
        technical = [
            ("version", str(self._versions[block.id])),
            ("client_id", f"{block.id}-{save.revision:08}"),
            *([] if is_quiz else [("autosave", "1")]),
        ]
        began = time.perf_counter()
        reply = self._browser.post(
            answer(self._cohort_id, block.id), [*form, *technical], 303 if is_quiz else 200,
            background=not is_quiz,
        )  # fmt: skip
        self.times["save"].append((time.perf_counter() - began) * 1000)
        self.sent[block.id].add(form)
        if is_quiz:
            self._versions[block.id] += 1
            self._results.append(reply.location)
        elif reply.status == 200:
            self._versions[block.id] = json.loads(reply.body)["version"]


class Organiser:
    """Signs in with a password, watches the day, keeps the register, issues."""

    def __init__(self, port: int, cohort_id: int) -> None:
        self._browser, self._cohort_id, self._etag = Browser(port), cohort_id, ""
        self.archive = b""

    @property
    def failures(self) -> list[str]:
        return self._browser.failures

    def sign_in(self) -> None:
        self._browser.get(place("security.login"))
        self._browser.post(place("security.login"), [("email", EMAIL), ("password", PASSWORD)], expect=302)
        self._browser.get(self._place("live.show"))

    def look(self, often: int) -> None:
        """What the live page asks for by itself."""
        for _ in range(often):
            headers = {"Accept": "application/json"} | ({"If-None-Match": self._etag} if self._etag else {})
            reply = self._browser.get(self._place("live.numbers"), 200, 304, **headers)
            self._etag = reply.headers.get("etag", "")

    def keep_register(self) -> None:
        """Everyone was present in every slot."""
        matrix = self._browser.get(self._place("attendance.matrix"))
        for path in dict.fromkeys(_SLOT.findall(matrix.text)):
            sheet = self._browser.get(path).text
            known = dict(_KNOWN.findall(sheet))
            people = dict.fromkeys(_STATE.findall(sheet))
            form = [(f"state_{person}", "present") for person in people]
            form += [(f"known_{person}", known.get(person, "0")) for person in people]
            self._browser.post(path, form)

    def issue(self) -> None:
        """The button "for everyone who is ready"."""
        self._browser.get(self._place("certificates.cohort"))
        self._browser.post(self._place("certificates.issue_all"), [])

    def export(self) -> None:
        self.archive = self._browser.get(self._place("certificates.archive")).body

    def close(self) -> None:
        self._browser.close()

    def _place(self, view: str) -> str:
        return place(view, cohort_id=self._cohort_id)
