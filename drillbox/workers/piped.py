"""A process that is spoken to in frames over its standard input and output.

Works on every platform: two threads read, one writes, so no end can block the caller
for longer than the time it gives.
"""

import contextlib
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import IO

from drillbox.workers.frame import SMALL, Caps, FrameError, read
from drillbox.workers.spawn import kill
from drillbox.workers.watchdog import Watchdog

OUTPUT_KEPT = 1 << 16
OUTPUT_MOST = 1 << 20


class Late(Exception):
    """No frame came within the time."""


class Gone(Exception):
    """The process closed its end or wrote what is no frame."""


class Piped:
    """The process, and what it printed on its error stream. watched: bytes of memory in
    use at which it is ended; None leaves that to its rlimits."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        caps: Caps = SMALL,
        watched: int | None = None,
    ) -> None:
        self.caps = caps
        self.frames: queue.Queue[bytes | None] = queue.Queue()
        self.printed = bytearray()
        self.total = 0
        self.process = subprocess.Popen(
            list(command),
            env=dict(env),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            bufsize=0,
        )
        streams = (self.process.stdin, self.process.stdout, self.process.stderr)
        self.input, self.answers, self.errors = (s for s in streams if s is not None)
        self.threads = [
            threading.Thread(target=self._read_frames, daemon=True),
            threading.Thread(target=self._read_errors, daemon=True),
        ]
        for thread in self.threads:
            thread.start()
        pid, end = self.process.pid, self.process.kill
        self.watchdog = Watchdog(pid, watched, end) if watched else None

    def send(self, data: bytes) -> None:
        """Hand over a frame; returns at once."""
        thread = threading.Thread(target=self._write, args=(data,), daemon=True)
        self.threads = [t for t in self.threads if t.is_alive()] + [thread]
        thread.start()

    def receive(self, timeout_s: float) -> bytes:
        """The next frame; Late after the time, Gone when none can come any more."""
        try:
            data = self.frames.get(timeout=timeout_s)
        except queue.Empty:
            raise Late from None
        if data is None:
            self.frames.put(None)
            raise Gone
        return data

    def take_output(self) -> tuple[bytes, bool]:
        """What was printed since the last call; whether it all was beyond the cap."""
        taken, flooded = bytes(self.printed), self.total > OUTPUT_MOST
        del self.printed[: len(taken)]
        return taken, flooded

    def close(self) -> None:
        """End it, its group and our threads."""
        if self.watchdog is not None:
            self.watchdog.stop()
        kill(self.process)
        with contextlib.suppress(OSError):
            self.input.close()
        for thread in self.threads:
            thread.join(timeout=5)
        self.answers.close()
        self.errors.close()

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        # A process that is gone is noticed by `receive`; ValueError: closed by `close`.
        with contextlib.suppress(OSError, ValueError):
            while rest:
                rest = rest[self.input.write(rest) :]

    def _read_frames(self) -> None:
        try:
            while (data := read(self._take, self.caps)) is not None:
                self.frames.put(data)
        except (FrameError, OSError, ValueError):
            pass  # said to the caller by the None below, which `receive` raises on
        finally:
            self.frames.put(None)

    def _take(self, count: int) -> bytes:
        return self.answers.read(count) or b""

    def _read_errors(self) -> None:
        while part := _some(self.errors):
            self.total += len(part)
            self.printed += part[: OUTPUT_KEPT - len(self.printed)]
            if self.total > OUTPUT_MOST:
                return self.errors.close()


def _some(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(1 << 16) or b""
    except (OSError, ValueError):
        return b""
