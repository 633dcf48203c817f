"""The kinds of blocks one can answer. Each file in this folder is one kind and named like it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from typing import Any

from app.course.model import Block
from app.quizzes.kind import Kind

__all__ = ["Kind", "kind_of", "kinds"]


@cache
def kinds() -> Mapping[type[Block], Kind[Any]]:
    """All kinds by the type of their block, found in the files of this folder."""
    found: dict[type[Block], Kind[Any]] = {}
    for module in pkgutil.iter_modules(__path__):
        kind: Kind[Any] = importlib.import_module(f"{__name__}.{module.name}").KIND
        found[kind.block_type] = kind
    return found


def kind_of(block: Block) -> Kind[Any]:
    return kinds()[type(block)]
