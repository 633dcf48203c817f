"""A certificate as PDF (PDF/UA-1 and PDF/A-2a in one file) or as picture."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, datetime
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
        "logo": typeset.logo(logo),
    }
    return {"data": json.dumps(data, ensure_ascii=False)}
