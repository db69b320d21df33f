"""drillbox: five minutes of drill a day in the terminal.

`import drillbox` costs nothing: `drillbox due` runs through this file before every
shell prompt, so the one public function is loaded when it is first asked for.
"""

TYPE_CHECKING = False  # type checkers take it for true; `typing` would cost 5 ms
if TYPE_CHECKING:
    from drillbox.grader.notebook import check as check

__version__ = "0.1.0"
__all__ = ["__version__", "check"]


def __getattr__(name: str) -> object:
    if name == "check":  # numpy and the grader: about 150 ms
        from drillbox.grader.notebook import check

        return check
    raise AttributeError(f"module 'drillbox' has no attribute {name!r}")
