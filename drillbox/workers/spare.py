"""A warm process that is used for one submission and thrown away.

For CUDA, which does not survive a fork, and for macOS and Windows, where forking a
process that has imported torch is not safe. While one is used the next is starting.
"""

import contextlib
import os
import re
import signal
import subprocess
import time
from typing import Any

from drillbox.words import _
from drillbox.workers.frame import SMALL, Caps, FrameError, unpack
from drillbox.workers.piped import Gone, Late, Piped
from drillbox.workers.spawn import Outcome, Program, kill, kill_group

READY_S = 120.0
GRACE_S = 0.2
_TRACE = re.compile(rb"(?:Fatal Python error|Current thread|Stack \(most)")


class Spare:
    """Two processes at most: the one in use and the one that warms up. caps: of a
    job's result."""

    def __init__(self, program: Program, caps: Caps = SMALL) -> None:
        self.program, self.caps = program, caps
        self.current = self._start()
        self.next: Piped | None = None
        self.greeted = False

    def _start(self) -> Piped:
        program = self.program
        command, environment = program.command(None), program.environment()
        return Piped(command, environment, self.caps, program.watched)

    def ready(self, timeout_s: float) -> dict[str, Any]:
        """Wait until it has imported everything; what it says of itself."""
        try:
            head = unpack(self.current.receive(timeout_s))[0]
        except (Gone, Late, FrameError):
            said = self.last_words()
            self.close()
            raise Gone(said) from None
        self.greeted = True
        return head

    def last_words(self) -> str:
        """The last line that it wrote on its error stream."""
        lines = self.current.take_output()[0].decode(errors="replace").splitlines()
        return lines[-1].strip()[:300] if lines else _("it said nothing")

    def run(self, job: bytes, seconds: float) -> Outcome:
        """Run one job of the submission; a late process is replaced."""
        if not self.greeted:
            self.ready(READY_S)
        if self.next is None:
            self.next = self._start()
        started = time.monotonic()
        self.current.send(job)
        try:
            result = self.current.receive(seconds)
        except Late:
            return self._late(time.monotonic() - started)
        except Gone:
            return self._gone(time.monotonic() - started)
        output, flooded = self.current.take_output()
        spent = time.monotonic() - started
        return Outcome(result, output, "answered", 0, spent, flooded)

    def _late(self, seconds: float) -> Outcome:
        if hasattr(signal, "SIGUSR1"):  # faulthandler answers with the running line
            os.kill(self.current.process.pid, signal.SIGUSR1)
            time.sleep(GRACE_S)
        output, flooded = self.current.take_output()
        self.submitted()
        at = _TRACE.search(output)
        trace, shown = (
            (output[at.start() :], output[: at.start()]) if at else (b"", output)
        )
        return Outcome(trace, shown, "late", 0, seconds, flooded)

    def _gone(self, seconds: float) -> Outcome:
        process = self.current.process
        with contextlib.suppress(subprocess.TimeoutExpired):  # it may only be silent
            process.wait(GRACE_S)
            kill_group(process)  # what it has started and left behind
        output, flooded = self.current.take_output()
        status = process.returncode or 0
        self.submitted()
        return Outcome(b"", output, "answered", status, seconds, flooded)

    def submitted(self) -> None:
        """A submission is done: its process is ended and the warm one takes over."""
        self.current.close()
        self.current, self.next = self.next or self._start(), None
        self.greeted = False

    def stop(self) -> None:
        """From another thread: kill both; a job that runs ends. `close` comes after."""
        for one in (self.current, self.next):
            if one is not None:
                kill(one.process)

    def close(self) -> None:
        """End both."""
        for one in (self.current, self.next):
            if one is not None:
                one.close()
        self.next = None
