"""Who may ask: whoever knows the token, under a name of this server, from its page."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import urlsplit

from aiohttp import web

from drillbox.errors import DrillboxError
from drillbox.words import _

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class AddressError(DrillboxError):
    """An address that cannot be served at; one sentence."""


@dataclass(frozen=True)
class Guard:
    """token: in every path. names: host[:port], as browsers may call this server.
    origins: where its own pages come from."""

    token: str
    names: frozenset[str]
    origins: frozenset[str]

    def why_not(self, request: web.Request) -> str:
        """Why this request gets 403; empty where it may pass."""
        if request.headers.get("Host", "").lower() not in self.names:
            return _("this server does not go by that name")
        origin = request.headers.get("Origin")
        socket = request.headers.get("Upgrade", "").lower() == "websocket"
        if (socket and origin is None) or (origin and origin not in self.origins):
            return _("the request comes from another page")
        if not compare_digest(first_part(request.path), self.token):
            return _("open the whole address that drillbox serve has printed")
        return ""

    @web.middleware
    async def middleware(
        self, request: web.Request, handler: Handler
    ) -> web.StreamResponse:
        """403 with the reason, or the answer, which may load nothing from elsewhere."""
        why = self.why_not(request)
        if why:
            return web.Response(status=403, text=f"403: {why}\n", headers=HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response


def first_part(path: str) -> str:
    """`/token/ws` → `token`, as ASCII, which is what can be compared."""
    return path.split("/")[1].encode("ascii", "replace").decode()


def guard_of(token: str, urls: Collection[str]) -> Guard:
    """For a server that is reached by these URLs. AddressError for what is none."""
    parts = [urlsplit(url) for url in urls]
    for url, part in zip(urls, parts, strict=True):
        web = part.scheme in ("http", "https") and bool(part.hostname)
        if not web or part.path.strip("/") or part.query or part.fragment:
            none = _(
                "{url} is no address of a web page; write it as http://NAME:PORT or "
                "https://NAME"
            )
            raise AddressError(none.format(url=repr(url)))
    return Guard(
        token,
        frozenset(part.netloc.lower() for part in parts),
        frozenset(f"{part.scheme}://{part.netloc}".lower() for part in parts),
    )
