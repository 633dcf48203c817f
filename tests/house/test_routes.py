"""Closed unless stated: each route names a permission or is on the list of public ones."""

from __future__ import annotations

import re

from flask import Flask

PUBLIC = {
    "assets.static", "web.health", "web.imprint", "web.privacy", "web.accessibility",
    "accounts.personal_link", "accounts.enter",
    "modules.home", "modules.enter_code", "modules.handbook", "modules.guide",
    "admission.type_code", "admission.join", "admission.enter", "admission.take_code",
    "admission.ask", "admission.place", "admission.stop_waiting", "admission.start",
    "attendance.type_code", "attendance.take_code", "attendance.check_in", "attendance.confirm",
    "attendance.claim", "attendance.claimed",
    "verification.ask", "verification.find", "verification.show",
    "schedule.feed",  # the token in the address is the key
}  # fmt: skip
OF_THE_LIBRARY = {
    "security.static",
    "security.login",
    "security.logout",
    "security.change_password",
    "security.verify",
}


def test_every_route_states_who_may(app: Flask) -> None:
    open_routes, silent = set(), set()
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if rule.endpoint in OF_THE_LIBRARY:
            continue
        if getattr(view, "feldweg_public", False):
            open_routes.add(rule.endpoint)
        elif not getattr(view, "feldweg_permission", None):
            silent.add(rule.endpoint)
    assert not silent, f"these routes state no permission: {sorted(silent)}"
    assert open_routes <= PUBLIC, f"public, but not on the list: {sorted(open_routes - PUBLIC)}"


def test_addresses_are_lower_case_german_words(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        plain = re.sub(r"<[^>]+>", "", rule.rule)
        assert re.fullmatch(r"[a-z0-9/.\-]*", plain), rule.rule


def test_what_stands_on_paper_is_there(app: Flask) -> None:
    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert {"/beitreten/<code>", "/pruefen/<code>", "/healthz"} <= rules


def test_reading_never_uses_an_unsafe_method(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert rule.methods is not None
        assert rule.methods <= {"GET", "HEAD", "OPTIONS", "POST"}, rule.rule
