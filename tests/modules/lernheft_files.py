"""What the tests of the Lernheft's PDF and text files share: a person who has written everywhere."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app import clock
from tests.progress.cohort import write
from tests.support.cast import NOW, Person
from tests.support.course import FELDER

REVIEW = "\n::: rueckschau {#rueck}\nWas ist daraus geworden?\n:::\n"
WITH_REVIEW = {"feld/felder.md": FELDER + REVIEW}
QUESTION = "Wie finde ich das Feld?"
HOSTILE = {
    "typst": '#set text(red) $x$ *fett* _k_ `code` @ref <label> [x] \\ // #panic("x") ~ --- "Ø" \'',
    "calls": '#eval("1") #include "/etc/passwd" #image("x.png") ]) + }',
    "html": "</p><script>alert(1)</script><!-- <img src=x onerror=alert(1)> &amp; {{ 7*7 }}",
    "markdown": "# Kein Titel | ~~weg~~ | [Link](javascript:alert(1)) ![b](x) **fett** 1*2*3 a_b_c &lt;",
    "json": '"},"cover":{"name":"',
    "yaml": "---",
    "letters": "Đặng Łukaszewicz Олександра Αλεξάνδρα „Kita“ ½ € …",
}


def write_everything(app: Flask, person: Person) -> None:
    """Something in every block of the small course, and the review."""
    wishes = [{"id": "a1", "text": "mitreden", "shared": True}, {"id": "a2", "text": "Ruhe", "shared": False}]
    write(app, person, "w-ankommen", {"items": wishes})
    write(app, person, "w1-1", {"items": [{"id": "a1", "text": "Zaun"}, {"id": "a2", "text": "Kiez"}]})
    write(app, person, "w1-2", {"items": [{"id": "a1", "text": QUESTION}]})
    first = "Den Platz\nund den Zaun\n\nund dann den Kiosk"
    write(app, person, "w1-3", {"entries": [{"q": "Was sehen Sie zuerst?", "a": first}]})
    write(app, person, "q1-1", {"chosen": ["o1"]})
    write(app, person, "case-1", {"entries": [{"q": "Schritt I: Wille", "a": "Ruhe am Morgen"}]})
    stop = {
        "entries": [{"q": "Welche Einsicht möchten Sie behalten?", "a": "Erst hinsehen"}],
        "states": {"w1-2_a1": "veraendert"},
        "wording": {"w1-2_a1": "Wo ist das Feld?"},
        "keywords": [{"id": "a1", "text": "Aneignung"}],
    }
    with clock.standing_at(NOW + timedelta(hours=4)):
        write(app, person, "l1-1", stop)
        review = {
            "wishes": [{"id": "w-ankommen_a1", "text": "mitreden", "state": "erfuellt"}],
            "entries": [{"q": "Was nehme ich mit?", "a": "Geduld"}],
        }
        write(app, person, "rueck", review)
        write(app, person, "gone-1", {"entries": [{"q": "Was war?", "a": "Viel"}], "state": "x"})
