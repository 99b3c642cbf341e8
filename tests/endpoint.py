"""A SPARQL 1.1 endpoint for tests: the `oxigraph` program of this environment, on the loopback interface."""

from __future__ import annotations

import gc
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An `oxigraph serve` of this environment on a free port of the loopback interface."""
    port = free_port()
    program = Path(sys.executable).with_name("oxigraph")
    assert program.exists(), "the PyPI package oxigraph (dependency group dev) brings this program"
    folder = tmp_path_factory.mktemp("endpoint")
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [program, "serve", "--location", folder / "quads", "--bind", f"127.0.0.1:{port}"], stdout=log, stderr=log
        )
    try:
        until = time.monotonic() + 30
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, (folder / "log").read_text(encoding="utf-8", errors="replace")
                assert time.monotonic() < until, "the endpoint did not start"
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


@contextmanager
def answering(*answers: tuple[int, str]) -> Iterator[str]:
    """The address of an endpoint that gives these answers (status, body) in turn, then the last one for ever."""
    left = list(answers)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, body = left.pop(0) if len(left) > 1 else left[0]
            self.send_response(status)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.end_headers()
            self.wfile.write(body.encode("utf-8"))

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        gc.disable()  # pyoxigraph's answers may only be dropped by the thread that made them, not by this one
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
            gc.enable()
