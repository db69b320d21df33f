"""A case that gave no result, in one sentence with the way out."""

import re
import signal
from collections.abc import Mapping
from typing import Any

from drillbox.grader.printable import line
from drillbox.words import _, ngettext
from drillbox.workers.spawn import Outcome

_RUNNING = re.compile(rb'File "([^"\n]{1,300})", line (\d{1,7})')
_NO_GPU = ("No CUDA GPUs", "Found no NVIDIA driver", "not compiled with CUDA", "MPS b")
_NO_MEMORY = "can't allocate memory"
_BARRED = "Operation not permitted"
_STOPS = frozenset({"Missing", "SyntaxError", "IndentationError", "TabError"})


def ended(outcome: Outcome, function: str, file: str, seconds: float) -> str:
    """Why nothing came back: late, lost, crashed, or ended by itself."""
    if outcome.flooded:
        return _(
            "printed more than 1 MB and was cut off; take the print out of the loop"
        )
    if outcome.end == "late":
        return _late(_running(outcome.result, file), function, f"{seconds:.1f}")
    if outcome.end == "lost":
        return _("the code ended the process that runs it; return a value instead")
    if outcome.status < 0:
        return _signalled(-outcome.status)
    if outcome.result:
        return _("what came back is no result; return a value and leave the rest alone")
    return _(
        "the process ended (exit code {status}) before {function}() had returned; take "
        "out os._exit() and its like, and leave open files alone"
    ).format(status=outcome.status, function=function)


def _late(line: str, function: str, n: str) -> str:
    if not line:
        late = _("stopped after {n} s: {function}() did not return")
        return late.format(n=n, function=function)
    there = _(
        "stopped after {n} s: {function}() did not return; last line running: {line}"
    )
    return there.format(n=n, function=function, line=line)


def _running(trace: bytes, file: str) -> str:
    """`FILE:7`, the last line running, from faulthandler's text; "" if unknown."""
    for name, number in _RUNNING.findall(trace):
        if name.decode("utf-8", "replace") == file:
            return f"{file}:{int(number)}"
    return ""


def _signalled(number: int) -> str:
    if number == getattr(signal, "SIGXCPU", None):
        return _("stopped: it used up its processor time")
    try:
        name = signal.Signals(number).name
    except ValueError:
        name = _("signal {n}").format(n=number)
    return _(
        "the process crashed ({name}): memory that ran out, or a call gone wrong"
    ).format(name=name)


def raised(error: Mapping[str, Any], signature: str) -> tuple[str, bool]:
    """What the code raised; and whether every other case would say the same."""
    kind, message = line(str(error.get("kind")), 80), line(str(error.get("message")))
    number = error.get("line")
    placed = type(number) is int
    source = line(str(error.get("text") or ""), 120)
    shown = f" — {source}" if source and placed else ""
    shown += _way(error.get("before"))
    said = _sentence(kind, message, signature) + shown
    said = _("line {n}: {text}").format(n=number, text=said) if placed else said
    return said, kind in _STOPS


def _way(before: Any) -> str:
    """The learner's lines that led there; the traceback has more, none of it theirs."""
    listed = before if isinstance(before, list) else []
    numbers = [str(one) for one in listed if type(one) is int and 0 < one < 10**7]
    if not numbers:
        return ""
    said = ngettext(
        "(called from line {numbers})", "(called from lines {numbers})", len(numbers)
    )
    return " " + said.format(numbers=", ".join(numbers[:3]))


def _sentence(kind: str, message: str, signature: str) -> str:
    if kind == "Missing":
        none = _("the file defines no function {signature}")
        return none.format(signature=signature)
    if kind in _STOPS:
        return _("this does not parse: {why}").format(why=message)
    if kind in ("SystemExit", "KeyboardInterrupt"):
        return _("the code left the program; return a value instead of exiting")
    if kind == "MemoryError" or _NO_MEMORY in message:
        return _("ran out of memory (4 GB); the arrays here need only a few kilobytes")
    said = f"{kind}: {message}" if message else kind
    if any(hint in message for hint in _NO_GPU):
        hidden = _("{error}: a GPU is hidden here; write for the CPU, or use --device")
        return hidden.format(error=f"{kind}: {message}")
    if kind == "PermissionError" or _BARRED in message:
        barred = _("{error}: no files, network or other programs here")
        return barred.format(error=f"{kind}: {message}")
    return said
