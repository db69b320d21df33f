"""A run in lines: predicted question by question, run, then held against it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing

from drillbox.domain.course import Course
from drillbox.domain.event import PREDICT, Draft
from drillbox.errors import AnswerError, GraderError
from drillbox.history.log import Log
from drillbox.lab import inwords, judge, setting
from drillbox.lab.begin import find
from drillbox.lab.general import Answer, Question, Record, Run
from drillbox.lab.judge import Judged, Said, Verdict
from drillbox.lab.run import LabError
from drillbox.plain import pairs
from drillbox.plain.read import confidence
from drillbox.plain.talk import Talk
from drillbox.session.runs import begin, ready, worker_of


def predict(talk: Talk, course: Course, log: Log, name: str) -> None:
    """Predict a run, run it, compare. What prevents it is said. HistoryError."""
    try:
        run = find(name)
        if run is None:  # asked about pair by pair, in an order of its own
            pairs.predict(talk, course, log, name)
            return
        ready(run)
        _conduct(talk, course, log, run)
    except (LabError, GraderError) as error:
        talk.print([str(error)])


def _conduct(talk: Talk, course: Course, log: Log, run: Run) -> None:
    """Nothing runs before everything is predicted and on disk."""
    values = setting.chosen(run, ())
    with closing(worker_of(run)) as warm:
        streamed = begin(run, values, warm=warm)
        warm.start()
        said = _asked(talk, run)
        if said is None:
            talk.print(["Stopped before the run; nothing of it is kept."])
            return
        log.append(Draft(PREDICT, course.id, run.id, body=judge.body(said)))
        with closing(streamed):
            records = list(_shown(talk, run, streamed))
    talk.print(told(run, judge.judge(run, said, records)))
    talk.print(shown(run, records))


def _asked(talk: Talk, run: Run) -> dict[str, Said] | None:
    """What is said of every question; None if the learner goes back."""
    talk.print([f"\nRun {run.id}: {run.title}", "", talk.voice(run.text)])
    talk.print(f"  {one.key} = {one.default}: {one.text}" for one in run.settings)
    said = {}
    for number, question in enumerate(run.questions, 1):
        talk.print([f"\nQuestion {number} of {len(run.questions)}: {question.text}"])
        talk.print(f"  {n}. {text}" for n, text in enumerate(question.choices, 1))
        answer = _answer(talk, question)
        sure = None if answer is None else _sure(talk)
        if answer is None or sure is None:
            return None
        said[question.id] = Said(answer, sure)
    return said


def _answer(talk: Talk, question: Question) -> Answer | None:
    """A choice or a number; None goes back."""
    count = len(question.choices)
    within = f"Type a number, right within {question.within:g}"
    talk.print([f"{f'Type 1 to {count}' if count else within}; q back."])
    while (line := talk.line().strip()).removeprefix(":") != "q":
        if not count:
            try:
                return judge.number(line)
            except ValueError:
                talk.print([f"'{line}' is no number; type one such as 0.5."])
        elif line.isdecimal() and 1 <= int(line) <= count:
            return question.choices[int(line) - 1]
        else:
            talk.print([f"'{line}': type a number from 1 to {count}."])
    return None


def _sure(talk: Talk) -> float | None:
    """How sure, 0.5 to 1; None goes back."""
    talk.print(["How sure are you, from 50 (a guess) to 100 percent?"])
    while (line := talk.line().strip()).removeprefix(":") != "q":
        try:
            return confidence(line)
        except AnswerError as error:
            talk.print([str(error)])
    return None


def _shown(talk: Talk, run: Run, records: Iterable[Record]) -> Iterator[Record]:
    """Each record, after it has been printed."""
    for record in records:
        if record["type"] == "header":
            talk.print([f"\nIt runs on {record['device']} in {record['dtype']}."])
        elif record["type"] == "end":
            talk.print([f"It took {record['seconds']:.1f} seconds."])
        elif line := run.line(record):
            talk.print([line])
        yield record


def told(run: Run, verdict: Verdict) -> Iterator[str]:
    """Each question with what was said, what happened and why."""
    questions = {one.id: one for one in run.questions}
    for number, one in enumerate(verdict.results, 1):
        yield f"\nQuestion {number}: {questions[one.question].text}"
        yield _judged(one)
        yield f"{one.why}."
    count = len(verdict.results)
    yield f"\n{verdict.right} of {count} right. Brier score of your confidence: " + (
        f"{verdict.brier:.3f} (0 is perfect, 50 % everywhere gives 0.25)."
    )


def shown(run: Run, records: Sequence[Record]) -> Iterator[str]:
    """The curves of the run in words, and what it shows."""
    chart = run.chart(records)
    yield f"\n{chart.title}:"
    yield from inwords.sentences(chart)
    yield "\nWhat it shows:"
    yield from run.shows


def _judged(one: Judged) -> str:
    head = "Right" if one.right else f"Wrong, you said {_word(one.predicted)}"
    return f"{head}. It was {_word(one.happened)} ({one.value})."


def _word(answer: Answer) -> str:
    return answer if isinstance(answer, str) else f"{answer:.4g}"
