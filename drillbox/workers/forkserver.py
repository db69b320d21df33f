"""The supervisor's end of the fork server: one job in, one outcome out.

Linux. The child of each job gets two pipes of its own, one for its result and one for
what it prints; the server says on a socket only how the child ended.
"""

import os
import selectors
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from typing import Any

from drillbox.words import _
from drillbox.workers.frame import PREFIX, SMALL, Caps, FrameError, read, unpack
from drillbox.workers.spawn import Outcome, Program, kill

OUTPUT_KEPT = 1 << 16
OUTPUT_MOST = 1 << 20
OVERTIME_S = 5.0  # for the server to kill and sweep, before we kill the server
LINGER_S = 0.2


class Lost(Exception):
    """The worker is gone; the reason, if it gave one."""


class ForkServer:
    """A running fork server. Not for two threads at once. caps: of a job's result."""

    def __init__(self, program: Program, caps: Caps = SMALL) -> None:
        self.most = PREFIX.size + caps.header + caps.body
        ours, theirs = socket.socketpair()
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        try:
            self.process = subprocess.Popen(
                program.command(theirs.fileno()),
                pass_fds=[theirs.fileno()],
                env=program.environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self.errors,
                start_new_session=True,
                cwd="/",
            )
        except BaseException:
            ours.close()
            self.errors.close()
            raise
        finally:
            theirs.close()
        self.socket = ours

    def ready(self, timeout_s: float) -> dict[str, Any]:
        """Wait until it has imported everything; what it says of itself."""
        try:
            return self._reply(timeout_s)
        except Lost:
            reason = self.last_words()
            self.close()
            raise Lost(reason) from None

    def _reply(self, timeout_s: float) -> dict[str, Any]:
        self.socket.settimeout(timeout_s)
        try:
            data = read(self.socket.recv)
            head = None if data is None else unpack(data)[0]
        except (OSError, FrameError) as error:
            raise Lost(str(error)) from None
        if head is None:
            raise Lost(_("it ended"))
        return head

    def last_words(self) -> str:
        """The last line that it wrote on its error stream."""
        self.errors.seek(0)
        lines = self.errors.read(OUTPUT_KEPT).decode(errors="replace").splitlines()
        fatal = [one for one in lines if one.startswith("Fatal Python error")]
        return (fatal or lines)[-1].strip()[:300] if lines else _("it said nothing")

    def run(self, job: bytes, seconds: float) -> Outcome:
        """Send a job and collect what comes back; never later than a few seconds
        after its deadline. After `lost` the server must be started again."""
        result, result_end = os.pipe()
        output, output_end = os.pipe()
        collecting = _Collecting(result, output, self.most)
        try:
            self.socket.settimeout(OVERTIME_S)
            socket.send_fds(self.socket, [b"J"], [result_end, output_end])
            os.close(result_end)
            os.close(output_end)
            result_end = output_end = -1
            self.socket.sendall(job)
            head = self._collect(collecting, time.monotonic() + seconds + OVERTIME_S)
        except (Lost, OSError):
            return collecting.outcome({}, "lost")
        finally:
            for descriptor in {result_end, output_end} - {-1}:
                os.close(descriptor)
            collecting.close()
        return collecting.outcome(head, "late" if head["killed"] else "answered")

    def _collect(self, collecting: "_Collecting", deadline: float) -> dict[str, Any]:
        head: dict[str, Any] | None = None
        selector = collecting.selector
        selector.register(self.socket, selectors.EVENT_READ)
        while head is None or collecting.open:
            left = deadline - time.monotonic()
            ready = (
                [key.fd for key, _events in selector.select(left)] if left > 0 else []
            )
            if not ready:
                break  # someone that outlived the child still holds its pipes
            for descriptor in ready:
                if descriptor != self.socket.fileno():
                    collecting.take(descriptor)
                    continue
                head = self._reply(OVERTIME_S)
                selector.unregister(self.socket)
                deadline = min(deadline, time.monotonic() + LINGER_S)
        if head is None or head.keys() != {"killed", "status", "seconds"}:
            raise Lost(_("it did not answer"))
        return head

    def submitted(self) -> None:
        """A submission is done; a fork server has nothing left of it."""

    def stop(self) -> None:
        """From another thread: kill it; a job that runs is lost. Then `close` it."""
        kill(self.process)

    def close(self) -> None:
        """End it and everything it started."""
        self.socket.close()
        kill(self.process)
        self.errors.close()


@dataclass
class _Collecting:
    """The two pipes of one job, read with caps."""

    result: int
    output: int
    most: int
    selector: selectors.DefaultSelector = field(
        default_factory=selectors.DefaultSelector
    )
    parts: dict[int, bytearray] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    printed: int = 0

    def __post_init__(self) -> None:
        for descriptor in (self.result, self.output):
            self.selector.register(descriptor, selectors.EVENT_READ)
            self.parts[descriptor] = bytearray()
            self.open.add(descriptor)

    def take(self, descriptor: int) -> None:
        """Read once; at its end, or beyond its cap, close the pipe: the writer then
        gets an error instead of filling our memory."""
        part = os.read(descriptor, 1 << 16)
        kept = self.parts[descriptor]
        if descriptor == self.output:
            self.printed += len(part)
            kept += part[: OUTPUT_KEPT - len(kept)]
            over = self.printed > OUTPUT_MOST
        else:
            kept += part
            over = len(kept) > self.most
        if over or not part:
            self._shut(descriptor)

    def _shut(self, descriptor: int) -> None:
        self.selector.unregister(descriptor)
        self.open.discard(descriptor)
        os.close(descriptor)

    def close(self) -> None:
        """Close what is still open."""
        for descriptor in tuple(self.open):
            self._shut(descriptor)
        self.selector.close()

    def outcome(self, head: dict[str, Any], end: Any) -> Outcome:
        """What was collected, with how the server says the child ended."""
        status, seconds = head.get("status", 0), head.get("seconds", 0.0)
        flooded = self.printed > OUTPUT_MOST
        result, output = bytes(self.parts[self.result]), bytes(self.parts[self.output])
        return Outcome(result, output, end, int(status), float(seconds), flooded)
