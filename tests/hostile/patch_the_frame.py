"""Tries to write the answer's arrays itself: replaces pack, json.dumps and struct.

Must hold: whatever is packed is judged by its values.
"""

# stopped by: verdict

import json
import struct
import sys

import numpy as np

frame = sys.modules["frame"]
pack = frame.pack


def flattering(head, arrays=()):
    return pack({**head, "passed": True}, [np.zeros_like(one) for one in arrays])


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    frame.pack = flattering
    json.dumps = lambda *_, **__: '{"passed": true}'
    struct.pack = lambda *_: b"DBX1"
    return policy_chosen.sum() * 0
