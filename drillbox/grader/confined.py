"""One submission in the learner's worker."""

from drillbox.grader import judging, trouble, wire
from drillbox.grader.crew import WARM, Crew, Kind
from drillbox.grader.exercise import Exercise
from drillbox.workers.frame import SMALL, FrameError, unpack
from drillbox.workers.spawn import Outcome

DEVICE_S = 20.0  # the first kernel of a process loads and compiles for seconds


class Confined:
    """Its cases are run one by one, each in a process of its own. file: how messages
    call it. printed: what it printed, as far as it is kept."""

    def __init__(
        self, crew: Crew, kind: Kind, exercise: Exercise, source: str, file: str
    ) -> None:
        self.crew, self.kind = crew, kind
        self.exercise, self.file = exercise, file
        self.seconds = exercise.head.seconds + (0 if kind.device == "cpu" else DEVICE_S)
        self.job = {
            "source": source,
            "file": file,
            "function": exercise.head.function,
            "harness": exercise.harness,
            "options": {**exercise.head.options, "device": kind.device},
            "seconds": self.seconds,
            "warm": WARM.get(exercise.head.harness, ""),
        }
        self.printed = bytearray()

    def outputs(self, one: wire.Drawn) -> judging.Answered:
        """Run one case and read what came back; a worker that is lost is dropped, the
        next case starts another."""
        sent = wire.job(self.job, one.arguments, one.arrays)
        outcome = self.crew.run(self.kind, sent, self.seconds)
        self.printed += outcome.output[: (1 << 16) - len(self.printed)]
        if outcome.end != "answered" or outcome.flooded:
            return None, self._ended(outcome), True
        try:
            answer, arrays = unpack(outcome.result, SMALL)
            if isinstance(answer.get("error"), dict):
                signature = self.exercise.head.signature
                return None, *trouble.raised(answer["error"], signature)
            return wire.outputs(answer["outputs"], arrays), "", False
        except (FrameError, KeyError, TypeError, ValueError):
            return None, self._ended(outcome), False

    def _ended(self, outcome: Outcome) -> str:
        head = self.exercise.head
        return trouble.ended(outcome, head.function, self.file, head.seconds)
