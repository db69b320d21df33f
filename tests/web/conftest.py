"""A server in a process of its own, on a free port, and who lives below it."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SERVE = """
import socket, sys
from drillbox.web.server import DrillServer
listening = socket.create_server(("127.0.0.1", 0))
server = DrillServer(sys.argv[2:], listening, heartbeat_s=float(sys.argv[1]))
print(server.address, flush=True)
server.serve()
"""
APP = [sys.executable, "-m", "drillbox", "review"]


@dataclass
class Served:
    """address: what a browser opens. process: the server."""

    address: str
    process: subprocess.Popen[str]

    @property
    def origin(self) -> str:
        return "/".join(self.address.split("/")[:3])

    def below(self) -> list[int]:
        """The processes of its apps and of what these started, by their home."""
        return living(self.home)

    @property
    def home(self) -> str:
        return os.environ["DRILLBOX_HOME"]

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        self.process.send_signal(number)
        self.process.wait()


def living(home: str) -> list[int]:
    """Every process with this DRILLBOX_HOME that has a browser for its terminal."""
    marks = (f"DRILLBOX_HOME={home}".encode(), b"DRILLBOX_SERVED=")
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "environ").read_bytes().split(b"\0")
            state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:  # it has just ended
            continue
        if marks[0] in words and any(w.startswith(marks[1]) for w in words):
            found += [int(entry.name)] if state != "Z" else []
    return found


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[..., Served]]:
    """Starts servers; ends them, and what they left, after the test."""
    started: list[subprocess.Popen[str]] = []

    def start(heartbeat_s: float = 15.0, program: list[str] | None = None) -> Served:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(heartbeat_s), *(program or APP)],
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        return Served(process.stdout.readline().strip(), process)

    yield start
    for process in started:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    for left in living(os.environ["DRILLBOX_HOME"]):
        os.kill(left, signal.SIGKILL)
