"""No hostile submission passes, none takes the grader down, none leaves anything.

Each file here that is no test is a submission; its docstring says what it tries and
what must hold. `# stopped by: …` names what stops it (test_layers.py tries that out).
`# exercise: ID`: of another exercise than dpo-loss. `# endless`: only its deadline ends
it. A submission prints THROUGH where it got hold of what must be out of reach.
Where right answers stand that must still pass: tests/grader/right/.
"""

import glob
import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import drillbox
from drillbox import places
from drillbox.grader.exercise import Exercise, find
from drillbox.grader.report import Report
from drillbox.grader.sandbox import bwrap, landlock, seccomp
from drillbox.grader.sandbox.ladder import Layer
from drillbox.grader.supervisor import Grader

HERE = Path(__file__).parent
HOSTILE = {
    path.stem: path
    for path in sorted(HERE.glob("*.py"))
    if not path.stem.startswith(("test_", "conftest"))
}
RIGHT = {
    path.stem: path for path in sorted((HERE.parent / "grader" / "right").glob("*.py"))
}
SECONDS, SHORT = 3.0, 0.3  # the deadline of one case; of an endless one
OVERTIME = 6.0  # to kill, to sweep and to judge, on a busy machine
STRONG = ("confined", "sealed")
STOPS = {
    "bwrap": "layers of Linux, which test_layers.py takes away",
    "landlock": "",
    "seccomp": "",
    "rlimits": "",
    "kernel": "memory that is not there is not given",
    "verdict": "compared in another process: shape, dtype, finite, close, equal bits",
    "gradients": "they are compared too",
    "echo": "the arguments come back and are compared",
    "cases": "drawn anew for every submission, of every size, extreme ones among them",
    "carrying": "exact types, dense, copied by the base class's own methods",
    "frame": "exactly one, bounded, without pickle",
    "absence": "what it looks for never was in this process",
    "fresh fork": "a process for every case",
    "deadline": "kept from outside, by SIGKILL",
    "output cap": "what is printed is cut",
    "printable": "escapes are spelled out, texts are cut",
    "descriptors": "five, and an empty input",
    "session": "of its own, without a terminal",
    "import hook": "a module is refused, with the reason",
}

ARGUMENTS = "policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta"


# The exercise with some of its cases: whoever fails these fails all of them.
SOME = """

drawn = cases


def cases(rng):
    every = list(drawn(rng))
    return [every[k] for k in {kept}]
"""


def _with_cases(name: str, kept: Iterable[int], directory: Path) -> Exercise:
    """The exercise with only these of its cases."""
    exercise = find(name)
    text = exercise.reference + SOME.format(kept=list(kept))
    (directory / "reference.py").write_text(text, encoding="utf-8")
    return replace(exercise, directory=str(directory), reference=text, wrong=())


