"""One tab: the process of its app, which ends with it."""

import asyncio
import os
import signal
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from drillbox.web import lifeline

GRACE_S = 3.0  # a grading that runs may end its case


class Tab(AppService):
    """textual-serve's service, but no shell, a process group, and an end.

    command: program and arguments. alive: the reading end of the server's pipe.
    """

    def __init__(
        self,
        command: Sequence[str],
        alive: int,
        send: Callable[[bytes], Awaitable[None]],
        send_text: Callable[[str], Awaitable[None]],
        close: Callable[[], Awaitable[None]],
        downloads: DownloadManager,
    ) -> None:
        super().__init__(
            " ".join(command),
            write_bytes=send,
            write_str=send_text,
            close=close,
            download_manager=downloads,
        )
        self.program = command
        self.alive = alive

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width=width, height=height)
        environment[lifeline.NAME] = str(self.alive)
        self._process = await asyncio.create_subprocess_exec(
            *self.program,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=environment,
            pass_fds=(self.alive,),
            start_new_session=True,
        )
        assert self._process.stdin is not None
        self._stdin = self._process.stdin
        return self._process

    async def stop(self) -> None:
        """Ask the app to end; after GRACE_S its whole group is ended."""
        process, reader = self._process, self._task
        if process is None or reader is None:
            return
        self._task = None
        await self.send_meta({"type": "quit"})
        await asyncio.wait({reader}, timeout=GRACE_S)  # it reads until the app ends
        with suppress(ProcessLookupError):  # where all of it has ended
            os.killpg(process.pid, signal.SIGKILL)
        reader.cancel()  # where it waits for a browser that takes nothing more
        await asyncio.wait({reader})
        await process.wait()
