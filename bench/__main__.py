"""`python bench`: every bench, one after the other, and which bounds were missed.

A bench is a program of its own: 0 says that its bounds hold, 3 that one is missed,
anything else that it could not measure.
"""

import subprocess
import sys
from pathlib import Path

from bound import MISSED

HERE = Path(__file__).resolve().parent
BENCHES = (
    *("due", "paint", "grade", "durable", "replay", "load", "run", "runs"),
    *("steps", "sampling", "warm", "frames", "mathtext", "plots", "next_card"),
    *("keys", "home"),
)


def main() -> int:
    """Run them all, whatever one of them says; 1 if not every bound holds."""
    codes = {}
    for name in BENCHES:
        print(f"== {name}", flush=True)
        program = [sys.executable, str(HERE / f"{name}.py")]
        codes[name] = subprocess.run(program, cwd=HERE.parent).returncode
    missed = [name for name, code in codes.items() if code == MISSED]
    broken = [name for name, code in codes.items() if code not in (0, MISSED)]
    print(verdict(missed, broken))
    return int(bool(missed or broken))


def verdict(missed: list[str], broken: list[str]) -> str:
    """What to say at the end."""
    said = []
    if missed:
        said.append(
            f"Too slow: {', '.join(missed)}. Run `make bench` again on a quiet "
            "machine; if the bound is missed again, find what became slow."
        )
    if broken:
        said.append(f"Not measured: {', '.join(broken)}; the error stands above.")
    return "\n".join(said) or f"All {len(BENCHES)} benches are within their bounds."


if __name__ == "__main__":
    sys.exit(main())
