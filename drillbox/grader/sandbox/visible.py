"""What a learner's code may read, entry by entry: Python, numpy, torch and what they
import. Everything else stays out: drillbox, its courses, any checkout, the home."""

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator

NUMPY = ("numpy", "numpy.libs")
TORCH = (
    *("torch", "torchgen", "functorch", "torch.libs", "nvidia", "triton"),
    *("sympy", "mpmath", "networkx", "jinja2", "markupsafe", "filelock", "fsspec"),
    *("typing_extensions.py", "packaging", "opt_einsum", "_distutils_hack"),
)
_DRILLBOX = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ABOVE = os.path.dirname(_DRILLBOX)
LIBRARY = [  # what an author's reference.py may import of drillbox, and nobody else
    os.path.join(_DRILLBOX, "__init__.py"),
    os.path.join(_DRILLBOX, "reference"),
]
_PACKAGES = ("site-packages", "dist-packages")
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64")
_FILES = ("/dev/null", "/dev/zero", "/dev/urandom", "/etc/ld.so.cache")


def readable(packages: Iterable[str], torch: bool) -> list[str]:
    """Paths that may be read, in real directories; some are links (the loader is).

    packages: directories that hold numpy and torch.
    """
    names = (*NUMPY, *TORCH) if torch else NUMPY
    found = list(_FILES)
    found += [os.path.join(place, name) for place in packages for name in names]
    found += _standard_library()
    for place in (*_SYSTEM, os.path.join(sys.base_prefix, "lib")):
        found += _entries(place)
    real = (_in_real_directory(path) for path in found)
    return list(dict.fromkeys(path for path in real if os.path.exists(path)))


def _in_real_directory(path: str) -> str:
    directory, name = os.path.split(path)
    return os.path.join(os.path.realpath(directory), name)


def listed(packages: Iterable[str]) -> list[str]:
    """Directories whose names may be listed (Python's import system does), not read."""
    return [os.path.realpath(place) for place in (*packages, *_libraries())]


def _libraries() -> list[str]:
    paths = sysconfig.get_paths()
    return list(dict.fromkeys((paths["stdlib"], paths["platstdlib"])))


def _standard_library() -> Iterator[str]:
    """Each entry of Python's own library; third parties live in the same directory."""
    for place in _libraries():
        for name in os.listdir(place) if os.path.isdir(place) else ():
            if name not in _PACKAGES:
                yield os.path.join(place, name)


def _entries(place: str) -> Iterator[str]:
    """Shared libraries: what stands here, without any Python's packages."""
    for name in sorted(os.listdir(place)) if os.path.isdir(place) else ():
        if not name.startswith(("python", "pypy")) and name not in _PACKAGES:
            yield os.path.join(place, name)
