"""What ends an app whose server is gone: the standard library only.

The server holds one end of a pipe and never writes to it. When the server ends, however
it ends, the other end says so, and the app's whole process group is ended: an app that
hangs, and what it started, included.
"""

import os
import signal
import threading

NAME = "DRILLBOX_SERVED"  # the pipe's number, in the environment of a served app


def served() -> bool:
    """Does this process have a browser for its terminal?"""
    return NAME in os.environ


def hold() -> None:
    """In a served app: end with the server. Elsewhere nothing."""
    number = os.environ.get(NAME)
    if number is not None:
        os.set_inheritable(int(number), False)
        threading.Thread(target=_wait, args=(int(number),), daemon=True).start()


def _wait(pipe: int) -> None:
    os.read(pipe, 1)
    os.killpg(os.getpgrp(), signal.SIGKILL)
