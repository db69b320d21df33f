"""Why a higher level was not reached, and the commands that lead up to it."""

import os
import shutil
from dataclasses import dataclass

from drillbox.grader.sandbox import landlock, seccomp
from drillbox.words import _

THEN = "drillbox doctor"  # tries anew what was remembered as failing
_INSTALL = {
    "apt-get": "sudo apt install bubblewrap",
    "dnf": "sudo dnf install bubblewrap",
    "pacman": "sudo pacman -S bubblewrap",
    "zypper": "sudo zypper install bubblewrap",
    "apk": "sudo apk add bubblewrap",
}
_PROFILE = "bwrap-userns-restrict"
_EXTRA = f"/usr/share/apparmor/extra-profiles/{_PROFILE}"
# For bubblewrap alone; the sysctl would open user namespaces to every program.
_APPARMOR = (
    "sudo apt install apparmor-profiles",
    f"sudo install -m 0644 {_EXTRA} /etc/apparmor.d/{_PROFILE}",
    f"sudo apparmor_parser -r /etc/apparmor.d/{_PROFILE}",
)
_RESTRICTED = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
_CLONE = "/proc/sys/kernel/unprivileged_userns_clone"
_MOST = "/proc/sys/user/max_user_namespaces"
SETTINGS = (_RESTRICTED, _CLONE, _MOST)
_DENIED = ("uid map", "RTM_NEWADDR", "namespace", "Permission denied", "not permitted")


@dataclass(frozen=True)
class Way:
    """why: what keeps from the sealed level, in a few words. steps: what to do about
    it, commands or a sentence; none where nothing can be done."""

    why: str = ""
    steps: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.steps:
            return self.why
        said = _("{why}. The way up: {steps}")
        return said.format(why=self.why, steps="; ".join(self.steps))


def not_installed() -> Way:
    """There is no bwrap."""
    known = (line for tool, line in _INSTALL.items() if shutil.which(tool))
    install = next(known, _("install the package bubblewrap"))
    return Way(_("bubblewrap is not installed"), (install, THEN))


def refused(said: str) -> Way:
    """bwrap could not start; said: its last line."""
    if said.startswith("bwrap: Unknown option"):
        return Way(said, (_("bubblewrap 0.8 or newer is needed"), THEN))
    if not said.startswith("bwrap") or not any(word in said for word in _DENIED):
        return Way(said)
    if read(_RESTRICTED) == "1":
        why = _(
            "{error} (Ubuntu's AppArmor rule keeps user namespaces from bubblewrap)"
        )
        return Way(why.format(error=said), (*_APPARMOR, THEN))
    if read(_CLONE) == "0" or read(_MOST) == "0":
        setting = _CLONE if read(_CLONE) == "0" else _MOST
        name = setting.removeprefix("/proc/sys/").replace("/", ".")
        off = _("user namespaces are switched off here ({setting} = 0)")
        return Way(said, (off.format(setting=name), THEN))
    step = _("in a container: start it so that it may make user namespaces")
    return Way(said, (step, THEN))


def no_landlock() -> Way:
    """The kernel gives no Landlock."""
    if landlock.switched_off():
        step = _("add landlock to lsm= on the kernel's command line and start again")
        return Way(_("Landlock is switched off in this kernel"), (step, THEN))
    newer = _("use Linux 5.13 or newer")
    return Way(_("this kernel has no Landlock"), (newer, THEN))


def no_seccomp() -> Way:
    """The filter does not know this machine's calls."""
    return Way(_("there is no seccomp filter for this kind of machine"))


def lacking(landlock_version: int, filtered: bool) -> Way:
    """What of Landlock and seccomp this machine lacks; an empty way if nothing."""
    if not landlock_version and not landlock.abi():
        return no_landlock()
    return Way() if filtered or seccomp.available() else no_seccomp()


def windows() -> Way:
    """Time is all that is limited there."""
    why = _("native Windows has none of the layers, and memory is not limited either")
    steps = ("wsl --install", _("install drillbox inside WSL2"))
    return Way(why, steps)


def macos(said: str) -> Way:
    """What macOS can give ends at the level below confined."""
    if not said:
        return Way(_("macOS has no Landlock, seccomp or bubblewrap"))
    step = _("start drillbox from a plain terminal: sandbox-exec does not nest")
    why = _("sandbox-exec could not start ({error})").format(error=said)
    return Way(why, (step, THEN))


def gpu(name: str) -> Way:
    """A GPU's driver needs devices, libraries and calls that the layers forbid."""
    step = _("--device cpu grades the same cases behind every layer")
    why = _("with --device {name} there are no layers, the driver forbids them")
    return Way(why.format(name=name), (step,))


def read(path: str) -> str:
    """A setting of the kernel; empty where there is none."""
    try:
        with open(path, encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""


def apparmor_stamp() -> int:
    """Changes when a profile is added."""
    try:
        return os.stat("/etc/apparmor.d").st_mtime_ns
    except OSError:
        return 0
