"""A worker that answers one request with many lines of JSON.

The worker is one of our own programs (`python -m module`), trusted but able to hang:
it runs in a process group of its own, so that nothing it starts outlives it, and what
it may say is bounded. It can be started before its request is known (`Warm`): what it
imports is then imported while somebody reads.
"""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator, Mapping
from contextlib import suppress
from typing import Any

from drillbox.errors import DrillboxError
from drillbox.words import _

_CHUNK = 1 << 16
_STDERR_KEPT = 1 << 13
_SENTENCE = 300
_THREADS = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


class WorkerError(DrillboxError):
    """A worker could not do what it was started for; one sentence."""


class Warm:
    """One worker of a module, started ahead, and the way to end it from outside.

    It waits for a line on its standard input, which is at its end as soon as this
    process is gone, in whatever way: so it outlives nobody.
    """

    def __init__(self, module: str, threads: int = 1) -> None:
        self.module, self.threads = module, threads
        self.waits: _Worker | None = None
        self.works: _Worker | None = None

    def start(self) -> None:
        """Start it, unless it waits already. What prevents that is said by the run."""
        if self.waits is None or self.waits.process.poll() is not None:
            self._end_waiting()
            with suppress(WorkerError):
                self.waits = _started(self.module, self.threads)

    def take(self) -> "_Worker":
        """The one that waits, else a new one; WorkerError if there can be none."""
        taken, self.waits = self.waits, None
        if taken is not None and taken.process.poll() is not None:
            taken.end()
            taken = None
        self.works = taken or _started(self.module, self.threads)
        return self.works

    def close(self) -> None:
        """End it, whether it waits or works; what streams from it just ends."""
        self._end_waiting()
        if self.works is not None:
            self.works.stop()

    def _end_waiting(self) -> None:
        if self.waits is not None:
            self.waits.end()
            self.waits = None


def stream(
    module: str,
    request: Mapping[str, Any],
    *,
    deadline_s: float,
    max_line: int = 1 << 20,
    threads: int = 1,
    warm: Warm | None = None,
) -> Generator[dict[str, Any], None, None]:
    """Run `python -m module` and yield each line it writes, a JSON object.

    request: handed over as one line of JSON on standard input. deadline_s: seconds from
    the first `next` to the end. max_line: bytes of one line. threads: how many the
    numerical libraries may use. warm: whose worker is taken, of this module and these
    threads. The whole process group is killed when the iterator is closed, at the
    deadline and on any error, and gone when this returns. Raises WorkerError: no start,
    late, too long a line, no JSON, an exit code that is not 0.
    """
    until = time.monotonic() + deadline_s
    worker = (warm or Warm(module, threads)).take()
    try:
        worker.ask(json.dumps(request).encode() + b"\n")
        for line in worker.lines(until, max_line):
            yield _object(module, line)
        worker.finish(until)
    finally:
        worker.end()


def _started(module: str, threads: int) -> "_Worker":
    try:
        return _Worker(module, threads)
    except OSError as error:
        said = _("{program} could not be started: {why}")
        raise WorkerError(said.format(program=module, why=error)) from None


def _object(module: str, line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        shown = line[:80].decode(errors="replace")
        said = _("{program} wrote what is no JSON object: {text}")
        raise WorkerError(said.format(program=module, text=repr(shown)))
    return value


def environment(threads: int) -> dict[str, str]:
    """The worker's environment: ours, these threads, and this drillbox on its path."""
    above = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    path = [above, *filter(None, [os.environ.get("PYTHONPATH")])]
    counts = dict.fromkeys(_THREADS, str(threads))
    return {**os.environ, **counts, "PYTHONPATH": os.pathsep.join(path)}


class _Worker:
    """The process, its three pipes, and what is left of its last words."""

    def __init__(self, module: str, threads: int) -> None:
        self.module = module
        self.request, self.last_words = b"", b""
        self.stopped = False
        # -P: a file called random.py where the learner stands must not be imported.
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(threads),
            start_new_session=True,
            bufsize=0,
        )
        streams = (self.process.stdin, self.process.stdout, self.process.stderr)
        self.input, *self.pipes = (pipe for pipe in streams if pipe is not None)
        self.open = selectors.DefaultSelector()
        for pipe in self.pipes:
            self.open.register(pipe, selectors.EVENT_READ)

    def ask(self, request: bytes) -> None:
        """What it is to be sent while its lines are read."""
        # It may read nothing: then a pipe that is full must not block us.
        os.set_blocking(self.input.fileno(), False)
        self.request = request
        self.open.register(self.input, selectors.EVENT_WRITE)

    def stop(self) -> None:
        """From another thread: kill it; its lines end, and no error is made of that."""
        self.stopped = True
        if self.process.poll() is None:
            self._kill()

    def lines(self, until: float, max_line: int) -> Iterator[bytes]:
        """Each whole line of its output, until both pipes are at their end."""
        rest = b""
        while self.open.get_map():
            *whole, rest = (rest + self._more(until)).split(b"\n")
            if max(map(len, (*whole, rest))) > max_line:
                said = _("{program} wrote a line over {n} bytes")
                raise WorkerError(said.format(program=self.module, n=max_line))
            yield from whole
        if rest and not self.stopped:
            yield rest

    def _more(self, until: float) -> bytes:
        """What it wrote since; b"" where only its last words grew. Waits for it."""
        output = b""
        for key, _events in self.open.select(self._left(until)):
            if key.fileobj is self.input:
                self._send()
                continue
            chunk = os.read(key.fd, _CHUNK)
            if not chunk:
                self.open.unregister(key.fileobj)
            elif key.fileobj is self.process.stdout:
                output = chunk
            else:
                self.last_words = (self.last_words + chunk)[-_STDERR_KEPT:]
        return output

    def _send(self) -> None:
        """As much of the request as there is room for; the pipe is closed behind it."""
        with suppress(BrokenPipeError):  # it has ended, and its last words say why
            self.request = self.request[os.write(self.input.fileno(), self.request) :]
            if self.request:
                return
        self.open.unregister(self.input)
        self.input.close()

    def _left(self, until: float) -> float:
        left = until - time.monotonic()
        if left <= 0:
            raise self._late()
        return left

    def _late(self) -> WorkerError:
        said = _("{program} took longer than it may and was ended")
        return WorkerError(said.format(program=self.module) + self._because())

    def finish(self, until: float) -> None:
        """Wait for its end, which must be a good one."""
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self._left(until))
        code = self.process.returncode
        if self.stopped:
            return
        if code is None:
            raise self._late()
        if code < 0:
            killed = _("{program} was ended by signal {n}")
            raise WorkerError(killed.format(program=self.module, n=-code))
        if code:
            ended = _("{program} ended with {n}").format(program=self.module, n=code)
            raise WorkerError(ended + self._because())

    def _because(self) -> str:
        said = self.last_words.decode(errors="replace").strip().splitlines()
        return f": {said[-1].strip()[:_SENTENCE]}" if said else ""

    def end(self) -> None:
        """Kill whatever is left of its process group and close the pipes."""
        self._kill()
        self.process.wait()
        self.open.close()
        for pipe in (self.input, *self.pipes):
            pipe.close()

    def _kill(self) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
