"""Tries a pickle where a frame is expected, which would run a program where it is read.

Must hold: nothing is ever unpickled; what has no magic is no frame.
"""

# stopped by: frame

import os
import pickle


class Payload:
    def __reduce__(self):
        return os.mkdir, ("/tmp/drillbox-hostile-pickle",)


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        os.write(3, pickle.dumps(Payload(), protocol))
    os._exit(0)
