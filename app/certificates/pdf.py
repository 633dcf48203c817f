"""A certificate as PDF (PDF/UA-1 and PDF/A-2a in one file) or as picture."""

from __future__ import annotations

import base64
import json
import struct
from dataclasses import asdict
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import typst

from app.certificates.composing import Facts
from app.web import qr, typeset
from app.web.typeset import CannotPrint, Printed

__all__ = ["CannotPrint", "Printed", "document", "picture"]

_TEMPLATE = Path(__file__).parent / "teilnahme.typ"
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


def document(facts: Facts, logo: Path | None, *, preview: bool = False) -> Printed:
    """The PDF of these facts. Raises CannotPrint, most likely because of the logo."""
    moment = datetime.fromisoformat(facts.issued_on).replace(hour=12, tzinfo=UTC)
    return typeset.document(_TEMPLATE, _inputs(facts, logo, preview=preview), _STANDARDS, moment)


def picture(facts: Facts, logo: Path | None, *, preview: bool = False) -> bytes:
    """The first page as PNG. Raises CannotPrint."""
    return typeset.picture(_TEMPLATE, _inputs(facts, logo, preview=preview))


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
