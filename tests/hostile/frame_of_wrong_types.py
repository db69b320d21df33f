"""Tries every wrong type in the places of names, arrays and errors.

Must hold: outputs are checked one by one before anything looks at them.
"""

# stopped by: frame

import json
import os
import struct

HEADS = [
    {"outputs": None},
    {"outputs": [[["loss"], {"array": 0}]]},
    {"outputs": [["loss", {"array": True}]]},
    {"outputs": [["loss", {"array": -1}]]},
    {"error": {"kind": {"a": []}, "message": ["\x1b[31m"], "line": 10**4000}},
    {"outputs": [["loss", {"type": {"\x1b]0;PASSED\x07": 1}, "results": {}}]]},
]


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    head = HEADS[len(policy_chosen) % len(HEADS)]
    header = json.dumps({"head": head, "arrays": []}).encode()
    os.write(3, struct.pack("<4sIQ", b"DBX1", len(header), 0) + header)
    os._exit(0)
