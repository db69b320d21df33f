"""The layers around code: probed by doing, named on screen, never silent.

    3 sealed       bubblewrap, Landlock, seccomp, rlimits
    2 confined     Landlock, seccomp, rlimits
    1 guarded      seccomp without Landlock; macOS: sandbox-exec and a watchdog. Files
                   can be read, none written; no processes, network or signals
    0 limits only  time, and memory but on Windows

landlock.py and seccomp.py are loaded by their path inside the worker.
"""
