from __future__ import annotations

from tests.modules.conftest import pinned

__all__ = ["pinned"]
