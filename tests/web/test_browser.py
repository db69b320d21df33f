"""In a real browser: the page loads, a card is answered, a run runs, the tab closes."""

from pathlib import Path
from zipfile import ZipFile

import pytest

from drillbox import places
from drillbox.domain.studyday import Moment
from drillbox.history.log import Log
from drillbox.lab.begin import find
from tests.web.browser import CHROMIUM, CONTROL, Page, browser
from tests.web.conftest import APP, Served
from tests.web.test_server import until

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium")


def on_disk(kind: str) -> int:
    """How many events of this kind are on disk."""
    if not Path(places.database()).exists():
        return 0
    with Log.open(places.home(), lambda: Moment(0, 0)) as log:
        return sum(event.kind == kind for event in log.events())


def own(page: Page, served: Served) -> bool:
    """Was nothing asked for but this server's own files?"""
    return all(url.startswith((served.address, "data:")) for url in page.asked)


async def test_a_card_is_answered_in_a_browser(serve) -> None:
    served = serve(program=[*APP, "--drop", "1"])
    async with browser() as open_tab:
        page = await open_tab(served.address)
        await page.sees("know")  # ? don't know
        await page.press("?")
        await page.until(lambda: on_disk("answer") == 1)
        assert own(page, served)
        fonts = "document.fonts.check('16px \"Roboto Mono\"')"
        assert await page.evaluate(fonts) is True
        page.received = b""
        size = {"width": 500, "height": 400, "deviceScaleFactor": 1, "mobile": False}
        await page.call("Emulation.setDeviceMetricsOverride", **size)
        await page.sees("keys")  # painted anew in the new size
        await page.call("Page.close")
        await until(lambda: not served.below())


async def test_the_page_says_when_the_session_has_ended(serve) -> None:
    served = serve()
    async with browser() as open_tab:
        page = await open_tab(served.address)
        await page.sees("start today's session")
        await page.press("q")
        closed = "document.body.classList.contains('-closed')"
        await page.until(lambda: page.evaluate(closed))
        shown = "getComputedStyle(document.querySelector('.ended')).display"
        assert await page.evaluate(shown) == "flex"
        await page.press("Enter")  # the button has the focus
        await page.sees("start today's session")


LAST = """
window.addEventListener("keydown", (event) => { window.last = event; }, true);
"""
TAKEN = "window.last.key + ' ' + window.last.defaultPrevented"


@pytest.mark.parametrize(
    ("key", "modifiers", "shows"),
    [("F2", 0, "Enter does it"), ("p", CONTROL, "Enter does it"), ("F1", 0, "course")],
)
async def test_keys_that_a_browser_has_too_are_drillboxs(
    serve, key: str, modifiers: int, shows: str
) -> None:
    served = serve()
    async with browser() as open_tab:
        page = await open_tab(served.address)
        await page.sees("start today's session")
        await page.evaluate(LAST)
        await page.press(key, modifiers)
        await page.sees(shows)  # of the palette, or of the list of keys
        assert await page.evaluate(TAKEN) == f"{key} true"  # no help, no print dialog
        await page.press("Escape")
        await page.sees("start today's session")


async def test_a_run_is_predicted_run_and_saved_in_a_browser(
    serve, tmp_path: Path
) -> None:
    served = serve()
    async with browser() as open_tab:
        page = await open_tab(served.address)
        await page.sees("start today's session")
        for _ in range(5):
            await page.press("ArrowDown")
        await page.sees("Drop 6")
        await page.press("l")
        run = find("partition")
        assert run is not None
        await page.sees(run.title)
        await page.sees(" predict")  # the key is offered
        await page.press("Enter")
        for _ in run.questions:
            for shown, key in ((" move", "1"), (" how sure", "9")):
                await page.sees(shown)
                await page.press(key)
        await page.sees("Brier score")
        assert on_disk("predict") == 1
        before = set(Path.cwd().iterdir())
        await page.save_to(tmp_path)
        await page.press("s")
        await page.sees("Your browser saves partition.zip")
        await page.until((tmp_path / "partition.zip").exists)
        with ZipFile(tmp_path / "partition.zip") as files:
            assert files.namelist() == ["partition.svg", "partition.csv"]
            assert b"<svg" in files.read("partition.svg")
            assert b"\nheader,partition," in files.read("partition.csv")
        assert own(page, served) and set(Path.cwd().iterdir()) == before
