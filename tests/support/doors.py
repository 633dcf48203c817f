"""Who may open a page of cohort Nord: the same questions for every action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.support.cast import Cast

STAFF = {"nobody": 401, "frida": 404, "theo": 404, "anna": 403, "tarek": 200, "olga": 200, "adam": 200}
DESK = STAFF | {"tarek": 403}


def knock(client_for: Callable[..., Any], cast: Cast, url: str, *, post: bool = False) -> dict[str, int]:
    """Status by person. A POST that works redirects, which counts as 200 here."""
    found = {}
    for name in STAFF:
        client = client_for(None if name == "nobody" else getattr(cast, name))
        status = (client.post_form(url) if post else client.get(url)).status_code
        found[name] = 200 if post and status in (303, 409, 422) else status
    return found
