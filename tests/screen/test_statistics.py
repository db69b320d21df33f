"""The statistics screen: counted beside the screen, laid out for its width."""

from drillbox.domain.event import Draft
from drillbox.errors import HistoryError


async def test_statistics_are_one_key_away_and_back(sit_down, small) -> None:
    async with sit_down(small) as seat:
        assert "t statistics" in seat.keys
        await seat.press("t")
        assert seat.shown == "StatisticsScreen"
        assert "Nothing is scheduled yet: read a drop" in seat.text
        await seat.press("t")
        assert seat.shown == "HomeScreen"


async def test_what_was_answered_is_counted(sit_down, clock, small) -> None:
    async with sit_down(small, size=(80, 60)) as seat:
        _, log = seat.app.opened()
        for quality in (4, 1, 4):
            body = {"duration_ms": 60_000}
            log.append(Draft("answer", "small", "pick", quality=quality, body=body))
            clock.sleep(1)
        await seat.press("t")
        assert "3 days in a row." in seat.text
        assert "1 of 2 right, 50% (9% to 91%)" in seat.text
        assert "1 due now" in seat.text or "0 due now" in seat.text
        assert "3 minutes in the last 30 days, on 3 days" in seat.text
        assert "forgotten 1 time, easiness 1.96: “" in seat.text
        assert "0 answers with a confidence; shown after 60 more." in seat.text


async def test_as_many_weeks_are_shown_as_fit(sit_down, small) -> None:
    async with sit_down(small, size=(120, 40)) as seat:
        _, log = seat.app.opened()
        log.append(Draft("answer", "small", "pick", quality=4))
        await seat.press("t")
        for width, weeks in ((120, 53), (60, 51), (40, 31)):
            await seat.resize(width, 30)
            monday = next(line for line in seat.lines if line.startswith("  Mon ·"))
            assert len(monday.split()[1]) == weeks and monday[5 + weeks] == "█"


async def test_the_pages_turn_where_there_is_more(sit_down, small) -> None:
    async with sit_down(small, size=(40, 15)) as seat:
        await seat.press("t")
        assert "space read on" in seat.keys and "Hardest" not in seat.text
        await seat.press(*["space"] * 5)
        assert "Hardest cards" in seat.text and "space read on" not in seat.keys
        await seat.press("escape")
        assert seat.shown == "HomeScreen"


async def test_a_record_that_cannot_be_read_ends_with_its_sentence(
    sit_down, small, monkeypatch
) -> None:
    def fail(course: object, log: object) -> None:
        raise HistoryError("the record cannot be read")

    monkeypatch.setattr("drillbox.screen.statistics.statistics", fail)
    async with sit_down(small) as seat:
        await seat.press("t")
        assert seat.app.return_value == "drillbox: the record cannot be read"
