"""Which rungs could not be entered since this machine started, so as not to try again.

Only what bubblewrap itself refused is remembered: that depends on the kernel, its
settings and the program, all of which are in the key. The canaries are never cached:
they are tried in every worker that really runs.
"""

import contextlib
import hashlib
import json
import os
import shutil

from drillbox import places
from drillbox.grader.sandbox import wayup

_BOOT = "/proc/sys/kernel/random/boot_id"


def _file() -> str:
    return os.path.join(os.path.dirname(places.cache()), "sandbox.json")


def key() -> str:
    """What a refusal depends on: boot, kernel, user, settings, the program."""
    program = shutil.which("bwrap") or ""
    status = os.stat(program) if program else None
    found = [
        *(wayup.read(path) for path in (_BOOT, *wayup.SETTINGS)),
        *(os.uname().release, os.getuid(), wayup.apparmor_stamp(), program),
        *((status.st_mtime_ns, status.st_size, status.st_ino) if status else ()),
    ]
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()


def refusal() -> str:
    """What bubblewrap said when it refused; empty if it did not, or not since then."""
    try:
        with open(_file(), encoding="utf-8") as file:
            kept = json.load(file)
        return str(kept["said"])[:300] if kept["key"] == key() else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def remember(said: str) -> None:
    """Keep a refusal; where nothing can be written it is tried again next time."""
    name = _file()
    aside = f"{name}.{os.getpid()}"
    with contextlib.suppress(OSError):
        os.makedirs(os.path.dirname(name), exist_ok=True)
        with open(aside, "w", encoding="utf-8") as file:
            json.dump({"key": key(), "said": said}, file)
        os.replace(aside, name)


def forget() -> None:
    """Try everything again."""
    with contextlib.suppress(OSError):
        os.unlink(_file())
