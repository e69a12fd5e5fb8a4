"""An SMTP server that delivers nowhere: each mail becomes a file in .wbl/mail/."""

from __future__ import annotations

import itertools
import os
import pathlib
import time
from typing import Any

from .processes import free_port


class _Files:
    """aiosmtpd's handler; names sort in the order of arrival, also across restarts."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.numbers = itertools.count()

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        name = f"{time.time_ns():020d}-{next(self.numbers)}.eml"
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n".encode()
        beside = self.folder / f".{name}"
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(head + envelope.original_content)
        except OSError as error:
            return f"452 the mail could not be kept: {error.strerror}"
        beside.rename(self.folder / name)
        return "250 kept"


class Sink:
    """Runs in a thread of the process that starts it."""

    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        self.controller: Any = None
        self.port = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> Sink:
        from aiosmtpd.controller import Controller  # only where mail is caught: the image does without

        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.port = free_port()
        self.controller = Controller(
            _Files(self.folder), hostname="127.0.0.1", port=self.port, data_size_limit=64 * 2**20
        )
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller:
            self.controller.stop(no_assert=True)
            self.controller = None
