"""The server: its page, its websocket, and the processes behind them."""

import asyncio
import json
import os
import re
import secrets
import socket
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from importlib.resources import files
from ipaddress import ip_address

from aiohttp import WSMsgType, web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from drillbox.web.guard import HEADERS, LOOPBACK, guard_of
from drillbox.web.tab import Tab
from drillbox.words import N_, _, language

HEARTBEAT_S = 15.0  # a tab that does not answer for 1.5 of these is gone
MOST_TABS = 8
LARGEST = 1 << 20  # bytes of one message, as when a file is pasted
SIDES = (2, 1000)  # columns and rows that a browser may ask for
FILES = {"page.css": "text/css", "page.js": "text/javascript"}
PAGE = {  # what stands for its words in page.html; shown through `_`
    "NEEDS_SCRIPT": N_(
        "drillbox in a browser needs JavaScript. In a terminal: drillbox"
    ),
    "OPENING": N_("opening drillbox …"),
    "ENDED": N_("The session has ended. Every answer is kept."),
    "AGAIN": N_("open again"),
}


class DrillServer(Server):
    """Serves `command`, a program and its arguments, to whoever knows the token.

    listening: a bound socket. public: how browsers reach it, if not by that socket's
    own address, as behind a proxy: scheme, host and port. AddressError says what is
    wrong with it.
    """

    def __init__(
        self,
        command: Sequence[str],
        listening: socket.socket,
        public: str | None = None,
        *,
        font_size: int = 16,
        heartbeat_s: float = HEARTBEAT_S,
    ) -> None:
        host, port = listening.getsockname()[:2]
        own = (public or f"http://{in_url(host)}:{port}").rstrip("/")
        super().__init__(" ".join(command), host, port, "drillbox", own)
        self.program = command
        self.listening = listening
        self.font_size = font_size
        self.heartbeat_s = heartbeat_s
        self.token = secrets.token_urlsafe(18)
        near = [f"http://{name}:{port}" for name in LOOPBACK] if loopback(host) else []
        self.guard = guard_of(self.token, [own, *near])
        self.tabs: set[Tab] = set()
        self.alive, self.own_end = os.pipe()  # the writing end closes with this process

    @property
    def address(self) -> str:
        """What a learner opens."""
        return f"{self.public_url}/{self.token}/"

    async def _make_app(self) -> web.Application:
        app = web.Application(middlewares=[self.guard.middleware])
        under = f"/{self.token}"
        app.add_routes(
            [
                web.get(f"{under}/", self.handle_page),
                web.get(f"{under}/ws", self.handle_websocket),
                web.get(f"{under}/download/{{key}}", self.handle_download),
                *(web.get(f"{under}/{name}", self.handle_file) for name in FILES),
                web.static(f"{under}/static", self.statics_path),
            ]
        )
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def handle_page(self, request: web.Request) -> web.Response:
        """The page: a terminal and nothing else."""
        return web.Response(text=page(self.font_size), content_type="text/html")

    async def handle_file(self, request: web.Request) -> web.Response:
        """Its style or its script."""
        name = request.path.rsplit("/", 1)[1]
        return web.Response(text=own_file(name), content_type=FILES[name])

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A file that an app has offered; its key is good for one time."""
        key = request.match_info["key"]
        try:
            about = await self.download_manager.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound(text=_("no such download, or it is done")) from None
        name = f'attachment; filename="{about.file_name}"'
        kind = {"Content-Type": about.mime_type, "Content-Disposition": name}
        response = web.StreamResponse(headers={**HEADERS, **kind})
        await response.prepare(request)
        async for chunk in self.download_manager.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response

    # -- tabs

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """A tab: one process of the app, until either of them ends."""
        if len(self.tabs) >= MOST_TABS:
            full = _("{n} tabs are open already").format(n=MOST_TABS)
            raise web.HTTPServiceUnavailable(text=full)
        websocket = web.WebSocketResponse(
            heartbeat=self.heartbeat_s, max_msg_size=LARGEST
        )
        tab = Tab(
            self.program,
            self.alive,
            websocket.send_bytes,
            websocket.send_str,
            closing(websocket),
            self.download_manager,
        )
        self.tabs.add(tab)
        try:
            await websocket.prepare(request)
            await tab.start(side(request, "width", 80), side(request, "height", 24))
            await self._process_messages(websocket, tab)
        finally:
            await asyncio.shield(self.end(tab))
        return websocket

    async def end(self, tab: Tab) -> None:
        """End a tab's process."""
        await tab.stop()
        self.tabs.discard(tab)

    async def _process_messages(
        self, websocket: web.WebSocketResponse, app_service: AppService
    ) -> None:
        """Hand on what is typed; the tab ends at the first message that is none."""
        async for message in websocket:
            if message.type != WSMsgType.TEXT:
                continue
            try:
                kind, *rest = json.loads(message.data)
                await self.hand_on(websocket, app_service, kind, *rest)
            except (ValueError, TypeError, KeyError, UnicodeError):
                await websocket.close(code=1003, message=b"not a message of the page")

    async def hand_on(
        self,
        websocket: web.WebSocketResponse,
        app: AppService,
        kind: str,
        what: object = None,
    ) -> None:
        """One message of the page's script."""
        if kind == "stdin" and isinstance(what, str):
            await app.send_bytes(what.encode("utf-8"))
        elif kind == "resize" and isinstance(what, dict):
            width, height = within(what["width"]), within(what["height"])
            await app.set_terminal_size(width, height)
        elif kind == "ping":
            await websocket.send_json(["pong", what])
        elif kind == "blur":
            await app.blur()
        elif kind == "focus":
            await app.focus()
        else:
            raise ValueError(kind)

    # -- its life

    async def on_shutdown(self, app: web.Application) -> None:
        """End every tab's process before the server ends."""
        await asyncio.gather(*(self.end(tab) for tab in list(self.tabs)))

    def serve(self, debug: bool = False) -> None:
        """Serve until Ctrl+C or SIGTERM; the log is off, as paths hold the token."""
        web.run_app(
            self._make_app(),
            sock=self.listening,
            print=None,
            access_log=None,
            shutdown_timeout=1.0,
        )


def page(font_size: int) -> str:
    """The page in the learner's language; font_size: px."""
    said = {mark: escape(_(words)) for mark, words in PAGE.items()}
    said |= {"LANGUAGE": escape(language()), "FONT_SIZE": str(font_size)}
    return re.sub("|".join(said), lambda mark: said[mark[0]], own_file("page.html"))


def closing(websocket: web.WebSocketResponse) -> Callable[[], Awaitable[None]]:
    """Close it, once the app has ended by itself."""

    async def close() -> None:
        await websocket.close()

    return close


def side(request: web.Request, name: str, default: int) -> int:
    """Columns or rows, as asked for in the query."""
    return within(to_int(request.query.get(name, ""), default))


def within(value: int) -> int:
    """A number of columns or rows that a terminal may have."""
    least, most = SIDES
    return min(max(int(value), least), most)


def own_file(name: str) -> str:
    """A file beside this one."""
    return files(__package__).joinpath(name).read_text("utf-8")


def loopback(host: str) -> bool:
    """Is this address reached from this machine alone?"""
    return ip_address(host).is_loopback


def in_url(host: str) -> str:
    """An address as it stands in a URL."""
    return f"[{host}]" if ":" in host else host
