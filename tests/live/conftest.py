from __future__ import annotations

from tests.modules.conftest import pinned, writing

__all__ = ["pinned", "writing"]
