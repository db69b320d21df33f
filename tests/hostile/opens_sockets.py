"""Tries to reach out: loopback by TCP and UDP, IPv6, a scheduler's port, local sockets.

Must hold: seccomp refuses sockets, and there is no network to reach.
"""

# stopped by: seccomp

import socket

WAYS = {
    "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 8786)),
    "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 53)),
    "tcp6": (socket.AF_INET6, socket.SOCK_STREAM, ("::1", 80)),
    "unix": (socket.AF_UNIX, socket.SOCK_STREAM, "/run/dbus/system_bus_socket"),
    "abstract": (socket.AF_UNIX, socket.SOCK_DGRAM, "\0drillbox-hostile"),
}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for name, (family, kind, address) in WAYS.items():
        try:
            with socket.socket(family, kind) as one:
                print(f"THROUGH: a {name} socket")
                one.settimeout(0.2)
                one.connect(address)
        except OSError:
            continue
    try:
        socket.socketpair()
        print("THROUGH: a pair of sockets")
    except OSError:
        pass
    return policy_chosen.sum() * 0
