"""The runs there are, and starting one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from drillbox.lab import run as lab
from drillbox.lab.run import LabError, Record, find, heard, start


def test_a_run_is_found_by_its_id() -> None:
    assert find("three-pairs").title == "Three preference pairs"
    assert find("three-pairs").pair("B").chosen == "four plus six is ten ."
    with pytest.raises(KeyError):
        find("three-pairs").pair("Z")


@pytest.mark.parametrize(
    ("name", "hint"),
    [("three-pair", "did you mean three-pairs?"), ("xyz", "there is: three-pairs")],
)
def test_an_unknown_run_names_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(LabError) as caught:
        find(name)
    assert str(caught.value) == f"no run is called {name!r}; {hint}"


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        ({"device": "tpu"}, "no device is called 'tpu'"),
        ({"dtype": "bfloat16"}, "log-probs near −4 are 0.03 nats apart in it"),
        ({"dtype": "bf16"}, "a run cannot use bfloat16: "),
        ({"dtype": "float16"}, "a run cannot use 'float16'; write float32"),
        ({"threads": 0}, "a run cannot use 0 threads"),
        ({"threads": 1000}, "a run cannot use 1000 threads"),
        ({"lr": 0.0}, "a step size cannot be 0"),
        ({"lr": -1.0}, "a step size cannot be -1"),
        ({"lr": float("nan")}, "a step size cannot be nan"),
        ({"lr": 1e-9}, "a step of size 1e-09 is lost in the rounding of float32"),
        ({"lr": 1e-13, "dtype": "float64"}, "write 1e-12 or more$"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_before_anything_starts(
    wish: dict[str, object], sentence: str
) -> None:
    with pytest.raises(LabError, match=sentence):
        start("three-pairs", **wish)  # type: ignore[arg-type]


def test_a_changed_model_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "SHA256", "0" * 64)
    with pytest.raises(LabError, match="is not the model this run was made for"):
        list(start("three-pairs", device="cpu"))


def test_a_run_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "DEADLINE_S", 0.1)
    with pytest.raises(LabError, match=r"took longer than it may.*run it again"):
        list(start("three-pairs", device="cpu"))


SAYS = {
    "two": 'print("""{"type": "a"}\\n{"type": "b"}""")',
    "error": """print('{"type": "a"}\\n{"type": "error", "error": "no such word"}')""",
    "breaks": """print('{"type": "a"}', flush=True); raise SystemExit("{odd}")""",
    "waits": """import os, time
print('{"type": "a", "pid": %d}' % os.getpid(), flush=True)
time.sleep(600)""",
}


@pytest.fixture
def workers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, program in SAYS.items():
        (tmp_path / f"says_{name}.py").write_text(program)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("workers")
@pytest.mark.parametrize(
    ("name", "more", "types", "sentence"),
    [
        ("two", {}, ["a", "b"], None),
        ("error", {}, ["a"], "^no such word$"),
        ("breaks", {}, ["a"], r"^the run broke off: .*\{odd\}.*; run it again$"),
        ("breaks", {"broken": "not made: {error}"}, ["a"], r"^not made: .*\{odd\}"),
    ],
)
def test_records_come_until_a_worker_says_error_or_breaks_off(
    name: str, more: dict[str, object], types: list[str], sentence: str | None
) -> None:
    found: list[Record] = []
    asked = {"deadline_s": 60.0} | more
    said = heard(f"says_{name}", {}, **asked)  # type: ignore[arg-type]
    if sentence is None:
        found.extend(said)
    else:
        with pytest.raises(LabError, match=sentence):
            for record in said:
                found.append(record)
    assert [one["type"] for one in found] == types


@pytest.mark.usefixtures("workers")
def test_who_stops_listening_ends_the_worker() -> None:
    said = heard("says_waits", {}, deadline_s=60.0)
    pid = next(said)["pid"]
    os.kill(pid, 0)
    said.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_lab_imports_no_torch() -> None:
    code = (
        "import sys, drillbox.cli.lab, drillbox.lab.compare, drillbox.lab.keep\n"
        "print('torch' in sys.modules, 'numpy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["False", "False"]
