"""Ends what outlives a killed `up`: a program of its own, told the sessions' process ids on its standard input, one to a line.

The kernel asks the children to end when `up` is killed (launch.py), but a Celery worker that has lost its broker while connecting
retries for minutes before it listens. So when the input ends, sessions have SECONDS left, then they are killed.
"""

import contextlib
import os
import signal
import sys
import time

SECONDS = 10


def alive(session: int) -> bool:
    try:
        os.killpg(session, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def main() -> None:
    sessions = {int(line) for line in sys.stdin}
    end = time.monotonic() + SECONDS
    while sessions and time.monotonic() < end:
        time.sleep(0.1)
        sessions = {one for one in sessions if alive(one)}  # forgotten once gone: its number may be given anew
    for one in sessions:
        with contextlib.suppress(OSError):
            os.killpg(one, signal.SIGKILL)


if __name__ == "__main__":
    main()
