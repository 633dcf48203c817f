"""The application behind a real server on a free port, in threads of the test's process.

So the test's clock is the server's clock too: who moves the one moves the other.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import waitress
from flask import Flask


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Within the block the application answers at the address this gives."""
    server = waitress.create_server(
        app, host="127.0.0.1", port=0, threads=8, ident=None, clear_untrusted_proxy_headers=True
    )
    thread = threading.Thread(target=server.run, name="journeys")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(lambda: _close(server))
        thread.join(timeout=10)
        server.task_dispatcher.shutdown()
        assert not thread.is_alive(), "the server did not stop"


def _close(server: waitress.server.BaseWSGIServer) -> None:
    """In the server's own thread: its loop ends when nothing is left to listen to."""
    for channel in list(server._map.values()):
        if channel is not server.trigger:
            channel.close()
    server.trigger.close()
