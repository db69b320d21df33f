"""The run three-pairs in lines: two rounds, the run, then Adam and one batch.

Round 1 is on disk before a Gram matrix is printed, round 2 before anything runs.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

from drillbox.domain.course import Course
from drillbox.domain.event import OUTCOME, PREDICT, Draft
from drillbox.errors import AnswerError
from drillbox.history.log import Log
from drillbox.lab import after, keep, pair_words, second
from drillbox.lab import run as lab
from drillbox.lab.compare import compare, outcome_of
from drillbox.lab.predict import Prediction, body
from drillbox.lab.recipe import Move, Pair, PairRun
from drillbox.lab.run import Record
from drillbox.plain.talk import Talk
from drillbox.workers.stream import Warm

MOVE = "Type up, down or flat"
MOVES = (
    "Which way do log π(chosen) and log π(rejected) go in the first step? "
    f"{MOVE} for each in turn, such as up flat"
)
SURE = "How sure are you of both, from 33 (a guess) to 100 percent?"
LEAST_SURE = 33  # percent: a guess among three
_SIGNS: Mapping[str, Move] = {
    **dict.fromkeys(("u", "up", "+"), "up"),
    **dict.fromkeys(("d", "down", "-"), "down"),
    **dict.fromkeys(("f", "flat", "="), "flat"),
}
Answers = dict[str, Prediction]


class Back(Exception):
    """The learner goes back, before anything was run."""


def predict(talk: Talk, course: Course, log: Log, name: str) -> None:
    """Both rounds, the run, its verdict; then, if wanted, what Adam and a batch do.

    Raises LabError for what cannot be run or is broken off; HistoryError.
    """
    room = _Room(talk, course, log, lab.find(name))
    with closing(lab.worker_of()) as warm:
        warm.start()  # it imports while the learner predicts
        try:
            room.first()
            room.second()
        except Back:
            kept = "Round 1 is kept." if room.event else "Nothing of it is kept."
            talk.print([f"Stopped before the run. {kept}"])
            return
        room.run(warm)
    room.afterwards()


class _Room:
    """said, again: what was said in round 1 and in round 2. event: of round 1."""

    def __init__(self, talk: Talk, course: Course, log: Log, recipe: PairRun) -> None:
        self.talk = talk
        self.course = course
        self.log = log
        self.recipe = recipe
        self.known = keep.before(recipe.id)
        self.said: Answers = {}
        self.again: dict[str, second.Moves] = {}
        self.event = ""

    # -- asking

    def first(self) -> None:
        """Round 1, recorded. Back."""
        head = f"\nRun {self.recipe.id}: {self.recipe.title}"
        self.talk.print([head, "", self.talk.voice(self.recipe.text)])
        for pair in self.recipe.pairs:
            self.talk.print(self.pair(pair))
            moves = self.moves(2, optional=pair.bonus)
            if moves:
                chosen, rejected = moves
                self.said[pair.pair] = Prediction(chosen, rejected, self.sure())
        self.event = self.keep(PREDICT, {"round": 1, **body(self.said)})

    def pair(self, pair: Pair) -> Iterator[str]:
        """A pair and what is known of it before the run."""
        yield f"\nPair {pair.pair}: {pair.title}"
        yield pair.text
        for line in pair_words.answers(pair, self.known[pair.pair]):
            yield f"  {line}"

    def second(self) -> None:
        """Round 2, with the Gram matrices, recorded. Back."""
        self.talk.print([f"\n{second.TEXT}"])
        for name in second.asked(self.recipe):
            matrix = second.matrix(self.known[name])
            title = self.recipe.pair(name).title
            self.talk.print([f"\nPair {name}: {title}", f"  {matrix}"])
            chosen, rejected = self.moves(2)
            self.again[name] = chosen, rejected
        self.keep(PREDICT, second.body(self.again))

    def moves(self, count: int, optional: bool = False) -> list[Move]:
        """So many moves; none where that is allowed and nothing is typed. Back."""
        how = MOVE if count == 1 else MOVES
        skip = "; Enter skips this pair" if optional else ""
        self.talk.print([f"{how}{skip}; q back."])
        while True:
            line = self.line()
            if optional and not line:
                return []
            try:
                return directions(line, count)
            except AnswerError as error:
                self.talk.print([str(error)])

    def sure(self) -> float:
        """How sure of both, 0.33 to 1. Back."""
        self.talk.print([SURE])
        while True:
            try:
                return confidence(self.line())
            except AnswerError as error:
                self.talk.print([str(error)])

    def line(self) -> str:
        """What is typed; Back for q."""
        line = self.talk.line().strip()
        if line.removeprefix(":") == "q":
            raise Back
        return line

    def keep(
        self, kind: str, body: Mapping[str, Any], target: str | None = None
    ) -> str:
        """Record it; the id of the event."""
        names = (self.course.id, self.recipe.id)
        draft = Draft(kind, *names, target=target, body=body)
        return self.log.append(draft).event.id

    # -- running

    def run(self, warm: Warm) -> None:
        """Run it and hold both rounds against it."""
        with closing(lab.start(self.recipe.id, warm=warm)) as streamed:
            records = list(self.shown(streamed))
        verdict = compare(self.said, records)
        passed = second.judge(self.again, records)
        self.talk.print([*pair_words.rounded(records), ""])
        kept = outcome_of(verdict, passed.kept, records)
        self.keep(OUTCOME, kept, self.event)
        for result in verdict.results:
            self.talk.print(pair_words.judged(result))
        count = len(verdict.results)
        round_1 = f"\nRound 1: {verdict.right} of {count} right. It counts for your "
        self.talk.print([f"{round_1}calibration alone.", passed.text, *passed.wrong])
        self.talk.print(["", *pair_words.curves(records)])
        self.talk.print(["\nWhat it shows:", *self.recipe.shows])

    def shown(self, records: Iterable[Record]) -> Iterator[Record]:
        """Each record, after it has been printed, if its step is one of a few."""
        starts: dict[str, Record] = {}
        for record in records:
            if record["type"] == "header":
                where = f"{record['device']} in {record['dtype']}"
                self.talk.print([f"\nIt runs on {where}, {self.recipe.steps} steps."])
            elif record["type"] == "step":
                start = starts.setdefault(record["pair"], record)
                if record["step"] in pair_words.SHOWN[1:]:
                    self.talk.print([pair_words.step(record, start)])
            elif record["type"] == "end":
                self.talk.print([f"It took {record['seconds']:.1f} seconds."])
            yield record

    # -- afterwards

    def afterwards(self) -> None:
        """Adam and one batch, if the learner wants them."""
        self.talk.print(["\na: what a fresh Adam and one batch do; Enter goes back."])
        try:
            if self.line().removeprefix(":") != "a":
                return
            self.talk.print([f"\n{after.TEXT}"])
            said = {way: self.one(of) for way, (_, _, of) in after.QUESTIONS.items()}
        except Back:
            return
        self.keep(PREDICT, after.body(said))
        with closing(lab.start_after(self.recipe.id)) as streamed:
            records = list(streamed)
        self.talk.print(["", *after.table(records), ""])
        for one in after.judge(said, records):
            self.talk.print(told(one))

    def one(self, question: str) -> Move:
        """The move that a question asks for. Back."""
        self.talk.print([f"\n{question}"])
        (move,) = self.moves(1)
        return move


def directions(line: str, count: int) -> list[Move]:
    """So many of up, down and flat; AnswerError if they are not."""
    words = line.lower().replace(",", " ").split()
    moves = [_SIGNS[word] for word in words if word in _SIGNS]
    if not len(words) == len(moves) == count:
        each = "" if count == 1 else f", {count} of them in turn"
        raise AnswerError(f"'{line}': type up, down or flat{each}")
    return moves


def confidence(line: str) -> float:
    """How sure, from 0.33 to 1, typed in percent; AnswerError."""
    word = line.removesuffix("%").strip()
    if not word.isdecimal() or not LEAST_SURE <= int(word) <= 100:
        such = f"a number from {LEAST_SURE} to 100"
        raise AnswerError(f"'{line}': how sure you are is {such}")
    return int(word) / 100


def told(one: after.Answer) -> Iterator[str]:
    """What one of the two did, what was said, why."""
    right = one.said == one.happened
    head = "Right" if right else f"Wrong, you said {one.said}"
    question = after.QUESTIONS[one.way][2]
    yield f"{question}: {one.happened} ({one.value:+z.6f} nats). {head}."
    yield f"{after.WHY[one.way]}."
