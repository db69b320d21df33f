"""The grader: one warm case against a bare fork and a fresh import; then what a learner
waits for, and what the waiting processes weigh.

    one case       ≤ 2 × a bare fork of a torch parent that runs the same function
    one case       ≤ 0.02 × a fresh `python -c "import torch"`
    diagnosis      ≤ 30 ms beyond the last verdict of a failed dpo-loss
    idle memory    ≤ 350 MB, shared pages counted once, once the grader rests; at work
                   two processes have imported torch, which is more
    first verdict  120 ms, all cases 250 ms: reported, no bound (quiet machine, 2 cores)

Medians, all of one run, the forks taken in turn with the cases.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bound import code, held

from drillbox.grader.crew import Kind
from drillbox.grader.exercise import Exercise, find
from drillbox.grader.supervisor import Grader
from drillbox.grader.wire import job

CASES, GRADINGS, IMPORTS = 60, 50, 5

# The baseline: a process that has imported torch forks for each call; the child runs
# the function and its gradients, and answers on a pipe.
BARE = """
import os, sys, time
import torch, torch.nn.functional as F
torch.set_num_threads(1)
names = {}
exec(sys.argv[1], names)
a, b, c, d = (torch.randn(4, dtype=torch.float64) for _ in range(4))

def once():
    leaves = [t.clone().requires_grad_() for t in (a, b)]
    loss = names["dpo_loss"](*leaves, c, d, 0.3)
    grads = torch.autograd.grad(loss, leaves)
    return b"".join(t.detach().numpy().tobytes() for t in (loss, *grads))

once()
import gc
gc.collect()
gc.freeze()
for line in sys.stdin:
    start = time.perf_counter()
    end, mine = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(mine, once())
        os._exit(0)
    os.close(mine)
    while os.read(end, 1 << 16):
        pass
    os.close(end)
    os.waitpid(child, 0)
    print(time.perf_counter() - start, flush=True)
"""


def main() -> int:
    """Print every number; MISSED if one is over its bound."""
    exercise = find("dpo-loss")
    with Grader() as grader:
        grader.grade(exercise, exercise.reference)
        cases, forks = in_turn(grader, exercise)
        imports = statistics.median(fresh() for _ in range(IMPORTS))
        waits = [graded(grader, exercise, k) for k in range(GRADINGS)]
        busy = memory_mb()
        grader.rest()  # as it does by itself after five minutes without a submission
        idle = settled_mb()
    case, fork = statistics.median(cases), statistics.median(forks)
    first, last, beyond = (statistics.median(one) for one in zip(*waits, strict=True))
    print(
        f"  one case {case * 1e3:.1f} ms, a bare fork {fork * 1e3:.1f} ms, a fresh "
        f"import of torch {imports * 1e3:.0f} ms; to the first verdict "
        f"{first * 1e3:.0f} ms, to the last {last * 1e3:.0f} ms; at work {busy:.0f} MB"
    )
    return code(
        held("a case of dpo-loss to a bare fork", case / fork, 2),
        held("a case of dpo-loss to a fresh import", case / imports, 0.02),
        held("diagnosis beyond the verdict", beyond * 1e3, 30, "ms"),
        held("idle memory", idle, 350, "MB"),
    )


def in_turn(grader: Grader, exercise: Exercise) -> tuple[list[float], list[float]]:
    """Seconds of a warm case in the learner's worker, and of a bare fork."""
    kind = Kind(torch=True)
    drawn = grader.grading(exercise, "").drawn[1]
    sent = job(
        {
            "source": exercise.reference,
            "file": "mine.py",
            "function": exercise.head.function,
            "harness": exercise.harness,
            "options": {**exercise.head.options, "device": "cpu"},
            "seconds": 3.0,
        },
        drawn.arguments,
        drawn.arrays,
    )
    one = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    bare = subprocess.Popen(
        [sys.executable, "-c", BARE, exercise.reference],
        env=one,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert bare.stdin is not None and bare.stdout is not None
    cases, forks = [], []
    for _ in range(CASES):
        start = time.perf_counter()
        assert grader.crew.run(kind, sent, 3.0).end == "answered"
        cases.append(time.perf_counter() - start)
        print("go", file=bare.stdin)
        forks.append(float(bare.stdout.readline()))
    bare.stdin.close()
    bare.wait()
    return cases, forks


def graded(grader: Grader, exercise: Exercise, k: int) -> tuple[float, float, float]:
    """Seconds to the first verdict and to the last of a failing submission, and from
    there to the report with its diagnosis."""
    wrong = next(one for one in exercise.wrong if one.id == "beta-outside")
    seen: list[float] = []
    start = time.perf_counter()
    report = grader.grade(
        exercise, f"{wrong.source}# {k}\n", lambda _: seen.append(time.perf_counter())
    )
    end = time.perf_counter()
    assert report.diagnosis and report.diagnosis.id == wrong.id
    return seen[0] - start, seen[-1] - start, end - seen[-1]


def fresh() -> float:
    """Seconds for a Python that imports torch and ends."""
    start = time.perf_counter()
    one = {**os.environ, "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", "import torch"], check=True, env=one)
    return time.perf_counter() - start


def memory_mb() -> float:
    """Megabytes of all processes below this one; a page of several counts once."""
    kb = 0
    for pid in below(os.getpid()):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        kb += int(text.split("Pss:")[1].split()[0])
    return kb / 1024


def settled_mb() -> float:
    """The same once it stays: a process that dies still shares pages for a while, which
    would make the others look lighter."""
    was, now = -1.0, memory_mb()
    while abs(now - was) > 1:
        time.sleep(0.5)
        was, now = now, memory_mb()
    return now


def below(pid: int) -> list[int]:
    """The living processes that this one started, and theirs."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            found += [int(child), *below(int(child))]
    return found


if __name__ == "__main__":
    sys.exit(main())
