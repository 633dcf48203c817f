"""A course is compiled once, however many threads ask for it."""

from __future__ import annotations

import threading
import time

import pytest

from app.editions.cache import Cache


def test_made_once_for_many_threads() -> None:
    cache: Cache[str] = Cache(most=3)
    made: list[str] = []

    def make() -> str:
        time.sleep(0.02)
        made.append("x")
        return "value"

    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(cache.get("key", make))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(made), found) == (1, ["value"] * 20)


def test_others_are_not_kept_waiting() -> None:
    cache: Cache[str] = Cache(most=3)
    going, done = threading.Event(), threading.Event()

    def slow() -> str:
        going.set()
        done.wait(5)
        return "slow"

    thread = threading.Thread(target=cache.get, args=("slow", slow))
    thread.start()
    going.wait(5)
    assert cache.get("quick", lambda: "quick") == "quick"
    done.set()
    thread.join()
    assert cache.get("slow", lambda: "never") == "slow"


def test_keeps_what_was_used_last() -> None:
    cache: Cache[str] = Cache(most=2)
    for key in ("a", "b", "a", "c"):
        cache.get(key, lambda key=key: key)  # type: ignore[misc]
    assert cache.get("a", lambda: "new") == "a"
    assert cache.get("b", lambda: "new") == "new"


def test_what_could_not_be_made_is_tried_again() -> None:
    cache: Cache[str] = Cache(most=2)

    def fail() -> str:
        raise LookupError("not yet")

    with pytest.raises(LookupError):
        cache.get("a", fail)
    assert cache.get("a", lambda: "now") == "now"
