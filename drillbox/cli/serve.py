"""`drillbox serve`: the same screens in a browser."""

import socket
import sys
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from drillbox.errors import DrillboxError
from drillbox.words import _

if TYPE_CHECKING:
    from drillbox.web.server import DrillServer

LOOPBACK = "127.0.0.1"
EXTRA = "pip install 'drillbox[web]'"


class ServeError(DrillboxError):
    """It cannot be served; one sentence with the way out."""


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--host", default=LOOPBACK, show_default=True, help="An IP address.")
@click.option("--exposed", is_flag=True, help="Allow a host that others can reach.")
@click.option("--public-url", help="How browsers reach it, if behind a proxy.")
@click.option("--font-size", type=click.IntRange(8, 40), default=16, show_default=True)
@click.option("--course", type=click.Path(), help="A course directory.")
def command(
    port: int,
    host: str,
    exposed: bool,
    public_url: str | None,
    font_size: int,
    course: str | None,
) -> int:
    """Serve drillbox to a browser on this machine, until Ctrl+C.

    Prints the address to open. It holds a token that is new with every start; without
    it nothing is answered. Port 0 takes any that is free.

    \b
    Examples:
      drillbox serve
      drillbox serve --port 0 --font-size 20
      drillbox serve --host 192.168.1.5 --exposed
    """
    host = LOOPBACK if host == "localhost" else host
    _must_be_meant(host, exposed, public_url)
    server_class = _server_class()
    words = ["--course", course] if course else []
    # -P: a file in this directory must not stand in for a module.
    program = [sys.executable, "-P", "-m", "drillbox", "review", *words]
    with _listen(host, port) as listening:
        server = server_class(program, listening, public_url, font_size=font_size)
        said = _("drillbox is open at {address}").format(address=server.address)
        click.echo(f"{said}\n{_('Ctrl+C ends it.')}")
        server.serve()
    return 0


def _must_be_meant(host: str, exposed: bool, public_url: str | None) -> None:
    """Others on the network could run code as this user: only where that is meant."""
    try:
        address = ip_address(host)
    except ValueError:
        none = _(
            "--host {host}: no IP address; give an IP address, as 127.0.0.1 or 0.0.0.0"
        )
        raise ServeError(none.format(host=repr(host))) from None
    if address.is_loopback:
        return
    if address.is_unspecified and not public_url:
        every = _(
            "--host {host} stands for every address of this machine; say which one "
            "browsers open, as --public-url http://192.168.1.5:8000"
        )
        raise ServeError(every.format(host=host))
    if not exposed:
        meant = _(
            "--host {host} can be reached from other machines, and whoever has the "
            "address runs code here as you do; add --exposed if that is meant"
        )
        raise ServeError(meant.format(host=host))
    warning = _(
        "Warning: at {host} other machines can reach this. Whoever has the address "
        "runs code here as you do, and what they send is not encrypted."
    )
    click.echo(warning.format(host=host), err=True)


def _server_class() -> "type[DrillServer]":
    try:
        from drillbox.web.server import DrillServer  # aiohttp: 250 ms
    except ModuleNotFoundError as error:
        said = _("serving needs {module}: {command}")
        raise ServeError(said.format(module=error.name, command=EXTRA)) from None
    return DrillServer


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(16)
    except OSError as error:
        listening.close()
        why = error.strerror or error
        said = _("{place} cannot be opened ({why}); try another --port, or 0")
        place = f"{host}:{port}"
        raise ServeError(said.format(place=place, why=why)) from None
    return listening
