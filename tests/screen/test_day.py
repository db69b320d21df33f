"""A whole day with the keyboard, and the day after."""

from drillbox.domain.course import Course


async def test_two_days_of_the_course_are_lived_with_the_keyboard(
    sit_down, clock, dpo: Course
) -> None:
    async with sit_down(dpo) as seat:
        assert "min: drop 1 with 3 new cards" in seat.text
        await seat.press("enter")
        assert "four-model accounting" in seat.text
        await seat.read()
        while seat.shown != "EndScreen":
            await seat.answer()
            if seat.screen.told.quality is None:
                await seat.press("4")
            await seat.press("enter")
        core = [item.id for item in dpo.drop(1).core]
        assert [event.item for event in seat.events()][:3] == core
        assert [event.item for event in seat.events("read")] == [dpo.drop(1).id]
        await seat.press("enter")
        assert seat.shown == "HomeScreen"
        assert "✓  1" in "\n".join(seat.lines)
        assert "1 day in a row" in seat.text
        first = len(seat.events())
    clock.sleep(1)
    async with sit_down(dpo) as seat:
        assert f"{first} cards due" in seat.text
        assert "→  2" in "\n".join(seat.lines)
        await seat.press("enter")
        assert "Bradley-Terry" in seat.text
        await seat.read()
        await seat.answer(well=False)
        assert "✗ Wrong" in seat.text and "comes again today" in seat.text
        await seat.press("q")
        assert seat.shown == "HomeScreen"
        assert "2 days in a row" in seat.text
        assert len(seat.events()) == first + 1


async def test_a_card_that_was_wrong_comes_again_at_the_end(sit_down, small) -> None:
    async with sit_down(small) as seat:
        await seat.press("enter")
        await seat.read()
        await seat.answer(well=False)
        while seat.shown != "EndScreen":
            await seat.press("4" if seat.screen.told.quality is None else "enter")
            if seat.shown == "AskScreen":
                await seat.answer()
        items = [event.item for event in seat.events()]
        assert items == ["pick", "sum", "gap/word", "tell", "pick"]


async def test_beyond_the_plan_there_is_more_on_offer(sit_down, kinds) -> None:
    from drillbox.screen.app import Wish

    async with sit_down(kinds, Wish(minutes=1, everything=True)) as seat:
        await seat.press("enter")
        while seat.shown != "EndScreen":
            await (seat.read() if seat.shown == "ReadScreen" else seat.answer())
            if seat.shown == "ToldScreen":
                await seat.press("enter")
        assert "m more cards" in seat.keys
        await seat.press("m")
        assert seat.shown in ("ReadScreen", "AskScreen")
