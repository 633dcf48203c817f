"""Addresses of Feldweg by the names of its views, so that the benchmark keeps up when an address changes."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from werkzeug.routing import MapAdapter

from app import create_app, settings


def place(view: str, **values: object) -> str:
    """The path of this view, as `url_for` gives it."""
    return _adapter().build(view, values)


@cache
def _adapter() -> MapAdapter:
    with tempfile.TemporaryDirectory(prefix="feldweg-bench-") as folder:
        app = create_app(settings.load({"FELDWEG_DATA": str(Path(folder))}))
    return app.url_map.bind("127.0.0.1")


def page(cohort_id: int, key: str) -> str:
    """A station: "module/page" or "fall/slug"."""
    module, _, slug = key.partition("/")
    if module == "fall":
        return place("modules.case", cohort_id=cohort_id, slug=slug)
    return place("modules.page", cohort_id=cohort_id, module=module, page=slug)


def answer(cohort_id: int, block_id: str) -> str:
    return place("modules.answer", cohort_id=cohort_id, block_id=block_id)


def confirm(cohort_id: int, key: str) -> str:
    module, _, slug = key.partition("/")
    return place("modules.read", cohort_id=cohort_id, module=module, page=slug)
