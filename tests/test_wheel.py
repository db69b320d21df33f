"""The wheel, in an empty venv outside the checkout, is a whole drillbox."""

import os
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

import pytest

from drillbox import __version__

ROOT = Path(__file__).parents[1]


def done(*command: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, **more)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of the scripts of a venv that has the wheel.

    Its dependencies are those of the venv that runs the tests.
    """
    place = tmp_path_factory.mktemp("wheel")
    build = done(
        sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", place, ROOT
    )
    assert build.returncode == 0, build.stdout + build.stderr
    venv = place / "venv"
    made = done(sys.executable, "-m", "venv", "--without-pip", venv)
    assert made.returncode == 0, made.stderr
    (wheel,) = place.glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--python", venv / "bin" / "python"]
    put = done(*pip, "install", "--no-deps", "--no-index", wheel)
    assert put.returncode == 0, put.stderr
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    shared = venv / "lib" / version / "site-packages" / "shared.pth"
    shared.write_text(sysconfig.get_paths()["purelib"] + "\n")
    return venv / "bin"


@pytest.fixture
def call(installed: Path, tmp_path: Path):
    """Calls the installed program from an empty directory with a home of its own."""
    env = {
        "PATH": os.environ["PATH"],
        "DRILLBOX_HOME": str(tmp_path / "home"),
        "LANG": "C.UTF-8",
    }

    def run(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
        return done(installed / "drillbox", *arguments, cwd=tmp_path, env=env, **more)

    return run


def test_it_runs_from_the_wheel_and_not_from_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    where = done(
        installed / "python",
        "-c",
        "print(__import__('drillbox').__file__)",
        cwd=tmp_path,
    )
    assert str(installed.parent) in where.stdout


def test_version_and_due(call) -> None:
    assert call("--version").stdout == f"drillbox {__version__}\n"
    due = call("due")
    assert (due.returncode, due.stdout.split(";")[0].strip()) == (0, "nothing due")


def test_lint_finds_the_course_inside(call) -> None:
    lint = call("lint", "--quick")
    assert lint.returncode == 0, lint.stdout + lint.stderr
    assert "14 drops" in lint.stdout


def test_one_plain_review_is_recorded(call) -> None:
    review = call("review", "--plain", input="\n?\n")
    assert review.returncode == 0, review.stderr
    assert "Drop 1: PPO for alignment" in review.stdout
    assert '"answers": 1' in call("stats", "--json").stdout


def test_the_source_archive_has_what_the_two_commands_need(tmp_path: Path) -> None:
    build = done(
        sys.executable, "-m", "build", "--sdist", "--no-isolation", "-o", tmp_path, ROOT
    )
    assert build.returncode == 0, build.stdout + build.stderr
    (archive,) = tmp_path.glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    needed = (
        *("Makefile", "pyproject.toml", "constraints.txt", "requirements-dev.txt"),
        *("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "LICENSE", ".ci/run"),
        *("docs/home.svg", "bench/__main__.py", "tests/conftest.py"),
        *("content/dpo/course.yaml", "exercises/dpo-loss/exercise.yaml"),
        *("drillbox/lab/tiny.safetensors", "drillbox/lab/characters.safetensors"),
    )
    assert [name for name in needed if name not in names] == []
    assert not [name for name in names if "__pycache__" in name or ".venv" in name]
