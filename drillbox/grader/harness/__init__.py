"""Texts that call a function in whichever process runs it: the learner's worker, the
reference worker, or a notebook. They import no drillbox module.

Each has `run(function, arguments, options)`: arguments by name, in the order of the
call, numpy arrays or numbers; options: `gradients` (names) and `device`. It answers
pairs (name, numpy array), or (name, {…}) for what the value is where it is no array.
"""
