"""A headless Chromium, driven over the DevTools protocol."""

import asyncio
import base64
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WAIT_S = 60.0
KEYS = {"Enter": 13, "Escape": 27, "ArrowDown": 40, "F1": 112, "F2": 113}
CONTROL = 2  # the protocol's bit for the key Ctrl


class Page:
    """One tab: it is told what to do, and keeps what its websockets received."""

    def __init__(self, socket: ClientWebSocketResponse, session: str) -> None:
        self.socket = socket
        self.session = session
        self.number = 0
        self.answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.received = b""
        self.asked: list[str] = []
        self.news = asyncio.Event()

    async def listen(self) -> None:
        """Sort what the browser says, until it ends."""
        async for message in self.socket:
            if message.type == WSMsgType.TEXT:
                self.take(message.json())

    def take(self, said: dict[str, Any]) -> None:
        if "id" in said:
            self.answers.pop(said["id"]).set_result(said)
        elif said["method"] == "Network.webSocketFrameReceived":
            data = said["params"]["response"]
            if data["opcode"] == 2:
                self.received += base64.b64decode(data["payloadData"])
        elif said["method"] == "Network.requestWillBeSent":
            self.asked.append(said["params"]["request"]["url"])
        self.news.set()

    async def call(self, method: str, **parameters: Any) -> Any:
        """One command and its result."""
        self.number += 1
        number, answer = self.number, asyncio.get_running_loop().create_future()
        self.answers[number] = answer
        told = {"id": number, "method": method, "params": parameters}
        await self.socket.send_json({**told, "sessionId": self.session})
        said = await asyncio.wait_for(answer, WAIT_S)
        assert "error" not in said, said
        return said["result"]

    async def evaluate(self, script: str) -> Any:
        """The value of a JavaScript expression."""
        told = await self.call("Runtime.evaluate", expression=script)
        return told["result"].get("value")

    async def until(self, holds: Callable[[], bool | Awaitable[bool]]) -> None:
        """Wait for it; looked at again with every message of the browser."""
        async with asyncio.timeout(WAIT_S):
            while True:
                self.news.clear()
                found = holds()
                if found if isinstance(found, bool) else await found:
                    return
                with suppress(TimeoutError):
                    await asyncio.wait_for(self.news.wait(), 0.2)

    async def sees(self, text: str) -> None:
        """Wait until the app has written this, and forget what came before."""
        try:
            await self.until(lambda: text.encode() in self.received)
        except TimeoutError:
            raise AssertionError(f"{text!r} is not in {self.received!r}") from None
        self.received = b""

    async def press(self, key: str, modifiers: int = 0) -> None:
        """One key, as from a keyboard."""
        code = KEYS.get(key, ord(key[0].upper()))
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        what = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        typed = {} if modifiers else {"text": text}
        await self.call("Input.dispatchKeyEvent", type="keyDown", **typed, **what)
        await self.call("Input.dispatchKeyEvent", type="keyUp", **what)

    async def save_to(self, directory: Path) -> None:
        """Save what is downloaded there, and ask nobody."""
        how = {"behavior": "allow", "downloadPath": str(directory)}
        await plain(self, "Browser.setDownloadBehavior", **how)

    async def picture(self, file: Path) -> None:
        """What is seen, as PNG."""
        told = await self.call("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(told["data"]))


@asynccontextmanager
async def browser() -> AsyncIterator[Callable[[str], Awaitable[Page]]]:
    """A browser; what it yields opens a URL in a new tab."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = await asyncio.create_subprocess_exec(
            CHROMIUM,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--remote-debugging-port=0",
            f"--user-data-dir={profile}",
            "about:blank",
            stderr=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
        )
        try:
            async with ClientSession() as http:
                address = await listening_at(process)
                async with http.ws_connect(address, max_msg_size=0) as socket:
                    first = Page(socket, "")
                    listener = asyncio.create_task(first.listen())
                    yield lambda url: opened(first, url)
                    listener.cancel()
        finally:
            process.kill()
            await process.wait()


async def listening_at(process: asyncio.subprocess.Process) -> str:
    """The address that Chromium prints once it listens."""
    assert process.stderr is not None
    async with asyncio.timeout(WAIT_S):
        async for line in process.stderr:
            if line.startswith(b"DevTools listening on "):
                return line.decode().split(" on ", 1)[1].strip()
    raise AssertionError("Chromium ended before it listened")


async def opened(first: Page, url: str) -> Page:
    """A new tab at this URL."""
    told = await plain(first, "Target.createTarget", url="about:blank")
    joined = await plain(
        first, "Target.attachToTarget", targetId=told["targetId"], flatten=True
    )
    first.session = joined["sessionId"]
    for domain in ("Page", "Network", "Runtime"):
        await first.call(f"{domain}.enable")
    await first.call("Page.navigate", url=url)
    return first


async def plain(page: Page, method: str, **parameters: Any) -> Any:
    """A command to the browser itself, not to a tab."""
    page.number += 1
    number, answer = page.number, asyncio.get_running_loop().create_future()
    page.answers[number] = answer
    await page.socket.send_json({"id": number, "method": method, "params": parameters})
    said = await asyncio.wait_for(answer, WAIT_S)
    assert "error" not in said, said
    return said["result"]
