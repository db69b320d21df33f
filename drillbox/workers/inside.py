"""The program that runs a learner's code. It imports no drillbox module.

Started by its path, `python -I -S -B -u inside.py CONFIG`. It imports torch (or only
numpy) once. Where forking is safe it becomes a fork server (forking.py): a child for
every job confines itself, runs the code and answers with raw arrays on a pipe of its
own. Elsewhere (CUDA, macOS, Windows) the process itself runs the jobs of one
submission and is thrown away.

It knows no exercise, no expected value and no seed. A job brings everything: the
source, the arguments, and the text of a harness whose `run` calls the function.
"""

import builtins
import contextlib
import faulthandler
import importlib
import importlib.util
import json
import linecache
import os
import signal
import struct
import sys
import traceback
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any

TEXT, WAY = 2000, 3


def load(path: str) -> Any:
    """The module at this path, under its file's name."""
    name = os.path.splitext(os.path.basename(path))[0]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


class Refuse:
    """An import hook: these modules cannot be imported here, and why."""

    def __init__(self, reasons: dict[str, str]) -> None:
        self.reasons = reasons

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        """Raise for a refused name; None leaves the others to the next finder."""
        top = name.partition(".")[0]
        if top in self.reasons:
            raise ModuleNotFoundError(self.reasons[top], name=name)


class Worker:
    """What both modes share: imports, layers and running one job."""

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config
        self.codes: dict[str, CodeType] = {}
        sys.path += config["paths"]
        self.frame = load(config["frame"])
        self.torch: Any = None
        if config["torch"]:
            self._import_torch()
        self._restore_exit()
        sys.meta_path.insert(0, Refuse(config["refuse"]))
        self.rules, self.seccomp = self._layers()

    def _import_torch(self) -> None:
        self.torch = importlib.import_module("torch")
        self.torch.set_num_threads(1)
        warm = self.torch.ones(3, requires_grad=True)  # reads /proc/cpuinfo once, here
        self.torch.nn.functional.logsigmoid(warm).mean().backward()

    def _restore_exit(self) -> None:
        """`exit()` and `quit()`, which `-S` leaves out and learners' files use."""
        for name in ("exit", "quit"):
            setattr(builtins, name, sys.exit)

    def _layers(self) -> tuple[int | None, Any]:
        asked, rules, seccomp = self.config["confine"], None, None
        if asked["landlock"]:
            landlock = load(asked["landlock"])
            if landlock.abi() > 0:
                rules = landlock.rules(asked["read"], asked["listed"])
        if asked["seccomp"]:
            module = load(asked["seccomp"])
            seccomp = module if module.available() else None
        return rules, seccomp

    def ready(self) -> bytes:
        """The first frame: what this worker is and which layers it has."""
        cuda = bool(self.torch and self.torch.cuda.is_available())
        mps = bool(self.torch and self.torch.backends.mps.is_available())
        head = {"ready": True, "cuda": cuda, "mps": mps}
        head["seccomp"] = self.seccomp is not None
        version = sys.modules["landlock"].abi() if self.rules is not None else 0
        return bytes(self.frame.pack({**head, "landlock": version}))

    def confine(self, rules: int | None) -> None:
        """Give up everything that the learner's code does not need, for ever."""
        self._limit()
        if sys.platform == "linux":
            _drop_privileges()
            if rules is not None:
                sys.modules["landlock"].restrict(rules)
                os.close(rules)
            if self.seccomp is not None:
                self.seccomp.enter()
        os.environ.clear()

    def _limit(self) -> None:
        try:
            import resource
        except ImportError:  # Windows has none of these
            return
        limits = self.config["limits"]
        for name, value in limits.items():
            kind = getattr(resource, f"RLIMIT_{name}", None)
            if kind is not None:
                _, hard = resource.getrlimit(kind)
                most = value if hard < 0 else min(value, hard)
                with contextlib.suppress(ValueError, OSError):  # macOS refuses some
                    resource.setrlimit(kind, (most, most))

    def answer(self, job: dict[str, Any], arrays: list[Any]) -> bytes:
        """Run one job; the frame of its outputs, or of what went wrong."""
        try:
            outputs = self._run(job, arrays)
            head, sent = self._outputs(outputs)
            return bytes(self.frame.pack(head, sent))
        except BaseException as error:
            return bytes(self.frame.pack({"error": describe(error, job["file"])}))

    def code(self, text: str) -> CodeType:
        """A harness, compiled once: that takes 2 ms, a case takes less."""
        if text not in self.codes:
            self.codes[text] = compile(text, "<harness>", "exec")
        return self.codes[text]

    def _run(self, job: dict[str, Any], arrays: list[Any]) -> list[tuple[str, Any]]:
        harness = ModuleType("harness")
        harness.__dict__["compiled"] = self.code
        exec(self.code(job["harness"]), harness.__dict__)
        arguments = {
            name: received(kind, value, arrays)
            for name, (kind, value) in job["arguments"]
        }
        function = self._function(job)
        outputs: list[tuple[str, Any]] = harness.__dict__["run"](
            function, arguments, job["options"]
        )
        return outputs

    def _function(self, job: dict[str, Any]) -> Any:
        if not job["function"]:
            return None
        source, file = job["source"], job["file"]
        module = ModuleType("submission")
        module.__file__ = file
        sys.modules["submission"] = module
        linecache.cache[file] = (len(source), None, source.splitlines(True), file)
        code: CodeType = compile(source, file, "exec")
        exec(code, module.__dict__)
        function = module.__dict__.get(job["function"])
        if not callable(function):
            raise Missing(job["function"])
        return function

    def _outputs(self, outputs: list[tuple[str, Any]]) -> tuple[dict[str, Any], Any]:
        listed: list[Any] = []
        arrays: list[Any] = []
        for name, value in outputs:
            if isinstance(value, dict):  # what it is, where it cannot travel
                listed.append([name, value])
                continue
            listed.append([name, {"array": len(arrays)}])
            arrays.append(value)
        return {"outputs": listed}, arrays


