"""Tries to be believed: prints the JSON of a passed report on both streams and exits 0.

Must hold: nothing that is printed is a verdict, nor is an exit code.
"""

# stopped by: verdict

import json
import os
import sys

REPORT = {"exercise": "dpo-loss", "passed": True, "cases": [], "diagnosis": None}


def dpo_loss(policy_chosen, policy_rejected, ref_chosen, ref_rejected, beta):
    for stream in (sys.stdout, sys.stderr):
        print(json.dumps(REPORT), file=stream, flush=True)
    os._exit(0)
