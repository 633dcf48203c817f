"""What must hold for the look: contrast in light and dark, small files, nothing inline that the CSP would stop."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from app.web.assets import asset

WEB = Path(__file__).parents[2] / "app" / "web"
CSS, JS = WEB / "static" / "css", WEB / "static" / "js"
GROUNDS = ("paper", "surface", "field-soft", "stop-soft", "sky-soft", "alert-soft")
TEXTS = ("ink", "ink-2", "field", "stop", "sky", "alert")
PAIRS = [
    *((text, ground, 4.5) for text, ground in product(TEXTS, GROUNDS)),
    *((edge, ground, 3.0) for edge, ground in product(("line-strong", "focus"), GROUNDS)),
    ("on-field", "field", 4.5),
    ("on-field", "field-deep", 4.5),
    ("on-alert", "alert", 4.5),
    ("ink", "line", 4.5),
]


def _tokens() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root\s*\{(.*?)\}", (CSS / "feldweg.css").read_text(), re.S)[:2]
    found = [dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", part)) for part in (light, dark)]
    return {"light": found[0], "dark": found[0] | found[1]}


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_is_enough_for_everyone(scheme: str) -> None:
    tokens = _tokens()[scheme]
    for front, ground, least in PAIRS:
        bright, dim = sorted((_luminance(tokens[front]), _luminance(tokens[ground])), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= least, f"{front} on {ground}"


def test_files_stay_small_enough_to_read() -> None:
    for path in CSS.glob("*.css"):
        assert len(path.read_text().splitlines()) < 300, path.name
    for folder in ("layout", "web"):
        for path in (WEB / "templates" / folder).glob("*.html"):
            assert len(path.read_text().splitlines()) < 100, path.name


def test_a_page_to_answer_weighs_little() -> None:
    names = ["css/feldweg.css", "css/reader.css", "js/feldweg.js", "js/answers.js", "js/drafts.js"]
    sizes = {name: len(asset(name).zipped) for name in names}
    assert sum(sizes.values()) <= 22_000
    assert sum(size for name, size in sizes.items() if name.startswith("js")) <= 9_000


def test_nothing_that_the_content_security_policy_would_stop() -> None:
    for path in WEB.parent.rglob("templates/**/*.html"):
        text = path.read_text()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|<script(?![^>]*src=)", text), path.name
    for path in JS.glob("*.js"):
        text = path.read_text()
        assert not re.search(r"localStorage\.|eval\(|\.style\b", text), path.name