def _descendants() -> set[int]:
    """Every living process below this one, also those of the workers."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:  # it ended while we looked
            continue
        if fields[0] != "Z":
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found: set[int] = set()
    waiting = [os.getpid()]
    while waiting:
        below = children.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found


def _left_behind() -> set[str]:
    """Files of the name that the hostile submissions use, where they try to make it."""
    directories = (tempfile.gettempdir(), "/tmp", "/var/tmp", "/dev/shm", ".", "~")
    return {
        path
        for place in directories
        for path in glob.glob(os.path.expanduser(f"{place}/*drillbox-hostile*"))
    }


def _assert_safe_to_show(report: Report) -> None:
    """Whatever the code said, each line of the report is one line without controls."""
    shown = [case.message for case in report.cases] + report.text()
    assert [line for line in shown if not line.isprintable()] == []
    assert max(map(len, shown)) <= 700
    json.dumps(report.json())


@pytest.fixture(scope="module")
def exercises(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Exercise]:
    """Shorter ones by id; `one` is dpo-loss with one case.

    Of dpo-loss: a single pair, margins of ±1000 with another β, float32.
    """
    kept = {"dpo-loss": (0, 4, 5), "dpo-gradient": (0, 1), "three-pairs": (0, 1)}
    made = {
        name: _with_cases(name, cases, tmp_path_factory.mktemp(name))
        for name, cases in {**kept, "dpo-train-step": (0,)}.items()
    }
    one = _with_cases("dpo-loss", (0,), tmp_path_factory.mktemp("one"))
    return {**made, "one": one}


@pytest.fixture
def safe(grader: Grader, right: str, exercises: dict[str, Exercise]) -> Iterator[None]:
    """After the test the same processes run, no other, and a right one passes."""
    processes, files = _descendants(), _left_behind()
    yield
    assert grader.grade(exercises["one"], right).passed
    assert _descendants() == processes, "a process ended or was left behind"
    assert _left_behind() == files


@pytest.mark.parametrize("name", HOSTILE)
def test_no_hostile_submission_passes_or_harms(
    grader: Grader, level: str, safe: None, exercises: dict[str, Exercise], name: str
) -> None:
    source = HOSTILE[name].read_text(encoding="utf-8")
    named = re.search(r"^# exercise: (\S+)$", source, re.MULTILINE)
    exercise = exercises[named[1] if named else "dpo-loss"]
    endless = "\n# endless\n" in source
    if endless:
        head = exercise.head.model_copy(update={"seconds": SHORT})
        exercise = replace(exercise, head=head)
    started = time.monotonic()
    report = grader.grade(exercise, source)
    took = time.monotonic() - started
    assert not report.passed, str(report)
    assert all(case.message for case in report.cases if not case.passed)
    got_through = any("THROUGH" in line for line in report.printed)
    # What bubblewrap alone stops is named by doctor as not covered one level below.
    assert got_through == (level == "confined" and stopped_by(source) == {"bwrap"})
    assert not endless or report.cases[0].message.startswith("stopped after")
    assert took < (SHORT if endless else SECONDS * len(report.cases)) + OVERTIME
    _assert_safe_to_show(report)


@pytest.mark.parametrize("name", RIGHT)
def test_right_ways_to_write_it_pass(grader: Grader, level: str, name: str) -> None:
    source = RIGHT[name].read_text(encoding="utf-8")
    report = grader.grade(find("dpo-loss"), source)
    assert report.passed, str(report)


def stopped_by(source: str) -> set[str]:
    """What the header names."""
    named = re.search(r"^# stopped by: (.+)$", source, re.MULTILINE)
    return set(named[1].split(", ")) if named else set()


def test_every_hostile_submission_says_what_must_hold_and_what_stops_it() -> None:
    assert len(HOSTILE) >= 80
    for path in HOSTILE.values():
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""Tries ') and "\nMust hold: " in text, path.name
        assert stopped_by(text) and stopped_by(text) <= STOPS.keys(), path.name
    every = [stopped_by(path.read_text(encoding="utf-8")) for path in HOSTILE.values()]
    assert set().union(*every) == STOPS.keys()


# What cannot stand in a file that editors and linters read.
BODY = f"def dpo_loss({ARGUMENTS}):\n    return policy_chosen.sum() * 0\n"
TEXTS = {
    "nothing": "",
    "a null byte": BODY + "x = 'a\x00b'\n",
    "half of a pair of surrogates": BODY + "x = '\ud800'\n",
    "a mark of byte order inside": BODY + "\ufeffx = 1\n",
    "a cookie of an encoding that swaps letters": "# coding: rot13\n" + BODY,
    "a cookie of no encoding": "# coding: \x1b[31mnone\n" + BODY,
    "a literal of 900 kB": BODY + f"x = {'7' * 900_000}\n",
    "a text of 900 kB": BODY + f"x = {'x' * 900_000!r}\n",
    "thirty thousand lines": BODY + "x=1\n" * 30_000,
    "brackets that nest 5,000 deep": BODY + "x = " + "(" * 5000 + ")" * 5000,
    "signs that nest 100,000 deep": BODY + "x = " + "-" * 100_000 + "1\n",
    "attributes that nest 100,000 deep": BODY + "x = y" + ".z" * 100_000 + "\n",
    "a constant that is folded for ever": BODY + "x = [0] * 99999 * 99999\n",
    "an escape in a syntax error": BODY + "x = \x1b[2J\x1b[32mPASSED\n",
    "letters that turn the line round": BODY + "x = '\u202e' dessap\n",
    "an endless string": BODY + 'x = """\n' + "\\" * 1001,
    "tabs and spaces": BODY + "if 1:\n\ty = 1\n        z = 1\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_no_monstrous_text_passes_or_harms(
    grader: Grader, safe: None, exercises: dict[str, Exercise], name: str
) -> None:
    report = grader.grade(exercises["dpo-loss"], TEXTS[name])
    assert not report.passed
    assert report.cases[0].message
    _assert_safe_to_show(report)


