"""What the grader's workers load of the library, and where they find it."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINE = re.compile(r"^library: (\w+)\.(\w+)$", re.MULTILINE)
NAMED = sorted(
    {
        found
        for file in (ROOT / "exercises").glob("*/exercise.yaml")
        for found in LINE.findall(file.read_text(encoding="utf-8"))
    }
)
LOAD = """
import importlib, sys
for name in sys.argv[1:]:
    module, function = name.split(".")
    getattr(importlib.import_module(f"drillbox.reference.{module}"), function)
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


def test_the_functions_of_the_exercises_load_torch_and_numpy_alone() -> None:
    """The confined reference worker can read no other package."""
    names = [".".join(one) for one in NAMED]
    assert len(names) > 20
    done = subprocess.run(
        [sys.executable, "-c", LOAD, *names],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    loaded = set(done.stdout.split())
    assert {"torch", "numpy", "drillbox"} <= loaded
    assert not loaded & {"safetensors", "transformers", "trl", "pydantic", "yaml"}
