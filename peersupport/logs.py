"""Logging without anything that people type: an error has its place in the code, never its data."""

import logging
import re
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

# gunicorn's master imports this, which its workers inherit after a reload, also of another version: nothing of Django.
if TYPE_CHECKING:
    from django.http import HttpRequest

# Up to the end of a request line, since a broken client may send spaces and quotes.
QUERY_STRING = re.compile(r"\?(?:.*?(?= HTTP/\d)|\S*)")
# gunicorn's line for a malformed request, with the client address and the data.
UNREADABLE = re.compile(r"(?<=Invalid request) from .*", re.DOTALL)
# gunicorn's lines for an error in a request, with its address; those of other loggers have the request itself.
OF_A_REQUEST = re.compile(r"^(Error handling request|Socket error processing request).*", re.DOTALL)
#: The loggers whose lines have addresses and headers in them, and a request to name the view by.
REQUEST_LOGGERS = ("django.request", "django.security")

_ROOT = Path(__file__).resolve().parent.parent
ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class NoQueryStrings(logging.Filter):
    """Removes query strings, and client address and data of malformed requests, from log lines.

    They may contain a postcode or health information.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        message = OF_A_REQUEST.sub(r"\1", UNREADABLE.sub("", record.getMessage()))
        record.msg = QUERY_STRING.sub("", message)
        record.args = ()
        return True


class BareFormatter(logging.Formatter):
    """Formats one line for each record; a record about a request has the name of the view instead of the URL.

    An exception is its type and the files and lines it passed. Its message, which may quote what somebody typed, and
    local variables are left out.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        if record.name.startswith(REQUEST_LOGGERS):
            record.message = f"{getattr(record, 'status_code', record.levelname)} in {view_name(record)}"
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        return describe_exception(ei[1])

    def formatStack(self, stack_info: str) -> str:
        return ""

    def format(self, record: logging.LogRecord) -> str:
        # Python caches here what the first handler made of an exception, which may have been another's.
        record.exc_text = None
        return super().format(record)


def view_name(record: logging.LogRecord) -> str:
    """Return the URL name of the view that a record is about; "no view" if none was resolved."""
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return (match.view_name or match._func_path) if match else "no view"


def describe_exception(error: BaseException | None) -> str:
    """Return a line for an exception and for each one in its chain: its type, and files and lines, last first.

    Paths are relative to the site, or to the library.
    """
    lines = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        frames = reversed(traceback.extract_tb(error.__traceback__))
        places = ", ".join(f"{_short(frame.filename)}:{frame.lineno}" for frame in frames)
        lines.append(f"{type(error).__module__}.{type(error).__qualname__} at {places or 'no line'}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


def _short(filename: str) -> str:
    path = Path(filename)
    if "site-packages" in path.parts:
        return "/".join(path.parts[path.parts.index("site-packages") + 1 :])
    return path.relative_to(_ROOT).as_posix() if path.is_relative_to(_ROOT) else path.name


class BareReporter:
    """Replaces Django's error reports, which have local variables, settings, headers and POST data.

    Nothing sends reports now; if a setting (`ADMINS`) ever does, they contain only this.
    """

    html_template_path = text_template_path = None

    def __init__(
        self,
        request: "HttpRequest | None",
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        tb: TracebackType | None,
        is_email: bool = False,
    ) -> None:
        self.error = exc_value

    def get_traceback_text(self) -> str:
        return describe_exception(self.error)

    def get_traceback_html(self) -> str:
        return ""
