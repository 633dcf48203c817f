"""Every view states who may use it: `@gate(permission, loader)`, or `@public` for the few that anyone may see.

Order: signed in (else 401, and what was typed is kept), found and known to me (else 404), permitted (else 403).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Generic, TypeVar

from flask import abort
from flask_login import current_user

from app.access import Permission, Standing, may, staff_standings

T = TypeVar("T")
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a loader found for this user, and what the user is to it (nothing: a stranger)."""

    value: T
    standings: frozenset[Standing]


Loader = Callable[..., Found[Any] | None]


def gate(permission: Permission, load: Loader) -> Callable[[View], View]:
    """Guard a view. `load(user, **url_values)` gives Found or None; the view gets `found.value`, then the url values."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> Any:
            if not current_user.is_authenticated:
                abort(401)
            found = load(current_user, **values)
            if found is None or not found.standings:
                abort(404)
            if not may(permission, found.standings):
                abort(403)
            return view(found.value, **values)

        guarded.feldweg_permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def public(view: View) -> View:
    """Anyone may use this view; a house test keeps the list of them."""
    view.feldweg_public = True  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Anyone who is signed in may use this view; it shows only what is their own."""

    @wraps(view)
    def guarded(**values: Any) -> Any:
        if not current_user.is_authenticated:
            abort(401)
        return view(**values)

    guarded.feldweg_permission = "signed in"  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]


def staff(user: Any, **_values: Any) -> Found[Any]:
    """Loader for pages that belong to no cohort: the user, with what their roles make of them.

    People without a role are strangers there.
    """
    return Found(user, staff_standings(user.role_names))
