"""An SMTP server as thin as can be, a process of its own: says yes to everything. Prints its port; a command without a
mail but with a name, `NOOP file`, writes what came so far: a Message-ID a line.
"""

import asyncio
import pathlib
import sys

BYE = b"221 bye\r\n"
HELLO = b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n"


class Session(asyncio.Protocol):
    """Answers each command; of a mail only its Message-ID is kept. `delay` seconds pass before a mail is taken."""

    delay = 0.0
    came: list[bytes] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.WriteTransport = transport  # type: ignore[assignment]
        self.held, self.in_data, self.answers = b"", False, b""
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.held += data
        while True:
            end = b"\r\n.\r\n" if self.in_data else b"\r\n"
            found, mark, rest = self.held.partition(end)
            if not mark:
                break
            self.held = rest
            if self.in_data:
                self.text(found)
            else:
                self.command(found)
        if self.answers:
            self.transport.write(self.answers)
        if self.answers.endswith(BYE):
            self.transport.close()
        self.answers = b""

    def text(self, mail: bytes) -> None:
        self.in_data = False
        asyncio.get_running_loop().call_later(self.delay, self.take, mail)

    def take(self, mail: bytes) -> None:
        _, _, rest = mail.partition(b"Message-ID: ")
        self.came.append(rest.partition(b"\r\n")[0])
        self.transport.write(b"250 kept\r\n")

    def command(self, line: bytes) -> None:
        word = line[:4].upper()
        self.in_data = word == b"DATA"
        if word == b"NOOP" and len(line) > 5:
            pathlib.Path(line[5:].decode()).write_bytes(b"\n".join(self.came))
        self.answers += {b"DATA": b"354 go on\r\n", b"EHLO": HELLO, b"QUIT": BYE}.get(word, b"250 ok\r\n")


async def main() -> None:
    Session.delay = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0
    server = await asyncio.get_running_loop().create_server(Session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
