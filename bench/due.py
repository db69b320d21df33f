"""`drillbox due` as a whole process: at most 2.5 × `python -c pass`."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from bound import code, held

from drillbox.domain.event import Draft
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log

CARDS = 1_000
PAIRS = 40
LIMIT = 2.5
DAY_MS = 86_400_000


def main() -> int:
    """Print the medians; MISSED if the ratio is over the limit."""
    program = shutil.which("drillbox", path=os.path.dirname(sys.executable))
    if program is None:
        print("due: no drillbox beside this Python; install it first")
        return 1
    with tempfile.TemporaryDirectory() as home:
        fill(home)
        environment = {**os.environ, "DRILLBOX_HOME": home}
        pairs = [pair(program, environment) for _ in range(PAIRS)]
    ratio = statistics.median(due / bare for due, bare in pairs)
    due, bare = (statistics.median(times) * 1_000 for times in zip(*pairs, strict=True))
    print(
        f"  `drillbox due` {due:.1f} ms over {CARDS} cards, `python -c pass` "
        f"{bare:.1f} ms; the median ratio of {PAIRS} pairs"
    )
    return code(held("drillbox due", ratio, LIMIT))


def fill(home: str) -> None:
    """A record of cards, learned two days ago; all of them are due."""
    now = int(time.time() * 1_000) - 2 * DAY_MS
    names = [f"card-{k}" for k in range(CARDS)]
    with Log.open(home, lambda: Moment(now, 0)) as log:
        log.set_live("dpo", dict.fromkeys(names, ((), "0123456789abcdef")))
        body = {"fingerprint": "0123456789abcdef", "duration_ms": 20_000}
        log.append_all(
            [Draft("answer", "dpo", name, quality=4, body=body) for name in names]
        )


def pair(program: str, environment: dict[str, str]) -> tuple[float, float]:
    """One call of each, in seconds, one right after the other."""
    due = timed([program, "due"], environment)
    return due, timed([sys.executable, "-c", "pass"], environment)


def timed(command: list[str], environment: dict[str, str]) -> float:
    """Seconds from start to end of a process."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