# Ways to read the file at PATH; each is tried alone, and says so where it got through.
READ = """
import codecs, ctypes, fileinput, importlib.util, io, linecache, mmap, os, runpy
import shutil, tokenize
import numpy as np

PATHS = {paths!r}


def through_c(path):
    libc = ctypes.CDLL(None)
    libc.fopen.restype = ctypes.c_void_p
    assert libc.fopen(path.encode(), b"r")


def through_a_path_descriptor(path):
    held = os.open(path, os.O_PATH)
    with open(f"/proc/self/fd/{{held}}", "rb") as file:
        file.read(1)


def through_openat2(path):
    how = (ctypes.c_uint64 * 3)(0, 0, 0)
    call = [ctypes.c_long(437), ctypes.c_long(-100), ctypes.c_char_p(path.encode())]
    assert ctypes.CDLL(None).syscall(*call, how, ctypes.c_long(24)) >= 0


def through_a_mapping(path):
    with open(path, "rb") as file:
        mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)


def through_a_link(path):
    os.symlink(path, "/tmp/drillbox-hostile-link")
    open("/tmp/drillbox-hostile-link").close()


def through_its_directory(path):
    held = os.open(os.path.dirname(path), os.O_PATH)
    os.close(os.open(os.path.basename(path), os.O_RDONLY, dir_fd=held))


def through_a_root(path):
    os.chroot(os.path.dirname(path))
    open("/" + os.path.basename(path)).close()


def through_an_import(path):
    spec = importlib.util.spec_from_file_location("read", path)
    spec.loader.get_data(path)


def through_lines(path):
    assert linecache.getlines(path)


WAYS = [
    through_c, through_a_path_descriptor, through_openat2, through_a_mapping,
    through_a_link, through_its_directory, through_a_root, through_an_import,
    through_lines, io.FileIO, os.listdir, runpy.run_path, tokenize.open,
    np.memmap, np.fromfile, ctypes.CDLL, codecs.open,
    lambda path: next(iter(fileinput.input([path]))),
    lambda path: shutil.copyfile(path, "/dev/null"),
    lambda path: os.execv("/bin/cat", ["cat", path]),
    lambda path: os.link(path, path + "-drillbox-hostile"),
]
for path in PATHS:
    for way in WAYS:
        try:
            way(path)
        except BaseException:
            continue
        print("THROUGH", path)
        break


def dpo_gradient(*_):
    return None
"""


@pytest.mark.parametrize(
    ("layers", "single_use"),
    [
        pytest.param({"bwrap", "landlock", "seccomp"}, False, id="every layer"),
        pytest.param({"landlock", "seccomp"}, False, id="landlock and seccomp"),
        pytest.param({"bwrap"}, False, id="bwrap alone"),
        pytest.param({"landlock"}, False, id="landlock alone"),
        pytest.param({"seccomp"}, False, id="seccomp alone"),
        pytest.param(set(), False, id="no layer"),
        pytest.param({"landlock", "seccomp"}, True, id="single use"),
        pytest.param(set(), True, id="single use, no layer"),
    ],
)
def test_the_reference_can_be_read_only_where_the_report_says_so(
    layers: set[Layer], single_use: bool, home: Path, given: set[Layer]
) -> None:
    """Whatever layers there are: what the report claims is what code finds."""
    if missing := layers - given:
        pytest.skip(f"this machine does not give {', '.join(missing)}")
    secrets = _secrets(home)
    with Grader(layers=layers, single_use=single_use) as own:
        report = own.grade(find("dpo-gradient"), READ.format(paths=secrets))
    assert not report.passed and report.sandbox is not None
    got_through = [line for line in report.printed if line.startswith("THROUGH")]
    if report.sandbox.reference_readable:
        assert report.sandbox.level not in STRONG
        assert got_through, "the report warns of what nothing can do"
    else:
        assert not got_through


def _secrets(home: Path) -> list[str]:
    """The reference solution, what else tells it, and a file of the learner's own."""
    program = os.path.dirname(os.path.abspath(str(drillbox.__file__)))
    exercises = places.shipped_exercises()
    home.mkdir()
    private = home / "private.txt"
    private.write_text("my own", encoding="utf-8")
    return [
        *(find(name).reference_file for name in ("dpo-loss", "dpo-gradient")),
        os.path.join(exercises, "dpo-gradient", "wrong", "same-sign.py"),
        os.path.join(exercises, "dpo-gradient", "exercise.yaml"),
        os.path.join(program, "reference", "losses.py"),
        os.path.join(program, "grader", "harness", "referee.py"),
        os.path.join(places.shipped_course(), "course.yaml"),
        str(private),
    ]


def test_where_the_kernel_can_the_levels_are_reached(given: set[Layer]) -> None:
    """Else all that needs them would be skipped above, and nobody would know."""
    if sys.platform == "linux" and landlock.abi() > 0 and seccomp.available():
        assert {"landlock", "seccomp"} <= given
    assert ("bwrap" in given) == (bwrap.prefix((), ()) is not None)
