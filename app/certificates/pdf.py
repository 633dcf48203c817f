"""A certificate as PDF (PDF/UA-1 and PDF/A-2a in one file) or as picture, typeset by typst.

The words go in as JSON, so nothing in them can be read as markup. The compiler is kept warm and used by one
thread at a time.
"""

from __future__ import annotations

import base64
import json
import struct
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg_atkinson_hyperlegible as atkinson
import typst

from app.certificates.composing import Facts
from app.web import qr

_FOLDER = Path(__file__).parent
_TEMPLATE = _FOLDER / "teilnahme.typ"
_FONTS = Path(atkinson.ROOT) / "files"
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_lock = threading.Lock()


class CannotPrint(Exception):
    """The document could not be typeset at all, most likely because of the logo."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The finished PDF, and whether it keeps PDF/UA-1 and PDF/A-2a (not when no font has a needed glyph)."""

    data: bytes
    conforms: bool


def document(facts: Facts, logo: Path | None, *, preview: bool = False) -> Printed:
    """The PDF of these facts. Raises CannotPrint.

    Tried in turn: with the fonts that come along, with those of the system too, and without a standard.
    """
    inputs = _inputs(facts, logo, preview=preview)
    moment = datetime.fromisoformat(facts.issued_on).replace(hour=12, tzinfo=UTC)
    for system_fonts, standards in ((False, _STANDARDS), (True, _STANDARDS), (True, [])):
        try:
            data = _compile(system_fonts, inputs, format="pdf", pdf_standards=standards, timestamp=moment)
        except typst.TypstError as error:
            problem = error
        else:
            return Printed(data, bool(standards))
    raise CannotPrint(problem.message) from problem


def picture(facts: Facts, logo: Path | None, *, preview: bool = False) -> bytes:
    """The first page as PNG. Raises CannotPrint."""
    try:
        return _compile(True, _inputs(facts, logo, preview=preview), format="png", ppi=110.0)
    except typst.TypstError as error:
        raise CannotPrint(error.message) from error


def _compile(system_fonts: bool, inputs: dict[str, str], **how: Any) -> bytes:
    with _lock:
        found = _compiler(system_fonts).compile(sys_inputs=inputs, **how)
    pages = found if isinstance(found, list) else [found]
    if not pages or pages[0] is None:
        raise CannotPrint("no output")
    return bytes(pages[0])


@lru_cache(maxsize=2)
def _compiler(system_fonts: bool) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=system_fonts, include_embedded_fonts=True, font_paths=[_FONTS])
    return typst.Compiler(input=_TEMPLATE, root=_FOLDER, font_paths=fonts)


def _inputs(facts: Facts, logo: Path | None, *, preview: bool) -> dict[str, str]:
    data = {
        "facts": asdict(facts),
        "preview": preview,
        "qr": qr.svg(facts.verify_address) if facts.verify_address else "",
        "logo": _logo(logo, logo.stat().st_mtime_ns) if logo and logo.is_file() else "",
    }
    return {"data": json.dumps(data, ensure_ascii=False)}


@lru_cache(maxsize=4)
def _logo(path: Path, _changed: int) -> str:
    """The logo as SVG text; a PNG is put into an SVG of its size."""
    content = path.read_bytes()
    if not content.startswith(b"\x89PNG"):
        return content.decode("utf-8", "replace")
    width, height = struct.unpack(">II", content[16:24])
    picture = base64.b64encode(content).decode()
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
        f'<image {size} href="data:image/png;base64,{picture}"/></svg>'
    )
