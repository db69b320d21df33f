"""A worker that answers one request with many lines of JSON.

The worker is one of our own programs (`python -m module`), trusted but able to hang:
it runs in a process group of its own, so that nothing it starts outlives it, and what
it may say is bounded.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from typing import IO, Any

from drillbox.errors import DrillboxError

_CHUNK = 1 << 16
_STDERR_KEPT = 1 << 13
_SENTENCE = 300
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class WorkerError(DrillboxError):
    """A worker could not do what it was started for; one sentence."""


def stream(
    module: str,
    request: Mapping[str, Any],
    *,
    deadline_s: float,
    max_line: int = 1 << 20,
    threads: int = 1,
) -> Generator[dict[str, Any], None, None]:
    """Run `python -m module` and yield each line it writes, a JSON object.

    request: handed over as one line of JSON on standard input. deadline_s: seconds from
    the first `next` to the end. max_line: bytes of one line. threads: how many the
    numerical libraries may use. The whole process group is killed when the iterator is
    closed, at the deadline and on any error, and gone when this returns. Raises
    WorkerError: no start, late, too long a line, no JSON, an exit code that is not 0.
    """
    until = time.monotonic() + deadline_s
    worker = _started(module, request, threads)
    try:
        for line in worker.lines(until, max_line):
            yield _object(module, line)
        worker.finish(until)
    finally:
        worker.end()


def _started(module: str, request: Mapping[str, Any], threads: int) -> "_Worker":
    # From a file: a worker that reads nothing cannot block us on a full pipe.
    try:
        with tempfile.TemporaryFile() as asked:
            asked.write(json.dumps(request).encode() + b"\n")
            asked.seek(0)
            return _Worker(module, asked, threads)
    except OSError as error:
        raise WorkerError(f"{module} could not be started: {error}") from None


def _object(module: str, line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        shown = line[:80].decode(errors="replace")
        raise WorkerError(f"{module} wrote what is no JSON object: {shown!r}")
    return value


def environment(threads: int) -> dict[str, str]:
    """The worker's environment: ours, these threads, and this drillbox on its path."""
    above = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    path = [above, *filter(None, [os.environ.get("PYTHONPATH")])]
    counts = dict.fromkeys(_THREADS, str(threads))
    return {**os.environ, **counts, "PYTHONPATH": os.pathsep.join(path)}


class _Worker:
    """The process, its two pipes, and what is left of its last words."""

    def __init__(self, module: str, asked: IO[bytes], threads: int) -> None:
        self.module = module
        self.last_words = b""
        # -P: a file called random.py where the learner stands must not be imported.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=asked,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(threads),
            start_new_session=True,
        )
        assert self.process.stdout is not None and self.process.stderr is not None
        self.pipes = (self.process.stdout, self.process.stderr)
        self.open = selectors.DefaultSelector()
        for pipe in self.pipes:
            self.open.register(pipe, selectors.EVENT_READ)

    def lines(self, until: float, max_line: int) -> Iterator[bytes]:
        """Each whole line of its output, until both pipes are at their end."""
        rest = b""
        while self.open.get_map():
            *whole, rest = (rest + self._more(until)).split(b"\n")
            if max(map(len, (*whole, rest))) > max_line:
                raise WorkerError(f"{self.module} wrote a line over {max_line} bytes")
            yield from whole
        if rest:
            yield rest

    def _more(self, until: float) -> bytes:
        """What it wrote since; b"" where only its last words grew. Waits for it."""
        output = b""
        for key, _ in self.open.select(self._left(until)):
            chunk = os.read(key.fd, _CHUNK)
            if not chunk:
                self.open.unregister(key.fileobj)
            elif key.fileobj is self.process.stdout:
                output = chunk
            else:
                self.last_words = (self.last_words + chunk)[-_STDERR_KEPT:]
        return output

    def _left(self, until: float) -> float:
        left = until - time.monotonic()
        if left <= 0:
            raise self._late()
        return left

    def _late(self) -> WorkerError:
        return WorkerError(
            f"{self.module} took longer than it may and was ended{self._because()}"
        )

    def finish(self, until: float) -> None:
        """Wait for its end, which must be a good one."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self._left(until))
        code = self.process.returncode
        if code is None:
            raise self._late()
        if code < 0:
            raise WorkerError(f"{self.module} was ended by signal {-code}")
        if code:
            raise WorkerError(f"{self.module} ended with {code}{self._because()}")

    def _because(self) -> str:
        said = self.last_words.decode(errors="replace").strip().splitlines()
        return f": {said[-1].strip()[:_SENTENCE]}" if said else ""

    def end(self) -> None:
        """Kill whatever is left of its process group and close the pipes."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.open.close()
        for pipe in self.pipes:
            pipe.close()
