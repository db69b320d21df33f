"""The loop, without any screen."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from drillbox.domain.card import Card, ChoiceCard, Option
from drillbox.domain.course import Course
from drillbox.domain.event import ANSWER, Draft
from drillbox.domain.plan import Plan
from drillbox.domain.variant import Variant
from drillbox.history.log import Log
from drillbox.session import (
    Ask,
    Done,
    End,
    Grade,
    Leave,
    Loop,
    More,
    Note,
    Read,
    Respond,
    Step,
    Suspend,
    Told,
    Undo,
    adopt,
    practice,
    session,
    today,
    words,
)

CARD: TypeAdapter[Any] = TypeAdapter(Card)


def right(ask: Ask) -> Mapping[str, Any]:
    """The right response to a card of the small course."""
    values = ask.variant.values
    return {
        "pick": {"options": [0]},
        "sum": {"text": str(values.get("a", 0) + values.get("b", 0))},
        "gap/word": {"text": "sigmoid"},
        "tell": {"text": "It is so."},
    }[ask.item.id]


WRONG: Mapping[str, Mapping[str, Any]] = {
    "pick": {"options": [1]},
    "sum": {"text": "999"},
    "gap/word": {"text": "softmax"},
    "tell": {"text": "?"},
}


class Sit:
    """A session that is answered step by step."""

    def __init__(self, course: Course, log: Log, plan: Plan | None = None) -> None:
        adopt(course, log)
        self.course, self.log = course, log
        self.loop: Loop = session(course, log, plan or today(course, log))
        self.step: Step = next(self.loop)

    def send(self, reply: Any) -> Step:
        self.step = self.loop.send(reply)
        return self.step

    def ask(self) -> Ask:
        """Go on to the next question."""
        while not isinstance(self.step, Ask):
            assert isinstance(self.step, Read | Told), self.step
            self.send(Done())
        return self.step

    def answer(self, well: bool = True, **more: Any) -> Told:
        """Answer the next question and stop at its verdict."""
        ask = self.ask()
        told = self.send(
            Respond(right(ask) if well else WRONG[ask.item.id], 1000, **more)
        )
        assert isinstance(told, Told)
        return told

    def to_end(self) -> End:
        """Answer everything right to the end."""
        while not isinstance(self.step, End):
            if isinstance(self.step, Ask):
                self.send(Respond(right(self.step), 1000))
            elif isinstance(self.step, Told) and self.step.quality is None:
                self.send(Grade(4))
            else:
                self.send(Done())
        return self.step


@pytest.fixture
def sit(small: Course, log: Log) -> Sit:
    return Sit(small, log)


def answers(log: Log) -> list[str]:
    return [e.item for e in log.events() if e.kind == ANSWER]


def test_a_day_is_the_reading_its_core_cards_and_an_end(sit: Sit) -> None:
    assert isinstance(sit.step, Read)
    end = sit.to_end()
    assert (end.answered, end.right, end.waiting) == (4, 4, 0)
    assert answers(sit.log) == ["pick", "sum", "gap/word", "tell"]


def test_an_answer_is_on_disk_before_its_verdict_is_shown(sit: Sit) -> None:
    told = sit.answer()
    assert [e.id for e in sit.log.events() if e.kind == ANSWER] == [told.event]


def test_a_wrong_card_comes_again_until_it_is_right(sit: Sit) -> None:
    told = sit.answer(well=False)
    assert told.again and told.quality == 1 and told.verdict.why
    sit.send(Done())
    end = sit.to_end()
    assert answers(sit.log) == ["pick", "sum", "gap/word", "tell", "pick"]
    assert end.answered == 5
    state = sit.log.state("small", "pick")
    assert (state.due, state.reviews) == (sit.log.today() + 1, 0)  # a learning


def test_what_is_no_answer_is_said_and_asked_again(sit: Sit) -> None:
    sit.answer()
    sit.send(Done())
    step = sit.send(Respond({"text": "many"}))
    assert isinstance(step, Ask) and step.item.id == "sum"
    assert "many" in step.notes[0]
    assert answers(sit.log) == ["pick"]


def test_undo_asks_the_same_variant_again(sit: Sit) -> None:
    sit.answer()
    first = sit.answer(well=False).ask.variant
    again = sit.send(Undo())
    assert isinstance(again, Ask)
    assert again.variant.prompt == first.prompt
    assert sit.log.state("small", "sum").answers == 0


def test_undo_asks_a_choice_that_draws_with_the_same_numbers(
    small: Course, log: Log
) -> None:
    options = [{"text": "{{a}}", "when": "a > b"}, {"text": "{{b}}", "when": "a < b"}]
    drawn: dict[str, Any] = {"vars": {"a": [1, 3, 5, 7], "b": [2, 4, 6, 8]}}
    drawn["options"] = [{**one, "why": "The smaller."} for one in options]
    pick = small.items["pick"].card.model_dump(exclude_none=True)
    item = replace(small.items["pick"], card=CARD.validate_python({**pick, **drawn}))
    rest = [one for one in small.drops[0].items if one.id != "pick"]
    drop = replace(small.drops[0], items=(item, *rest))
    sit = Sit(replace(small, drops=(drop, *small.drops[1:])), log)
    first = sit.ask().variant
    wrong = [k for k, option in enumerate(shown(first)) if not option.right]
    told = sit.send(Respond({"options": wrong}))
    assert isinstance(told, Told) and told.verdict.outcome == "wrong"
    assert told.verdict.answer in {option.text for option in shown(first)}
    again = sit.send(Undo())
    assert isinstance(again, Ask) and again.variant == first
    assert not any("{{" in option.text for option in shown(first))


def shown(variant: Variant) -> tuple[Option, ...]:
    """The options as they are asked."""
    card = variant.item.card
    assert isinstance(card, ChoiceCard)
    return card.options


def test_undo_reaches_back_answer_by_answer_and_twice_is_harmless(sit: Sit) -> None:
    sit.answer()
    sit.answer()
    sit.send(Undo())
    step = sit.send(Undo())
    assert isinstance(step, Ask) and step.item.id == "pick"
    sit.send(Undo())  # the reading
    step = sit.send(Undo())
    assert step.notes == ("nothing to undo today",)
    assert all(state.answers == 0 for state in sit.log.schedule("small").values())


def test_undo_in_a_new_session_takes_back_the_days_newest_answer(
    small: Course, log: Log
) -> None:
    first = Sit(small, log)
    first.answer()
    first.loop.close()
    second = Sit(small, log)
    step = second.send(Undo())
    assert isinstance(step, Ask) and step.item.id == "pick"


def test_the_learner_may_grade_upwards_what_was_marked_wrong(sit: Sit) -> None:
    sit.answer(well=False)
    told = sit.send(Grade(4))
    assert isinstance(told, Told)
    assert told.quality == 4 and not told.again
    assert sit.log.state("small", "pick").sm2.n == 1


def test_a_grade_at_the_next_question_is_for_the_answer_before(sit: Sit) -> None:
    sit.answer(well=False)
    sit.send(Done())
    step = sit.send(Grade(5))
    assert isinstance(step, Ask) and step.item.id == "sum"
    assert sit.log.state("small", "pick").sm2.ef == 260
    assert sit.to_end().answered == 4  # it does not come again


def test_a_card_graded_well_at_its_own_repetition_is_asked_no_more(sit: Sit) -> None:
    for _ in range(2):
        sit.answer()
    sit.answer(well=False)  # the third of four; the recall follows, then this again
    sit.send(Done())
    sit.answer()
    sit.send(Grade(4))
    step = sit.send(Done())
    assert isinstance(step, Ask) and (step.item.id, step.cause) == ("gap/word", "again")
    told = sit.answer(well=False)
    assert told.again
    step = sit.send(Done())
    assert isinstance(step, Ask) and step.item.id == "gap/word"
    assert isinstance(sit.send(Grade(4)), End)


def test_a_recall_without_a_grade_moves_nothing_and_is_asked_again(sit: Sit) -> None:
    for _ in range(3):
        sit.answer()
    told = sit.answer()
    assert told.ask.item.id == "tell" and told.quality is None
    step = sit.send(Done())
    assert isinstance(step, Ask) and step.item.id == "tell"
    assert sit.log.state("small", "tell").due is None


def test_a_hint_makes_a_right_answer_count_as_three(sit: Sit) -> None:
    told = sit.answer(hint=True)
    assert (told.verdict.outcome, told.quality, told.again) == ("right", 3, True)


@pytest.mark.parametrize(("hint", "said"), [(True, True), (False, False)])
def test_a_recall_that_took_a_hint_says_that_right_is_three(
    sit: Sit, hint: bool, said: bool
) -> None:
    for _ in range(3):
        sit.answer()
    told = sit.answer(hint=hint)
    assert told.quality is None and told.hard is said
    assert ("if right, 3" in words.standing(told)) is said


def test_a_suspended_card_is_not_asked_again(sit: Sit) -> None:
    sit.answer(well=False)
    step = sit.send(Suspend())
    assert "suspended" in step.notes[0]
    sit.to_end()
    assert answers(sit.log).count("pick") == 1


def test_a_note_is_kept_with_file_and_line(sit: Sit) -> None:
    sit.ask()
    step = sit.send(Note("Why this?"))
    assert isinstance(step, Ask) and "01-first.yaml:" in step.notes[0]
    notes = [e.body["text"] for e in sit.log.events() if e.kind == "note"]
    assert notes == ["Why this?"]


@pytest.mark.parametrize("told", [False, True], ids=["a card", "a verdict"])
def test_undo_takes_a_note_back_and_what_is_shown_stays(sit: Sit, told: bool) -> None:
    before = sit.answer() if told else sit.ask()
    sit.send(Note("Why this?"))
    step = sit.send(Undo())
    assert type(step) is type(before)
    assert step.notes[0].startswith("undone: the note on")
    kinds = [e.kind for e in sit.log.events()]
    assert kinds[-2:] == ["note", "undo"] and kinds.count("undo") == 1


def test_a_card_answered_in_another_terminal_leaves_the_plan_with_a_note(
    sit: Sit, home: Path, clock: Any
) -> None:
    sit.ask()
    with Log.open(str(home), clock) as other:
        draft = Draft(ANSWER, "small", "sum", quality=4, body={"verdict": "right"})
        other.append(draft)
    sit.send(Respond({"options": [0]}, 1000))
    step = sit.send(Done())
    assert isinstance(step, Ask) and step.item.id == "gap/word"
    assert "“What is 3 + 2?” was answered elsewhere" in step.notes[0]


def test_leaving_keeps_what_was_answered(sit: Sit) -> None:
    sit.answer()
    with pytest.raises(StopIteration):
        sit.send(Leave())
    assert answers(sit.log) == ["pick"]


def test_the_session_ends_at_its_time_and_offers_more(small: Course, log: Log) -> None:
    sit = Sit(small, log, today(small, log, minutes=5))
    ask = sit.ask()
    sit.send(Respond(right(ask), 299_000))
    end = sit.send(Done())
    assert isinstance(end, End) and end.more == 3
    step = sit.send(More())
    assert isinstance(step, Ask) and step.item.id == "sum"


def test_practice_moves_no_state_and_comes_once(small: Course, log: Log) -> None:
    sit = Sit(small, log, practice(small, 1))
    told = sit.answer(well=False)
    assert (told.role, told.again) == ("drill", False)
    sit.to_end()
    assert all(state.due is None for state in log.schedule("small").values())


def test_the_next_days_variant_has_other_numbers(
    small: Course, log: Log, clock: Any
) -> None:
    prompts = set()
    for _ in range(6):
        sit = Sit(small, log, practice(small, 1))
        sit.answer()
        prompts.add(sit.answer().ask.variant.prompt)
        sit.loop.close()
        clock.sleep(1)
    assert len(prompts) > 2


def test_a_card_whose_answer_the_author_changed_says_so(
    small: Course, log: Log, clock: Any
) -> None:
    Sit(small, log).to_end()
    clock.sleep(1)
    for _ in range(2):
        Sit(small, log).to_end()
    clock.sleep(1)
    assert not today(small, log).entries
    card = small.items["gap/word"].card
    blank = card.blanks["word"].model_copy(update={"answer": "logsigmoid"})
    changed = card.model_copy(update={"blanks": {"word": blank}})
    drop = small.drops[0]
    items = tuple(
        type(i)(i.id, changed, 1, True, (), "word") if i.id == "gap/word" else i
        for i in drop.items
    )
    from dataclasses import replace

    edited = replace(small, drops=(replace(drop, items=items),))
    sit = Sit(edited, log)
    ask = sit.ask()
    assert ask.item.id == "gap/word" and ask.changed


def test_a_notice_of_the_record_is_said_once_and_at_once(sit: Sit) -> None:
    sit.ask()
    sit.log.notices.append("the journal cannot be written")
    told = sit.answer()
    assert told.notes == ("the journal cannot be written",)
    step = sit.send(Done())
    assert not getattr(step, "notes", ())


# -- what every step may be answered with


def test_an_undo_at_the_same_card_asks_it_once_not_twice(sit: Sit) -> None:
    for _ in range(4):
        sit.answer()
    sit.send(Grade(1))
    step = sit.send(Done())
    assert isinstance(step, Ask) and (step.item.id, step.cause) == ("tell", "again")
    step = sit.send(Undo())
    assert isinstance(step, Ask) and step.item.id == "tell" and step.cause != "again"
    sit.answer()
    sit.send(Grade(4))
    assert isinstance(sit.send(Done()), End)


def test_a_note_at_the_end_is_kept_on_the_last_card(sit: Sit) -> None:
    end = sit.to_end()
    assert end.more == 0
    step = sit.send(Note("Why?"))
    assert isinstance(step, End) and "01-first.yaml:" in step.notes[0]
    assert [e.item for e in sit.log.events() if e.kind == "note"] == ["tell"]


def test_a_suspension_at_the_end_is_of_the_last_card(sit: Sit) -> None:
    sit.to_end()
    step = sit.send(Suspend())
    assert isinstance(step, End) and "“Tell it.” is suspended" in step.notes[0]
    assert sit.log.state("small", "tell").suspended


def test_at_an_end_without_a_last_card_there_is_nothing_to_note_on(
    small: Course, log: Log
) -> None:
    Sit(small, log).to_end()
    sit = Sit(small, log)
    for reply in (Note("Why?"), Suspend()):
        step = sit.send(reply)
        assert isinstance(step, End) and step.notes == ("there is no card here",)
    assert [e.kind for e in log.events() if e.kind in ("note", "suspend")] == []


def test_a_drop_cannot_be_suspended_and_says_so(sit: Sit) -> None:
    step = sit.send(Suspend())
    assert isinstance(step, Read)
    assert step.notes == ("a drop cannot be suspended, only its cards",)


def test_an_empty_note_is_not_kept(sit: Sit) -> None:
    step = sit.send(Note("  "))
    assert isinstance(step, Read) and step.notes == ("an empty note is not kept",)
    assert [e for e in sit.log.events() if e.kind == "note"] == []


def test_a_suspension_names_the_command_that_takes_it_back(sit: Sit) -> None:
    sit.ask()
    step = sit.send(Suspend())
    event = next(e for e in sit.log.events() if e.kind == "suspend")
    assert f"`drillbox log undo {event.id[:12]}`" in step.notes[0]


def test_more_gives_the_days_minutes_once_more_however_long_the_first_took(
    small: Course, log: Log
) -> None:
    sit = Sit(small, log, today(small, log, minutes=1))
    for _ in range(6):  # the learner dwells on the reading and on each verdict
        if isinstance(sit.step, End):
            break
        if isinstance(sit.step, Ask):
            sit.send(Respond(right(sit.step), 290_000))
        else:
            sit.send(Done(290_000))
    assert isinstance(sit.step, End)
    first = len(answers(log))
    sit.send(More())
    while isinstance(sit.step, Ask | Told):
        if isinstance(sit.step, Ask):
            sit.send(Respond(right(sit.step), 5_000))
        else:
            sit.send(Done(1_000))
    assert len(answers(log)) >= first + 2


def test_an_untimed_answer_has_a_duration_and_the_same_quality(
    small: Course, log: Log
) -> None:
    for seconds in (5, 6, 7):
        body = {"kind": "choice", "duration_ms": seconds * 1000}
        log.append(Draft(ANSWER, "small", "other", quality=4, body=body))
    sit = Sit(small, log)
    sit.ask()
    told = sit.send(Respond({"options": [0]}, 200_000, timed=False))
    assert isinstance(told, Told) and told.quality == 4
    step = sit.send(Undo())
    assert isinstance(step, Ask)
    told = sit.send(Respond({"options": [0]}, 200_000))
    assert isinstance(told, Told) and told.quality == 3
    kept = [e.body for e in log.events() if (e.item, e.kind) == ("pick", ANSWER)]
    assert [body["duration_ms"] for body in kept] == [200_000, 200_000]


def test_an_answer_of_another_course_is_undone_and_not_asked_here(
    small: Course, log: Log
) -> None:
    log.append(Draft(ANSWER, "other", "sum", quality=4, body={"verdict": "right"}))
    sit = Sit(small, log)
    step = sit.send(Undo())
    assert isinstance(step, Read) and step.notes == (
        "undone: the answer to sum, of the course other",
    )
    assert log.state("other", "sum").answers == 0


def test_a_regraded_answer_tells_what_it_now_is(sit: Sit) -> None:
    assert sit.answer(well=False).role == "learning"
    told = sit.send(Grade(4))
    assert isinstance(told, Told) and told.role == "review"


def test_an_exercise_that_this_session_opened_is_its_next_action(
    dpo: Course, log: Log
) -> None:
    drop = next(d for d in dpo.drops if d.exercises)
    adopt(dpo, log)
    log.append(Draft("read", "dpo", drop.id))
    end = Sit(dpo, log, Plan(7, ())).step
    assert isinstance(end, End) and end.plan.exercise == drop.exercises[0]


def test_undoing_a_suspension_asks_no_card_that_was_answered_well_today(
    sit: Sit,
) -> None:
    sit.to_end()
    sit.send(Suspend())
    step = sit.send(Undo())
    assert isinstance(step, End) and step.notes == (
        "undone: the suspension of “Tell it.”",
    )
    assert not sit.log.state("small", "tell").suspended


def test_what_the_day_took_already_is_counted_with_its_reading(
    small: Course, log: Log
) -> None:
    sit = Sit(small, log)
    sit.send(Done(100_000))
    sit.send(Respond({"options": [0]}, 20_000))
    sit.loop.close()
    practised = Sit(small, log, practice(small, 1))
    practised.answer()
    practised.loop.close()
    assert log.spent("small") == 120.0
    assert log.spent("other") == 0.0
    log.append(Draft("undo", "small", target=log.newest(2)[1].id))
    assert log.spent("small") == 100.0
