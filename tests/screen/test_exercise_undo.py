"""What `u` takes back at an exercise, and what the page shows then."""

from pathlib import Path

from drillbox.domain.event import Draft
from drillbox.grader.exercise import find
from tests.screen.desk import CODE, RIGHT, WRONG, attempts, files, look, save


async def test_what_was_passed_can_be_taken_back(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "✓ Passed, quality 5" in seat.text
        assert "d diff" in seat.keys
        await seat.press("u")
        assert "undone: the attempt at dpo-loss" in seat.text
        assert "d diff" not in seat.keys
        assert seat.screen.record.state.answers == 0
        assert "u undo" not in seat.keys
        await seat.press("u")
        assert len(seat.events("undo")) == 1


async def test_undo_is_offered_only_where_something_of_this_exercise_was_done_today(
    at_work,
) -> None:
    async with at_work(WRONG) as seat:
        assert "u undo" not in seat.keys
        save(seat, CODE.format(n=0))
        await look(seat)
        await seat.press("h", "u")
        assert "u undo" not in seat.keys and seat.events("undo") == []
        seat.grader.cases = RIGHT
        save(seat, CODE.format(n=1))
        await look(seat)
        assert "u undo" in seat.keys
    async with at_work(RIGHT) as seat:
        assert "u undo" in seat.keys


async def test_after_a_day_there_is_nothing_of_the_exercise_to_undo(
    at_work, clock
) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        clock.sleep(1)
        await seat.press("u")
        assert "nothing to undo today" in seat.text
        assert seat.events("undo") == [] and "u undo" not in seat.keys


async def test_what_was_done_elsewhere_is_not_undone_at_an_exercise(at_work) -> None:
    async with at_work(RIGHT) as seat:
        _, log = seat.app.opened()
        save(seat, CODE.format(n=1))
        await look(seat)
        body = {"answer": {}, "verdict": "right"}
        log.append(Draft("answer", "scenes", "first-loss", quality=4, body=body))
        log.append(Draft("attempt", "other", "dpo-loss", body={"what": "pass"}))
        await seat.press("u", "u", "u")
        assert [event.item for event in seat.events("undo")] == ["dpo-loss"]
        assert log.state("scenes", "first-loss").answers == 1
        assert "undone: the attempt at dpo-loss" in seat.text


async def test_after_an_undo_the_verdict_of_the_pass_is_gone(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("u")
        assert "Passed" not in seat.text and "back tomorrow" not in seat.text
        assert "right 1 pair" not in seat.text
        await seat.press("r")
        assert "✓ Passed, quality 5" in seat.text


async def test_an_undo_leaves_the_verdict_on_what_did_not_pass(at_work) -> None:
    async with at_work(WRONG) as seat:
        await seat.press("g", "y")
        save(seat, CODE.format(n=0))
        await look(seat)
        await seat.press("u")
        assert "undone: giving up dpo-loss" in seat.text
        assert "✗ Not yet, 1 of 2 cases right" in seat.text


async def test_after_giving_up_is_undone_the_solution_is_hidden_again(at_work) -> None:
    async with at_work() as seat:
        await seat.press("h", "g", "y")
        assert "The solution." in seat.text
        assert "g give up" not in seat.keys and "h hint" not in seat.keys
        await seat.press("u")
        assert "undone: giving up dpo-loss" in seat.text
        assert "The solution." not in seat.text and "logsigmoid" not in seat.text
        assert len(seat.screen.query(".hint")) == 1
        assert "g give up" in seat.keys and "h hint" in seat.keys
        await seat.press("g")
        assert "counts as 0" in seat.text
        await seat.press("y")
        assert "The solution." in seat.text
        what = [name for name, _quality in attempts(seat)]
        assert what == ["hint", "give-up", "give-up"]


async def test_what_was_free_after_a_pass_costs_again_once_it_is_undone(
    at_work,
) -> None:
    async with at_work(RIGHT) as seat:
        await seat.press("h")
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("h", "g")
        assert len(seat.screen.query(".hint")) == 2
        assert "The solution." in seat.text
        await seat.press("u")
        assert len(seat.screen.query(".hint")) == 1
        assert "The solution." not in seat.text
        await seat.press("h")
        assert [name for name, _quality in attempts(seat)] == ["hint", "pass", "hint"]


async def test_the_solution_stays_while_giving_up_stands(at_work) -> None:
    async with at_work(RIGHT) as seat:
        await seat.press("g", "y")
        save(seat, CODE.format(n=1))
        await look(seat)
        assert [name for name, _quality in attempts(seat)] == ["give-up", "pass"]
        await seat.press("u")
        assert "undone: the attempt at dpo-loss" in seat.text
        assert "The solution." in seat.text and "g give up" not in seat.keys
        await seat.press("u")
        assert "undone: giving up dpo-loss" in seat.text
        assert "The solution." not in seat.text and "u undo" not in seat.keys


async def test_after_a_reset_undo_brings_the_former_file_back(at_work) -> None:
    async with at_work() as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("b")
        assert "u undo" in seat.keys
        await seat.press("u")
        assert files(seat) == {"dpo-loss.py": CODE.format(n=1)}
        assert "undone: the reset of dpo-loss" in seat.text
        assert "u undo" not in seat.keys
        await look(seat)
        assert len(seat.grader.sources) == 1  # that it is back is no save
        save(seat, CODE.format(n=2))
        await look(seat)
        assert seat.grader.sources[1:] == [CODE.format(n=2)]


async def test_what_was_written_after_a_reset_is_kept_when_that_is_undone(
    at_work,
) -> None:
    async with at_work(size=(120, 30)) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("b")
        save(seat, CODE.format(n=2))
        await look(seat)
        assert "✗ Not yet" in seat.text
        await seat.press("u")
        one, two = CODE.format(n=1), CODE.format(n=2)
        assert files(seat) == {"dpo-loss.py": one, "dpo-loss.2.py": two}
        assert "undone: the reset of dpo-loss; what you wrote after it is" in seat.text
        assert "dpo-loss.2.py" in seat.text.replace(" ", "")
        assert "✗ Not yet" not in seat.text


async def test_resets_and_attempts_are_undone_the_newest_first(at_work) -> None:
    async with at_work(RIGHT) as seat:
        for n in (1, 2):
            save(seat, CODE.format(n=n))
            await look(seat)
            await seat.press("b")
        assert [name for name, _quality in attempts(seat)] == ["pass", "pass"]
        save(seat, CODE.format(n=3))
        await look(seat)
        said, mine = [], []
        while "u undo" in seat.keys:
            await seat.press("u")
            said.append(str(seat.screen.query_one(".said").content).partition(";")[0])
            mine.append(files(seat)["dpo-loss.py"][-2])
        attempt = "undone: the attempt at dpo-loss"
        reset = "undone: the reset of dpo-loss"
        assert said == [attempt, reset, attempt, reset, attempt]
        assert mine == [*"32211"]
        assert sorted(files(seat).values()) == [CODE.format(n=n) for n in (1, 2, 3)]


async def test_a_former_file_that_is_gone_is_said_and_undo_goes_on(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("b")
        path = Path(seat.screen.file.path)
        path.with_suffix(".1.py").unlink()
        await seat.press("u")
        assert "there is no file" in seat.text
        assert path.read_text() == find("dpo-loss").starter
        await seat.press("u")
        assert "undone: the attempt at dpo-loss" in seat.text


async def test_what_was_undone_is_said_until_the_next_grading(at_work) -> None:
    async with at_work(RIGHT) as seat:
        save(seat, CODE.format(n=1))
        await look(seat)
        await seat.press("u", "r")
        assert "✓ Passed, quality 5" in seat.text
        assert "undone:" not in seat.text
        await seat.press("b")
        save(seat, CODE.format(n=2))
        await look(seat)
        assert "blank again" not in seat.text
