"""Tries a callable whose every attribute says yes.

Must hold: what it returns is judged, not what it is.
"""

# stopped by: verdict


class Agreeable:
    def __call__(self, *arguments):
        return self

    def __getattr__(self, name):
        return True

    def __eq__(self, other):
        return True

    __hash__ = object.__hash__


dpo_loss = Agreeable()
