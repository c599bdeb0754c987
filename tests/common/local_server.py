"""A web server on this machine, for what fetches addresses: tests say what it answers, and read what was asked."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from common.public_addresses import IPAddress

#: Status, headers and pieces of an answer.
Answer = tuple[int, dict[str, str], list[bytes]]


class LocalServer:
    """What a server gives, by path with query string; a path that it does not know is given to `other`, or is 404."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.other: Callable[[str], Answer] = lambda path: (404, {}, [b"nothing"])
        #: The target and the Host header of each request.
        self.requests: list[tuple[str, str]] = []

    def url(self, path: str = "/", host: str = "feed.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def resolve(self, host: str, port: int) -> list[str]:
        """Resolve every name to this server: the resolver of most tests."""
        return ["127.0.0.1"]

    def give(self, path: str, content: bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer a path with this; in the names of headers an underscore is a hyphen."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Length": str(len(content))} | named, [content])


def is_this_server(address: IPAddress) -> bool:
    """The rule of tests: the one address at which the server listens."""
    return str(address) == "127.0.0.1"


@contextmanager
def local_server() -> Iterator[LocalServer]:
    """Serve on a free port while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            server.requests.append((self.path, self.headers["Host"]))
            status, headers, pieces = server.answers.get(self.path) or server.other(self.path)
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for piece in pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
            except OSError:
                # Whoever asked has had enough.
                self.close_connection = True

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        server = LocalServer(httpd.server_port)
        thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            httpd.shutdown()
            thread.join()
