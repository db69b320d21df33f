"""Who is let in: the token, the name of the server, the page that asks."""

import pytest
from aiohttp.test_utils import make_mocked_request

from drillbox.web.guard import AddressError, Guard, guard_of

OWN = "http://127.0.0.1:8000"
GUARD = guard_of("secret", [OWN, "http://localhost:8000"])
SOCKET = {"Upgrade": "websocket"}


@pytest.mark.parametrize(
    ("path", "headers", "why"),
    [
        ("/secret/", {"Host": "127.0.0.1:8000"}, ""),
        ("/secret/", {"Host": "LOCALHOST:8000"}, ""),
        ("/secret/ws", {"Host": "localhost:8000", "Origin": OWN, **SOCKET}, ""),
        ("/secret/", {"Host": "evil.example"}, "by that name"),
        ("/secret/", {"Host": "127.0.0.1:9"}, "by that name"),
        ("/secret/", {}, "by that name"),
        ("/secret/ws", {"Host": "localhost:8000", **SOCKET}, "another page"),
        (
            "/secret/ws",
            {"Host": "localhost:8000", "Origin": "http://evil.example", **SOCKET},
            "another page",
        ),
        ("/secret/", {"Host": "localhost:8000", "Origin": "null"}, "another page"),
        ("/", {"Host": "localhost:8000"}, "whole address"),
        ("/guess/", {"Host": "localhost:8000"}, "whole address"),
        ("/secre\u0165/", {"Host": "localhost:8000"}, "whole address"),
    ],
)
def test_a_request_passes_or_is_told_why_not(
    path: str, headers: dict[str, str], why: str
) -> None:
    said = GUARD.why_not(make_mocked_request("GET", path, headers=headers))
    assert why in said and bool(why) == bool(said)


@pytest.mark.parametrize(
    "url",
    ["example.org", "ftp://example.org", "http://", "", "https://example.org/base"],
)
def test_an_address_that_is_none_is_refused_with_one_that_is(url: str) -> None:
    with pytest.raises(AddressError, match=r"is no address of a web page; write it as"):
        guard_of("secret", [url])


def test_a_guard_knows_its_own_pages() -> None:
    expected = Guard("t", frozenset({"a.org"}), frozenset({"https://a.org"}))
    assert guard_of("t", ["https://A.org/"]) == expected
