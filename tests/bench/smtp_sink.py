"""An SMTP server as thin as can be, a process of its own: says yes to everything and counts. Prints its port."""

import asyncio
import sys


class Session(asyncio.Protocol):
    """Answers each command; the text of a mail is thrown away. `delay` seconds pass before a mail is taken."""

    delay = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.WriteTransport = transport  # type: ignore[assignment]
        self.held, self.in_data = b"", False
        self.transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self.held += data
        while True:
            end = b"\r\n.\r\n" if self.in_data else b"\r\n"
            found, mark, rest = self.held.partition(end)
            if not mark:
                return
            self.held = rest
            self.text() if self.in_data else self.command(found[:4].upper())

    def text(self) -> None:
        self.in_data = False
        asyncio.get_running_loop().call_later(self.delay, self.transport.write, b"250 kept\r\n")

    def command(self, word: bytes) -> None:
        self.in_data = word == b"DATA"
        self.transport.write(b"354 go on\r\n" if self.in_data else b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
        if word == b"QUIT":
            self.transport.close()


async def main() -> None:
    Session.delay = float(sys.argv[1]) if len(sys.argv) > 1 else 0.0
    server = await asyncio.get_running_loop().create_server(Session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
