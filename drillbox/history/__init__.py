"""The learner's record: a log of events in SQLite, a journal, backups, a schedule.

The log is the truth, the schedule its fold, the journal the second copy. Import what
you need from the modules: `drillbox due` comes through this file.
"""
