from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillbox.domain.studyday import Moment, from_iso, iso, study_day

BERLIN = ZoneInfo("Europe/Berlin")


def moment(local: datetime) -> Moment:
    """What a clock in its zone shows at this time."""
    offset = local.utcoffset()
    assert offset is not None
    return Moment(int(local.timestamp() * 1000), int(offset.total_seconds()) // 60)


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


@pytest.mark.parametrize(
    ("wall", "fold", "expected"),
    [
        ("2026-03-29 01:30", 0, "2026-03-28"),
        ("2026-03-29 03:30", 0, "2026-03-28"),
        ("2026-03-29 04:30", 0, "2026-03-29"),  # four hours of UTC say the 28th
        ("2026-10-25 02:30", 0, "2026-10-24"),
        ("2026-10-25 02:30", 1, "2026-10-24"),
        ("2026-10-25 03:30", 0, "2026-10-24"),  # four hours of UTC say the 25th
        ("2026-10-25 04:30", 0, "2026-10-25"),
    ],
)
def test_when_the_clocks_change_the_wall_clock_decides(
    wall: str, fold: int, expected: str
) -> None:
    local = datetime.fromisoformat(wall).replace(tzinfo=BERLIN, fold=fold)
    assert iso(study_day(moment(local))) == expected


@pytest.mark.parametrize(
    ("hour", "minute", "second", "micro", "expected"),
    [
        (3, 59, 59, 999_000, "2026-06-09"),
        (4, 0, 0, 0, "2026-06-10"),
        (23, 59, 59, 0, "2026-06-10"),
        (0, 0, 0, 0, "2026-06-09"),
    ],
)
def test_a_study_day_begins_at_four_in_the_morning(
    hour: int, minute: int, second: int, micro: int, expected: str
) -> None:
    local = datetime(2026, 6, 10, hour, minute, second, micro, tzinfo=BERLIN)
    assert iso(study_day(moment(local))) == expected


@pytest.mark.parametrize(
    ("off", "start", "hours", "on", "landing"),
    [
        ("Pacific/Auckland", "2026-05-02 20:00", 12, "America/Los_Angeles", "05-02"),
        ("America/Los_Angeles", "2026-05-02 23:00", 13, "Pacific/Auckland", "05-04"),
        ("Asia/Tokyo", "2026-05-03 00:30", 9, "America/Los_Angeles", "05-02"),
    ],
)
def test_after_a_flight_the_clock_on_the_new_wall_decides(
    off: str, start: str, hours: int, on: str, landing: str
) -> None:
    take_off = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(off))
    arrival = (take_off.astimezone(UTC) + timedelta(hours=hours)).astimezone(
        ZoneInfo(on)
    )
    assert study_day(moment(take_off)) == day(2026, 5, 2)
    assert iso(study_day(moment(arrival))) == f"2026-{landing}"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Pacific/Kiritimati", "2026-01-01"),  # 14 hours ahead
        ("Asia/Kathmandu", "2025-12-31"),  # 5 hours 45 ahead
        ("America/St_Johns", "2025-12-31"),  # 3 hours 30 behind
        ("Pacific/Pago_Pago", "2025-12-30"),  # 11 hours behind
    ],
)
def test_one_instant_is_another_study_day_elsewhere(zone: str, expected: str) -> None:
    instant = datetime(2025, 12, 31, 14, 30, tzinfo=UTC)
    assert iso(study_day(moment(instant.astimezone(ZoneInfo(zone))))) == expected


def test_moments_before_1970_have_a_study_day_too() -> None:
    assert study_day(Moment(-1, 0)) == day(1969, 12, 31)
    assert study_day(Moment(0, 0)) == day(1969, 12, 31)
    assert study_day(Moment(4 * 3_600_000, 0)) == day(1970, 1, 1)


@given(st.dates(date(1980, 1, 1), date(2200, 1, 1)))
def test_a_day_survives_being_written_down(written: date) -> None:
    assert from_iso(iso(written.toordinal())) == written.toordinal()


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),
    st.integers(-12 * 60, 14 * 60),
)
def test_it_is_the_date_on_the_wall_four_hours_earlier(
    wall: datetime, offset: int
) -> None:
    wall = wall.replace(microsecond=0)
    utc = wall.replace(tzinfo=UTC) - timedelta(minutes=offset)
    found = study_day(Moment(int(utc.timestamp()) * 1000, offset))
    assert found == (wall - timedelta(hours=4)).date().toordinal()


@pytest.mark.parametrize("text", ["", "2026-13-01", "yesterday", "2026-02-29"])
def test_what_is_no_date_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        from_iso(text)