def received(kind: str, value: Any, arrays: list[Any]) -> Any:
    """An argument: a plain value, an array, or a pair of a dtype numpy lacks and it."""
    if kind == "value":
        return value
    return arrays[value] if kind == "array" else (kind, arrays[value])


def reply(descriptor: int, answer: bytes) -> None:
    """Push out what the learner printed, then write the whole answer."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BaseException):
            stream.flush()
    rest = memoryview(answer)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def warm(worker: Worker, job: dict[str, Any]) -> None:
    """Do once what every job of this kind needs; all of it drillbox's own text."""
    for text in (job["harness"], job["calls"]):
        worker.code(text)
    if job["warm"]:
        exec(compile(job["warm"], "<warm>", "exec"), {})


class Missing(Exception):
    """The submission defines no function of this name."""


def _drop_privileges() -> None:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(1, signal.SIGKILL, 0, 0, 0)  # PR_SET_PDEATHSIG
    header = struct.pack("Ii", 0x20080522, 0)  # capabilities, version 3; this thread
    libc.capset(header, struct.pack("6I", *(0,) * 6))
    if libc.prctl(38, 1, 0, 0, 0) != 0:  # PR_SET_NO_NEW_PRIVS
        raise OSError("no_new_privs was refused")


def describe(error: BaseException, file: str) -> dict[str, Any]:
    """What went wrong, for the supervisor: type, message, the learner's line, and the
    lines of theirs on the way there, outermost first."""
    lines = _lines(error, file)
    line = lines[-1] if lines else None
    return {
        "kind": type(error).__name__[:80],
        "message": _message(error),
        "line": line,
        "text": linecache.getline(file, line).strip()[:200] if line else "",
        "before": lines[:-1][-WAY:],
    }


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)[:TEXT]
    try:
        return str(error)[:TEXT]
    except BaseException:  # a __str__ of the learner's own may do anything
        return "(an exception whose text cannot be shown)"


def _lines(error: BaseException, file: str) -> list[int]:
    """Where the traceback stands in this file; nobody else's lines."""
    found = [
        number
        for frame, number in _walk(error.__traceback__)
        if frame.f_code.co_filename == file
    ]
    if not found and isinstance(error, SyntaxError) and error.filename == file:
        return [error.lineno] if error.lineno else []
    return found


def _walk(trace: TracebackType | None) -> list[tuple[FrameType, int]]:
    return list(traceback.walk_tb(trace))


def once(worker: Worker) -> None:
    """No fork: jobs on standard input, answers on the first standard output."""
    jobs, answers = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # what the learner prints goes to the captured error stream
    reply(answers, worker.ready())
    confined = False
    frame = worker.frame
    while (data := frame.read(lambda n: os.read(jobs, n), frame.LARGE)) is not None:
        job, arrays = frame.unpack(data, frame.LARGE)
        warm(worker, job)
        if not confined:
            if hasattr(signal, "SIGUSR1"):  # the supervisor asks for the running line
                faulthandler.register(signal.SIGUSR1, all_threads=False)
            worker.confine(worker.rules)
            confined = True
        reply(answers, worker.answer(job, arrays))
    os._exit(0)


def main() -> None:
    """Read the configuration and serve."""
    config = json.loads(sys.argv[1])
    worker = Worker(config)
    if config["forking"]:
        load(config["forking"]).serve(worker, warm, reply, config["descriptor"])
    else:
        once(worker)


if __name__ == "__main__":
    main()
