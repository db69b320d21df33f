"""The terminal, so read and so left that nothing it does costs an answer.

What Textual's driver leaves open: bytes that are no UTF-8 end its reading thread, a
closed terminal ends the app with a traceback, SIGTERM and SIGHUP leave the alternate
screen and the raw mode behind, and it asks the terminal two things before it paints.
"""

import os
import selectors
import signal
from codecs import getincrementaldecoder

from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from drillbox.words import _

CHUNK = 4096  # bytes
TICK_S = 0.1
ENDING = (signal.SIGTERM, signal.SIGHUP)


class Terminal(LinuxDriver):
    """Textual's driver for Linux and macOS, without those four."""

    painted = False

    def start_application_mode(self) -> None:
        """Take the terminal over; a signal to end gives it back first."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        for number in ENDING:
            self._loop.add_signal_handler(number, self.end, number)

    def end(self, number: signal.Signals) -> None:
        """Leave as by a key. A terminal that hung up can be told nothing.

        Leaving waits for a grading that runs; a second signal does not.
        """
        self._loop.remove_signal_handler(number)
        ended = _("drillbox: ended by {signal}; what was answered is kept")
        kept = ended.format(signal=number.name)
        text = None if number == signal.SIGHUP else kept
        self._app.exit(text, return_code=128 + number)

    # -- asking

    def ask(self) -> None:
        """Ask what can wait for the first paint; an answer may come late or never."""
        self.painted = True
        self._request_terminal_sync_mode_support()
        self._query_in_band_window_resize()

    def _request_terminal_sync_mode_support(self) -> None:
        if self.painted:
            super()._request_terminal_sync_mode_support()

    def _query_in_band_window_resize(self) -> None:
        if self.painted:
            super()._query_in_band_window_resize()

    # -- the mouse

    def report_mouse(self, wanted: bool) -> None:
        """Have the mouse reported, or leave it to the terminal."""
        if not wanted:
            self._disable_mouse_support()
        self._mouse = wanted
        self._enable_mouse_support()
        if self._mouse_pixels:
            self._enable_mouse_pixels()

    # -- reading and writing

    def run_input_thread(self) -> None:
        """As Textual's, but what is no UTF-8 becomes �, and the end is no error."""
        parser = XTermParser(self._debug)
        decode = getincrementaldecoder("utf-8")("replace").decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(TICK_S):
                    data = self.read()
                    if not data:
                        self._loop.call_soon_threadsafe(self.end, signal.SIGHUP)
                        return
                    for message in parser.feed(decode(data)):
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

    def read(self) -> bytes:
        """What was typed; nothing once the terminal is closed."""
        try:
            return os.read(self.fileno, CHUNK)
        except OSError:  # Linux says EIO where macOS says nothing
            return b""

    def write(self, data: str) -> None:
        """Write, unless the thread that writes died with the terminal."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().write(data)

    def close(self) -> None:
        """Wait for what is still to be written, unless nobody writes any more."""
        if self._writer_thread is not None and self._writer_thread.is_alive():
            super().close()
