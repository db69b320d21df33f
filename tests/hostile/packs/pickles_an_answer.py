"""Tries to have its answer run a program where it is read.

Must hold: nothing is ever unpickled; what has no magic is no frame.
"""

# stopped by: frame
# ends: refused

import os
import pickle


class Payload:
    def __reduce__(self):
        return os.mkdir, ("/tmp/drillbox-hostile-pickle",)


def attack():
    os.write(3, pickle.dumps(Payload()))
    os._exit(0)
