"""What authors of fields nearly wrote: a type that is none, an example that becomes a field."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

_PLAIN = ("Text", "Zeile", "Datum", "Person")
_OWN_WORDS = ("personal", "teile")  # look like a type, but are words people ask for
_NEAR = 0.8
_LONGEST = 200  # the patterns here are not for whole paragraphs
_BRACKET = re.compile(r"[(\[]([^()\[\]]{1,120})[)\]][ \t]*[.:;,]?[ \t]*$")
_NESTED = re.compile(r"\([ \t]*Auswahl\b.*\)[ \t]*$", re.IGNORECASE)
_YES_NO = re.compile(r"(?:ja|nein|j|n)[ \t]*(?:/|,|oder|-|–)[ \t]*(?:ja|nein|j|n)", re.IGNORECASE)
_CHOICE = re.compile(r"auswahl\b[ \t]*:?[ \t]*(.*)", re.IGNORECASE)
_SCALE = re.compile(
    r"skala\b\D{0,20}(\d{1,3})\D{1,10}(\d{1,3})\D{0,20}|(?:von )?(\d{1,3}) bis (\d{1,3})", re.IGNORECASE
)
_EXAMPLE = re.compile(r"[*_ \t]*(?:zum )?beispiele?[*_ \t]*(?::.*)?", re.IGNORECASE)


def type_meant(text: str) -> tuple[str, str]:
    """What stands at the end of a field like a type, and the type it nearly is; ("", "") where nothing does."""
    if len(text) > _LONGEST:
        return "", ""
    found = _BRACKET.search(text)
    if not found:
        nested = _NESTED.search(text)
        return (nested[0].strip(), "(Auswahl: eins, zwei)") if nested else ("", "")
    meant = _meant(found[1].strip())
    return (found[0].strip(), meant) if meant else ("", "")


def _meant(said: str) -> str:
    choice, scale, word = _CHOICE.fullmatch(said), _SCALE.fullmatch(said), said.casefold()
    if choice:
        words = choice[1] if "," in choice[1] else "eins, zwei"
        return f"(Auswahl: {words})"
    if scale:
        return f"(Skala {scale[1] or scale[3]} bis {scale[2] or scale[4]})"
    if re.match(r"skala\b", word):
        return "(Skala 1 bis 5)"
    if _YES_NO.fullmatch(said):
        return "(ja/nein)"
    if word in _OWN_WORDS:
        return ""
    near = [name for name in _PLAIN if SequenceMatcher(None, word, name.casefold()).ratio() >= _NEAR]
    return f"({near[0]})" if near else ""


def is_example(text: str) -> bool:
    """Whether a field's words say that it was meant as an example: "Beispiel: der Park"."""
    return len(text) <= _LONGEST and bool(_EXAMPLE.fullmatch(text))
