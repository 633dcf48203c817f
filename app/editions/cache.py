"""Values that are costly to make and never change: each is made once, however many threads ask for it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Keeps the `most` values used last. While one is made, others can be read and made."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._values: OrderedDict[str, T] = OrderedDict()
        self._makers: dict[str, threading.Lock] = {}

    def get(self, key: str, make: Callable[[], T]) -> T:
        found = self._look(key)
        if found is not None:
            return found
        with self._maker(key):
            found = self._look(key)
            return found if found is not None else self._keep(key, make())

    def _look(self, key: str) -> T | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def _maker(self, key: str) -> threading.Lock:
        with self._lock:
            return self._makers.setdefault(key, threading.Lock())

    def _keep(self, key: str, value: T) -> T:
        with self._lock:
            self._values[key] = value
            self._makers.pop(key, None)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value
