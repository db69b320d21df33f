"""Looks the whole database over, beside what the learner does.

Reading half a gigabyte takes seconds, so a thread does it, with a connection of its own
that only reads, once nobody reads for a while: the screen stands by then. Whoever is
going to write waits for its end.
"""

import sqlite3
import threading
import time

from drillbox.history import trouble

AFTER_S = 3.0  # without a reader; opening home has the processor for itself
_AGAIN_S = 0.01  # between two calls to stop: SQLite heeds none before it has begun


class Check:
    """One look over the database at `path`. Begins AFTER_S after the last `put_off`, or
    when it is waited for; ends by itself or by `stop`.

    damage: what is broken, as far as is known by now. Raises sqlite3.Error where the
    file cannot be opened.
    """

    def __init__(self, path: str) -> None:
        self.damage: Exception | None = None
        self._db: sqlite3.Connection | None = sqlite3.connect(
            path, isolation_level=None, check_same_thread=False
        )
        self._lock = threading.Lock()  # of the connection: stopped, or closed
        self._done = self._unwanted = False
        self._begin = threading.Event()
        self.put_off()
        self._thread = threading.Thread(target=self._look, args=[self._db], daemon=True)
        self._thread.start()

    def put_off(self) -> None:
        """The record is in use."""
        self._from = time.monotonic() + AFTER_S

    def wait(self) -> bool:
        """Wait for its end. False if the file could not be looked over."""
        self._begin.set()
        self._thread.join()
        return self._done

    def stop(self) -> None:
        """It is not wanted any more; returns when it has let go of the file."""
        self._unwanted = True
        self._begin.set()
        while self._thread.is_alive():
            with self._lock:
                if self._db is not None:
                    self._db.interrupt()
            self._thread.join(_AGAIN_S)

    def _look(self, db: sqlite3.Connection) -> None:
        while (left := self._from - time.monotonic()) > 0:
            if self._begin.wait(left):
                break
        try:
            db.execute("pragma query_only = on")
            if not self._unwanted:
                quick(db)
                self._done = True
        except sqlite3.Error as error:
            # All else (held, stopped): whoever writes looks again, and says so.
            if trouble.damaged(error):
                self.damage, self._done = error, True
        finally:
            with self._lock:
                self._db = None
                db.close()


def quick(db: sqlite3.Connection) -> None:
    """Raises sqlite3.DatabaseError if the database is damaged. 40 ms for 25 MiB."""
    (found,) = db.execute("pragma quick_check(1)").fetchone()
    db.execute("select 1 from event limit 1").fetchone()
    if found != "ok":
        error = sqlite3.DatabaseError(found)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error
