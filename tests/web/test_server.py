"""The server by its protocol: who gets in, and that no process outlives its tab."""

import asyncio
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from drillbox.web.server import page
from tests.pseudo import plain_words
from tests.web.conftest import Served

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks at /proc"
)
WAIT_S = 30.0
DEAF = [  # an app that starts, paints, and then hears nothing
    sys.executable,
    "-c",
    "import signal, sys, time\n"
    "for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):\n"
    "    signal.signal(n, signal.SIG_IGN)\n"
    "from drillbox.web import lifeline\n"
    "lifeline.hold()\n"
    "sys.stdout.write('__GANGLION__\\n'); sys.stdout.flush()\n"
    "sys.stdout.buffer.write(b'D' + (5).to_bytes(4, 'big') + b'hello')\n"
    "sys.stdout.flush()\n"
    "while True: time.sleep(60)\n",
]


@asynccontextmanager
async def tab(served: Served) -> AsyncIterator[ClientWebSocketResponse]:
    """A websocket as the page opens it."""
    url = f"{served.address.replace('http', 'ws', 1)}ws?width=80&height=24"
    async with (
        ClientSession() as http,
        http.ws_connect(url, origin=served.origin) as socket,
    ):
        yield socket


async def until(holds: Callable[[], bool]) -> None:
    """Wait for another process to do it."""
    async with asyncio.timeout(WAIT_S):
        while not holds():
            await asyncio.sleep(0.05)


async def painted(socket: ClientWebSocketResponse, text: str) -> None:
    """Wait until the app has written this."""
    seen = b""
    async with asyncio.timeout(WAIT_S):
        async for message in socket:
            if message.type == WSMsgType.BINARY:
                seen += message.data
                if text.encode() in seen:
                    return
    raise AssertionError(f"closed before it wrote {text!r}")


def test_every_word_of_the_page_comes_from_the_catalogue(spoken: None) -> None:
    text = page(16)
    assert '<html lang="eo">' in text and 'data-font-size="16"' in text
    body = text.partition("<body>")[2]
    said = re.sub(r"<[^>]*>", " ", body)
    assert said.count("⟦") == 4 and plain_words(said) == []


async def test_the_page_comes_from_this_server_alone(serve) -> None:
    served = serve()
    async with ClientSession() as http, http.get(served.address) as answer:
        page = await answer.text()
        assert answer.status == 200
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "http" not in page and "//" not in page


@pytest.mark.parametrize(
    ("headers", "under"),
    [
        ({"Origin": "http://evil.example"}, None),
        ({"Host": "evil.example"}, None),
        ({}, "http://127.0.0.1"),
    ],
)
async def test_strangers_get_403(serve, headers, under) -> None:
    served = serve()
    url = served.address if under is None else f"{served.origin}/"
    async with ClientSession() as http, http.get(url, headers=headers) as answer:
        assert answer.status == 403
        assert (await answer.text()).startswith("403: ")


async def test_what_no_app_has_offered_cannot_be_downloaded(serve) -> None:
    served = serve()
    urls = {f"{served.address}download/key": 404, f"{served.origin}/download/key": 403}
    async with ClientSession() as http:
        for url, status in urls.items():
            async with http.get(url) as answer:
                assert answer.status == status


@pytest.mark.parametrize("origin", ["http://evil.example", None])
async def test_a_foreign_page_opens_no_socket_and_starts_no_process(
    serve, origin
) -> None:
    served = serve()
    url = f"{served.address.replace('http', 'ws', 1)}ws"
    async with ClientSession() as http:
        with pytest.raises(Exception, match="403"):
            await http.ws_connect(url, origin=origin)
    assert served.below() == []


async def test_closing_the_tab_ends_the_app(serve) -> None:
    served = serve()
    async with tab(served) as socket:
        await painted(socket, "start today's session")
        assert served.below()
    await until(lambda: not served.below())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
async def test_no_app_outlives_its_server(serve, number) -> None:
    served = serve()
    async with tab(served) as socket:
        await painted(socket, "start today's session")
        served.end(number)
        await until(lambda: not served.below())


@pytest.mark.parametrize("number", [None, signal.SIGKILL])
async def test_an_app_that_hears_nothing_is_ended_too(serve, number) -> None:
    served = serve(program=DEAF)
    async with tab(served) as socket:
        await painted(socket, "hello")
        assert served.below()
        if number is not None:
            served.end(number)
    await until(lambda: not served.below())


async def test_a_tab_that_answers_no_more_is_gone_within_its_heartbeat(serve) -> None:
    served = serve(heartbeat_s=0.5)
    host, port = served.origin.removeprefix("http://").split(":")
    path = served.address.removeprefix(served.origin)
    request = (
        f"GET {path}ws HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {served.origin}\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection((host, int(port))) as half_open:
        half_open.sendall(request.encode())
        assert half_open.recv(12) == b"HTTP/1.1 101"
        await until(lambda: bool(served.below()))
        await until(lambda: not served.below())


@pytest.mark.parametrize(
    "message",
    ["", "x", "[]", "{}", '["resize"]', '["stdin", 1]', '["stdin", "\\ud800"]'],
)
async def test_what_is_no_message_of_the_page_closes_the_tab(serve, message) -> None:
    served = serve(program=DEAF)
    async with tab(served) as socket:
        await painted(socket, "hello")
        await socket.send_str(message)
        async with asyncio.timeout(WAIT_S):
            async for _ in socket:
                pass
        assert socket.close_code == 1003


async def test_more_tabs_than_there_may_be_are_refused(serve, monkeypatch) -> None:
    served = serve(program=DEAF)
    url = f"{served.address.replace('http', 'ws', 1)}ws"
    async with ClientSession() as http:
        for _ in range(8):
            await painted(await http.ws_connect(url, origin=served.origin), "hello")
        with pytest.raises(Exception, match="503"):
            await http.ws_connect(url, origin=served.origin)
    await until(lambda: not served.below())
