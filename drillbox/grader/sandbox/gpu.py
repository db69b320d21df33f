"""A GPU that this machine has; code does not see it unless it is asked for."""

import glob
import platform
import sys

from drillbox.words import _

NODES = ("/dev/nvidia[0-9]*", "/dev/dxg", "/dev/kfd")  # NVIDIA, WSL2, AMD


def here() -> str:
    """What shows that there is one; empty if nothing does."""
    if sys.platform == "darwin":
        return "Apple silicon" if platform.machine() == "arm64" else ""
    return next((node for pattern in NODES for node in sorted(glob.glob(pattern))), "")


def sentence(found: str) -> str:
    """That it is hidden, and how to use it."""
    device = "mps" if sys.platform == "darwin" else "cuda"
    said = _("A GPU ({gpu}) is hidden from your code; --device {device} shows it.")
    return said.format(gpu=found, device=device)
