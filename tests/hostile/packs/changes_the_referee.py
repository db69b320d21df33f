"""Tries to make every answer right, also elsewhere: patches the referee and torch.

Must hold: a fork for each question: only its own exercise is touched.
"""

# stopped by: fresh fork
# ends: graded

import sys

import torch


def attack():
    space = sys._getframe(2).f_globals
    space["tolerances"] = lambda *_: {}
    torch.nn.functional.logsigmoid = lambda x: x * 0
    torch.Tensor.mean = lambda *_: torch.zeros(())
