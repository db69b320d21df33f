"""A case that gave no result, in one sentence with the way out."""

import re
import signal
from collections.abc import Mapping
from typing import Any

from drillbox.grader.printable import line
from drillbox.workers.spawn import Outcome

_RUNNING = re.compile(rb'File "([^"\n]{1,300})", line (\d{1,7})')
_NO_GPU = ("No CUDA GPUs", "Found no NVIDIA driver", "not compiled with CUDA", "MPS b")
_STOPS = frozenset({"Missing", "SyntaxError", "IndentationError", "TabError"})


def ended(outcome: Outcome, function: str, file: str, seconds: float) -> str:
    """Why nothing came back: late, lost, crashed, or ended by itself."""
    if outcome.flooded:
        return "printed more than 1 MB and was cut off; take the print out of the loop"
    if outcome.end == "late":
        where = _running(outcome.result, file)
        return f"stopped after {seconds:.1f} s: {function}() did not return{where}"
    if outcome.end == "lost":
        return "the code ended the process that runs it; return a value instead"
    if outcome.status < 0:
        return _signalled(-outcome.status)
    if outcome.result:
        return "what came back is no result; return a value and leave the rest alone"
    return (
        f"the process ended (exit code {outcome.status}) before {function}() had "
        "returned; take out os._exit() and its like, and leave open files alone"
    )


def _running(trace: bytes, file: str) -> str:
    """`; last line running: FILE:7`, from faulthandler's text."""
    for name, number in _RUNNING.findall(trace):
        if name.decode("utf-8", "replace") == file:
            return f"; last line running: {file}:{int(number)}"
    return ""


def _signalled(number: int) -> str:
    if number == getattr(signal, "SIGXCPU", None):
        return "stopped: it used up its processor time"
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = f"signal {number}"
    return f"the process crashed ({name}): memory that ran out, or a call gone wrong"


def raised(error: Mapping[str, Any], signature: str) -> tuple[str, bool]:
    """What the code raised; and whether every other case would say the same."""
    kind, message = line(str(error.get("kind")), 80), line(str(error.get("message")))
    number = error.get("line")
    place = f"line {number}: " if type(number) is int else ""
    source = line(str(error.get("text") or ""), 120)
    shown = f" — {source}" if source and place else ""
    shown += _way(error.get("before"))
    return place + _sentence(kind, message, signature) + shown, kind in _STOPS


def _way(before: Any) -> str:
    """The learner's lines that led there; the traceback has more, none of it theirs."""
    listed = before if isinstance(before, list) else []
    numbers = [str(one) for one in listed if type(one) is int and 0 < one < 10**7]
    if not numbers:
        return ""
    word = "line" if len(numbers) == 1 else "lines"
    return f" (called from {word} {', '.join(numbers[:3])})"


def _sentence(kind: str, message: str, signature: str) -> str:
    if kind == "Missing":
        return f"the file defines no function {signature}"
    if kind in _STOPS:
        return f"this does not parse: {message}"
    if kind in ("SystemExit", "KeyboardInterrupt"):
        return "the code left the program; return a value instead of exiting"
    if kind == "MemoryError" or "can't allocate memory" in message:
        return "ran out of memory (4 GB); the arrays here need only a few kilobytes"
    if any(hint in message for hint in _NO_GPU):
        advice = "a GPU is hidden here; write for the CPU, or use --device"
        return f"{kind}: {message}: {advice}"
    if kind == "PermissionError" or "Operation not permitted" in message:
        return f"{kind}: {message}: no files, network or other programs here"
    return f"{kind}: {message}" if message else kind
