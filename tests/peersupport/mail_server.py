"""A mail server on this machine that takes a connection or two, and answers as it is told."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class _Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.answer("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].decode().upper()
            self.server.received.append(line.decode().strip())
            self.answer(self.server.answers.get(verb, "250 ok"))
            if verb == "QUIT":
                return

    def answer(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server(**answers: str) -> Iterator[socketserver.TCPServer]:
    """Run a server that answers "250 ok" to every verb but for those given; `received` has what it was sent."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Conversation) as server:
        server.daemon_threads = True
        server.answers, server.received = answers, []
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
