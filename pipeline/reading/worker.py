"""A long-lived process that reads pictures for many documents in turn, and never sees a document."""

from __future__ import annotations

import ctypes
import functools
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from pipeline.reading.heap import steady
from pipeline.schema import ENGINES

PR_SET_PDEATHSIG = 1  # of Linux
LOAD = b"!"


class Worker:
    """An OCR process of its own: started when first needed, started anew where it has died."""

    def __init__(
        self, cache: Path, *, engine: str = ENGINES[0], threads: Callable[[], int] = lambda: 1
    ) -> None:
        """It will read with `engine`, keep what it reads in the folder `cache`, and use as many `threads` as
        it is told when it starts."""
        self.cache, self.engine, self.threads = cache, engine, threads
        self.process: subprocess.Popen[bytes] | None = None
        self.door: socket.socket | None = None

    def connect(self) -> Connection:
        """A line to the process for one document: give it to a forked child, and close it here."""
        near, far = socket.socketpair()
        with far:
            try:
                socket.send_fds(self._opened(), [b"."], [far.fileno()])
            except OSError:  # it died since we looked
                self.close()
                socket.send_fds(self._opened(), [b"."], [far.fileno()])
        return Connection(near.detach())

    def ready(self) -> None:
        """Start the process, and have it load its models before anybody asks."""
        with suppress(OSError):  # whoever asks will start it anew
            self._opened().send(LOAD)

    def _opened(self) -> socket.socket:
        if self.door is None or self.process is None or self.process.poll() is not None:
            self.close()
            self.door, theirs = socket.socketpair()
            with theirs:
                threads = str(self.threads())
                command = [
                    sys.executable,
                    "-P",
                    "-m",
                    __name__,
                    str(theirs.fileno()),
                    str(self.cache),
                    self.engine,
                    threads,
                ]
                around = {
                    **os.environ,
                    "OMP_NUM_THREADS": threads,
                    "PYTHONPATH": os.pathsep.join(sys.path),
                }
                self.process = subprocess.Popen(  # noqa: S603  our own module, by our own interpreter
                    command,
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    env=around,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
        return self.door

    def close(self) -> None:
        """End the process."""
        if self.door:
            self.door.close()
        if self.process:
            self.process.terminate()
            self.process.wait()
        self.door = self.process = None


def main(door: int, cache: Path, engine: str, threads: int) -> None:
    """Serve whoever is let in through `door` until it is closed. Models are loaded for the first picture."""
    _end_with_parent()
    steady()
    with socket.socket(fileno=door) as entrance:
        while True:
            said, handles, _, _ = socket.recv_fds(entrance, 1, 1)
            if not said:
                return
            if handles:
                _served(socket.socket(fileno=handles[0]), cache, engine, threads)
            elif said == LOAD:
                with suppress(Exception):  # it will be told to whoever asks
                    _tried(engine, threads)


def _end_with_parent() -> None:
    """Where the system can, it ends this process when the one that started it is gone, however it went."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _served(client: socket.socket, cache: Path, engine: str, threads: int) -> None:
    """Wait for what a client asks; most never ask, and then nothing heavy is loaded."""
    if not client.recv(1, socket.MSG_PEEK):
        client.close()
        return
    from pipeline.reading import engines, ocr

    reader = ocr.Reader(engines.BY_NAME[engine].label(), functools.partial(_loaded, engine, threads), cache)
    with Connection(client.detach()) as connection:
        ocr.serve(connection, reader)


@functools.cache
def _tried(engine: str, threads: int) -> None:
    """Load the models, and read a word: some of them come with the first."""
    import cv2
    import numpy as np

    word = np.full((100, 400, 3), 255, np.uint8)
    cv2.putText(word, "Pihak", (20, 70), cv2.FONT_HERSHEY_SIMPLEX, 1.5, (0, 0, 0), 3)
    _loaded(engine, threads)(word)


@functools.cache
def _loaded(engine: str, threads: int) -> Any:
    from pipeline.reading.engines import BY_NAME

    return BY_NAME[engine].loaded(threads)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
