"""A browser without a screen: it asks for pages, and fills in the forms on them. A connection for each request."""

import http.client
import random
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

#: Any value will do, as long as cookie and form have the same.
_TOKEN = "faults" * 5 + "ab"

Values = dict[str, str | list[str] | SimpleUploadedFile]


class NoAnswer(Exception):
    """The connection ended before there was an answer."""


class Answer(NamedTuple):
    status: int
    location: str
    retry_after: str
    text: str


class Browser:
    """Somebody at an address of their own, or at a random one each time; signed in, with the key of a session."""

    def __init__(self, port: int, session: str = "", timeout: float = 60) -> None:
        self._port, self._session, self._timeout = port, session, timeout

    def get(self, path: str) -> Answer:
        """Return the answer of a page. Raises `NoAnswer`."""
        return self._ask("GET", path, b"", "")

    def post(self, path: str, values: Mapping, address: str = "") -> Answer:
        """Send a form, as its own page would, and return the answer. Raises `NoAnswer`."""
        if any(isinstance(value, SimpleUploadedFile) for value in values.values()):
            return self._ask("POST", path, encode_multipart(BOUNDARY, dict(values)), MULTIPART_CONTENT, address)
        body = urlencode(list(values.items()), doseq=True).encode()
        return self._ask("POST", path, body, "application/x-www-form-urlencoded", address)

    def _ask(self, method: str, path: str, body: bytes, kind: str, address: str = "") -> Answer:
        headers = {
            "Cookie": f"csrftoken={_TOKEN}; sessionid={self._session}",
            "X-Forwarded-For": address or ".".join(str(random.randint(1, 250)) for _ in range(4)),
            "Connection": "close",
        }
        if method == "POST":
            headers |= {"Content-Type": kind, "X-CSRFToken": _TOKEN, "Sec-Fetch-Site": "same-origin"}
        asked = http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._timeout)
        try:
            asked.request(method, path, body or None, headers)
            answer = asked.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(type(error).__name__) from error
        finally:
            asked.close()
        location, retry_after = answer.headers.get("Location", ""), answer.headers.get("Retry-After", "")
        return Answer(answer.status, location, retry_after, text)


def form_of(html: str, identifier: str = "") -> Values:
    """Return what a browser would send of a form of a page that nobody has touched; of all forms without an `id`."""
    reader = _Form(identifier)
    reader.feed(html)
    return reader.values


class _Form(HTMLParser):
    def __init__(self, identifier: str) -> None:
        super().__init__()
        self.values: Values = {}
        self._identifier, self._is_inside = identifier, not identifier
        self._textarea, self._select = "", ("", False)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name = attributes.get("name") or ""
        if tag == "form" and self._identifier:
            self._is_inside = attributes.get("id") == self._identifier
        if not self._is_inside or "disabled" in attributes:
            return
        if tag == "textarea":
            self._textarea, self.values[name] = name, ""
        elif tag == "select":
            self._select = name, "multiple" in attributes
            self.values[name] = []
        elif tag == "option":
            self._option(attributes.get("value") or "", "selected" in attributes)
        elif tag == "input" and name:
            self._input(name, attributes)

    def _input(self, name: str, attributes: dict[str, str | None]) -> None:
        kind, value = attributes.get("type") or "text", attributes.get("value")
        if kind in ("submit", "button", "image", "file", "reset"):
            return
        if kind in ("checkbox", "radio"):
            if "checked" in attributes:
                self._append(name, value if value is not None else "on")
        else:
            self.values[name] = value or ""

    def _append(self, name: str, value: str) -> None:
        chosen = self.values.setdefault(name, [])
        chosen.append(value)

    def _option(self, value: str, is_selected: bool) -> None:
        name, is_multiple = self._select
        chosen = self.values.get(name)
        # The first one, unless another is selected.
        if is_selected and not is_multiple:
            self.values[name] = [value]
        elif isinstance(chosen, list) and (is_selected or (not is_multiple and not chosen)):
            chosen.append(value)

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            # HTML ignores the first line's end.
            self.values[self._textarea] = self.values[self._textarea].removeprefix("\n")
            self._textarea = ""
        elif tag == "form" and self._identifier:
            self._is_inside = False
