"""Tries to send the answer to the output and the output to the answer.

Must hold: no frame on the result pipe is no pass, and what is printed is no frame.
"""

# stopped by: frame

import os


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    kept = os.dup(3)
    os.dup2(1, 3)
    os.dup2(kept, 1)
    os.dup2(kept, 2)
    print('{"passed": true}', flush=True)
    return policy_chosen.sum() * 0
