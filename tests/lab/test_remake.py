"""The shipped model made again, here with few steps."""

import hashlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from drillbox.cli.lab import command
from drillbox.lab.general import of_type
from drillbox.lab.remake import SEED, STEPS, remade
from drillbox.lab.run import LabError
from drillbox.reference import make_tiny


def test_it_is_made_as_the_shipped_one_was() -> None:
    assert (STEPS, SEED) == (make_tiny.STEPS, make_tiny.SEED)


def test_a_model_of_two_steps_is_written_and_looked_at(tmp_path: Path) -> None:
    path = tmp_path / "again.safetensors"
    records = list(remade(str(path), steps=2))
    (made,) = of_type(records, "made")
    assert made["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (made["as_shipped"], made["of"]) == (False, 100) and made["right"] < 95
    assert records[0]["step"] == 0 and 5 < records[0]["loss"] < 6
    assert records[-1]["cpu_seconds"] > 0
    with pytest.raises(LabError, match="is there already; name another file"):
        remade(str(path))


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LabError, match=r"^cannot write .*: No such file"):
        list(remade(str(tmp_path / "no" / "x"), steps=1))


def test_the_command_says_hash_sums_and_seconds() -> None:
    wish = ("remake", "--steps", "1")
    lines = CliRunner().invoke(command, wish, catch_exceptions=False).output.split("\n")
    assert lines[2].startswith("SHA-256 ") and lines[3] == "0 of 100 sums right"
    assert lines[4].startswith("Not the bits of the shipped model.")
    assert "s of the processor" in lines[-2] and max(map(len, lines)) < 80
