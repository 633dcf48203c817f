"""What is wrong and what to do, in German: each file holds `WORDING`, code -> (what is wrong, what to do)."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping

WORDING: Mapping[str, tuple[str, str]] = {
    code: words
    for module in pkgutil.iter_modules(__path__)
    for code, words in importlib.import_module(f"{__name__}.{module.name}").WORDING.items()
}
