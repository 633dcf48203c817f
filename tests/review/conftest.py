from __future__ import annotations

from tests.modules.conftest import course_value, pinned

__all__ = ["course_value", "pinned"]
