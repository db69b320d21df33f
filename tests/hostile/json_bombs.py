"""Tries headers that are small and costly: huge numbers, double keys, lone surrogates.

Must hold: a header is capped, and its fields are checked one by one.
"""

# stopped by: frame

import os
import struct

HEADERS = [
    b'{"head": {"outputs": [["loss", {"array": 1e999}]]}, "arrays": []}',
    b'{"head": {"outputs": [["loss", {"array": ' + b"9" * 4000 + b'}]]}, "arrays": []}',
    b'{"head": {"error": {"kind": "' + b"\\ud800" * 99 + b'"}}, "arrays": []}',
    b'{"head": {}, "head": {"outputs": []}, "arrays": [], "arrays": [[1e9, [1e9]]]}',
    b'{"head": {"outputs": ' + b"[" * 30000 + b"]" * 30000 + b'}, "arrays": []}',
    b'{"head": {"outputs": [["loss", {"type": "\\u001b[2J"}]]}, "arrays": []}',
]


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    text = HEADERS[int(abs(policy_chosen[0].item()) * 1e6) % len(HEADERS)]
    os.write(3, struct.pack("<4sIQ", b"DBX1", len(text), 0) + text)
    os._exit(0)
