"""What a drop offers to try, where it is read."""

from drillbox.screen.reading import Link


async def test_a_drop_is_read_with_what_there_is_to_try(sit_down, scenes) -> None:
    async with sit_down(scenes) as seat:
        await seat.press("r")
        assert "e exercise" in seat.keys and "l run" in seat.keys
        await seat.press("pagedown")
        assert "Try it e the exercise dpo-loss l the run three-pairs" in seat.text
        await seat.press("e")
        assert seat.shown == "ExerciseScreen"
        await seat.press("q")
        assert seat.shown == "RereadScreen"


async def test_a_session_goes_on_where_the_run_was_tried(sit_down, scenes) -> None:
    async with sit_down(scenes) as seat:
        await seat.press("enter")
        assert seat.shown == "ReadScreen"
        await seat.press("l")
        assert seat.shown == "RunScreen"
        await seat.press("q")
        assert seat.shown == "ReadScreen"
        await seat.read()
        assert "2 of 5" in seat.text


async def test_where_there_are_several_exercises_a_number_opens_each(
    sit_down, dpo
) -> None:
    async with sit_down(dpo) as seat:
        await seat.press("r")
        assert "e exercise" in seat.keys and "1–3 exercises" in seat.keys
        await seat.press(*["pagedown"] * 9)
        assert "1 the exercise memory-bytes 2 the exercise ppo-clip-loss" in seat.text
        await seat.press("4", "0")
        assert seat.shown == "RereadScreen"
        await seat.press("2")
        assert seat.screen.exercise.id == "ppo-clip-loss"


async def test_a_click_on_its_line_opens_it(sit_down, scenes) -> None:
    async with sit_down(scenes, size=(80, 45)) as seat:
        await seat.press("r")
        await seat.hand.click(seat.screen.query(Link).first())
        await seat.settle()
        assert seat.shown == "ExerciseScreen"


async def test_a_drop_with_nothing_to_try_says_nothing_of_it(sit_down, kinds) -> None:
    async with sit_down(kinds) as seat:
        await seat.press("r")
        assert "Try it" not in seat.text
        assert "exercise" not in seat.keys
