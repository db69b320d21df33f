"""The fork server: one child for each job, killed at its deadline.

Loaded by inside.py by its path; it imports no drillbox module. The server stays a
single task: had it ever run a multi-threaded operation, a forked child would hang for
ever in the first log-sigmoid, so this is asserted before each fork.
"""

import contextlib
import ctypes
import faulthandler
import fcntl
import gc
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from typing import Any

RESULT, RULES = 3, 4
GRACE_S = 0.1
SWEEP_S = 2.0
_SUBREAPER = 36

Warm = Callable[[Any, dict[str, Any]], None]
Reply = Callable[[int, bytes], None]


def serve(worker: Any, warm: Warm, reply: Reply, descriptor: int) -> None:
    """Answer jobs on this socket until the supervisor goes away."""
    server = ForkServer(worker, warm, reply, descriptor)
    server.serve()


class ForkServer:
    """Reads a job and two pipes; forks; answers how the child ended."""

    def __init__(self, worker: Any, warm: Warm, reply: Reply, descriptor: int) -> None:
        self.worker, self.warm, self.reply = worker, warm, reply
        self.socket = socket.socket(fileno=descriptor)

    def serve(self) -> None:
        """Answer jobs until the supervisor goes away."""
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)  # orphans come to us
        gc.collect()
        gc.freeze()
        self.socket.sendall(self.worker.ready())
        while True:
            mark, pipes, _, _ = socket.recv_fds(self.socket, 1, 2)
            frame = self.worker.frame
            data = frame.read(self.socket.recv, frame.LARGE) if mark else None
            if data is None:
                return
            self._job(data, *pipes)

    def _job(self, data: bytes, result: int, output: int) -> None:
        frame = self.worker.frame
        job, arrays = frame.unpack(data, frame.LARGE)
        self.warm(self.worker, job)
        _assert_single_task()
        started = time.monotonic()
        child = os.fork()
        if child == 0:
            try:
                self._child(job, arrays, result, output)
            finally:
                os._exit(70)
        os.close(result)
        os.close(output)
        head = self._watch(child, started, started + job["seconds"])
        self.socket.sendall(frame.pack(head))

    def _child(self, job: Any, arrays: Any, result: int, output: int) -> None:
        os.setsid()
        _place_descriptors(result, output, self.worker.rules)
        faulthandler.register(signal.SIGUSR1, file=RESULT, all_threads=False)
        rules = None if self.worker.rules is None else RULES
        self.worker.confine(rules)
        self.reply(RESULT, self.worker.answer(job, arrays))
        os._exit(0)

    def _watch(self, child: int, started: float, deadline: float) -> dict[str, Any]:
        handle = os.pidfd_open(child)
        ended = self._wait(handle, deadline)
        if not ended:  # faulthandler writes the running line to the result pipe
            os.kill(child, signal.SIGUSR1)
            self._wait(handle, time.monotonic() + GRACE_S)
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        os.close(handle)
        seconds = time.monotonic() - started
        _sweep(child)
        code = os.waitstatus_to_exitcode(status)
        return {"killed": not ended, "status": code, "seconds": seconds}

    def _wait(self, handle: int, deadline: float) -> bool:
        """Whether the child ended in time. The supervisor leaving ends everything."""
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        poll.register(self.socket, select.POLLIN)
        left = max(0.0, deadline - time.monotonic())
        for descriptor, _ in poll.poll(left * 1000):
            if descriptor != handle:
                os._exit(0)  # the children die with their parent
            return True
        return False


def _assert_single_task() -> None:
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("the fork server has a second thread; a child would hang")


def _place_descriptors(result: int, output: int, rules: int | None) -> None:
    """0 is empty, 1 and 2 the output, 3 the result, 4 the rules; nothing else."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    wanted = [nothing, output, output, result, nothing if rules is None else rules]
    high = [fcntl.fcntl(one, fcntl.F_DUPFD, 64) for one in wanted]
    for place, descriptor in enumerate(high):
        os.dup2(descriptor, place)
    os.closerange(RULES if rules is None else RULES + 1, 1024)


def _sweep(group: int) -> None:
    """End what the child left behind; where seccomp holds there is never anything."""
    until = time.monotonic() + SWEEP_S
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)
    while time.monotonic() < until:
        try:
            done, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if done == 0:
            _kill_children()


def _kill_children() -> None:
    me = os.getpid()
    with open(f"/proc/self/task/{me}/children", encoding="ascii") as file:
        children = file.read().split()
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(child), signal.SIGKILL)
