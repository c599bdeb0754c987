"""Errors are reported as type, files, lines and view: nothing of who asked, for what, from where."""

import io
import logging
import re
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.log import AdminEmailHandler

from peersupport.logs import BareFormatter, describe_exception
from tests.staff.people import make_manager, sign_in

#: So long that no path of a file spells it.
MARKER = "Zyxwvutsecret"
ADDRESS = "203.0.113.77"
HEADERS = {"user-agent": MARKER, "cookie": f"c={MARKER}", "referer": f"https://{MARKER}.example/", "x-real-ip": MARKER}
SENT = {"q": MARKER, "near": MARKER, "name": MARKER, "email": f"{MARKER}@example.org", "username": MARKER}
#: What stands for each kind of part of an address: the marker, where it may be anything.
PARTS = {"int": "7", "uuid": str(uuid.uuid4()), "str": MARKER, "slug": MARKER, "path": MARKER}


class RaiseInEveryView:
    """Middleware: has every view end with an error that quotes all there is of the request, and holds it in locals."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        everything = f"{request.get_full_path()} {request.GET} {request.POST} {request.META} {kwargs}"
        raise LookupError(everything)


def every_view(resolver: URLResolver | None = None, route: str = "/") -> Iterator[str]:
    """An address for every view of the URLconf, of staff too."""
    for pattern in (resolver or get_resolver()).url_patterns:
        text = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_view(pattern, route + text)
        elif isinstance(pattern, URLPattern):
            text = {"^autocomplete/$": "autocomplete/", "(?P<url>.*)$": MARKER}.get(text, text)
            yield re.sub(r"<(?:(\w+):)?\w+>", lambda part: PARTS.get(part[1] or "str", MARKER), route + text)


#: Signing out comes last.
ADDRESSES = sorted(set(every_view()), key=lambda address: ("logout" in address, address))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that the handlers of the site write meanwhile."""
    written = io.StringIO()
    loggers = [logging.getLogger(name) for name in ("", "django", "django.server", "gunicorn.error")]
    handlers = {handler for logger in loggers for handler in logger.handlers if handler.name == "console"}
    streams = {handler: handler.setStream(written) for handler in handlers}
    yield written
    for handler, stream in streams.items():
        handler.setStream(stream)


def ask_for_everything(client: Client, headers: dict[str, str]) -> Iterator[tuple[str, object]]:
    client.raise_request_exception = False
    for address in ADDRESSES:
        yield address, client.get(address, SENT, headers=headers, REMOTE_ADDR=ADDRESS)
        yield address, client.post(f"{address}?near={MARKER}", SENT, headers=headers, REMOTE_ADDR=ADDRESS)


def test_every_view_is_asked():
    assert len(ADDRESSES) > 150
    assert {"/", "/groups/", f"/groups/{MARKER}/", "/help-now/", "/staff/login/", "/check/"} <= set(ADDRESSES)


@pytest.mark.django_db
@pytest.mark.one_database
def test_no_error_in_any_view_says_what_it_was_about(log, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.RaiseInEveryView"]
    settings.ADMINS = [("Example", "admin@example.org")]

    statuses = {}
    for address, response in ask_for_everything(Client(), HEADERS):
        statuses[address] = response.status_code
        assert MARKER not in response.content.decode(errors="replace"), address

    lines = log.getvalue()
    assert {address for address, status in statuses.items() if status != 500} == set()
    assert [line for line in lines.splitlines() if MARKER in line or ADDRESS in line] == []
    assert lines.count("builtins.LookupError at tests/peersupport/test_error_reports.py:") == 2 * len(ADDRESSES)
    assert len(re.findall(r"^\S+ \S+ ERROR django\.request: 500 in (?!no view)\S+$", lines, re.M)) == 2 * len(ADDRESSES)
    assert "500 in groups:group_list\n" in lines
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.one_database
def test_no_error_of_the_database_says_what_was_asked_for(log):
    """Here the views themselves run, until their first query, for a manager: what they do with errors has its turn."""
    client = sign_in(Client(), make_manager())
    headers = {name: value for name, value in HEADERS.items() if name != "cookie"}

    def refuse(execute, sql, params, many, context):
        if re.search("django_session|auth_user|otp_|SAVEPOINT", sql):
            return execute(sql, params, many, context)
        raise LookupError(f"{sql} {params} {MARKER}")

    with connection.execute_wrapper(refuse):
        statuses = [response.status_code for _, response in ask_for_everything(client, headers)]

    lines = log.getvalue()
    assert statuses.count(500) > 100
    assert [line for line in lines.splitlines() if MARKER in line or ADDRESS in line] == []
    assert lines.count(" ERROR django.request: 500 in ") == statuses.count(500)


def test_a_request_that_is_refused_says_nothing_of_itself(log):
    """Hosts that are not ours, addresses that are none, forms from elsewhere."""
    client = Client(raise_request_exception=False, REMOTE_ADDR=ADDRESS, enforce_csrf_checks=True)

    client.get("/about/", SENT, headers={"host": f"{MARKER}.example"})
    client.get(f"/{MARKER}/", SENT, headers=HEADERS)
    client.post("/staff/login/", SENT, headers={"origin": f"https://{MARKER}.example"})

    assert [line.split(" ", 2)[2] for line in log.getvalue().splitlines() if " at " not in line] == [
        "ERROR django.security.DisallowedHost: 400 in no view",
        "WARNING django.request: 404 in no view",
        "WARNING django.security.csrf: 403 in admin:login",
    ]
    assert MARKER not in log.getvalue()


def failed_for(secret: str) -> Exception:
    try:
        try:
            raise ValueError(secret)
        except ValueError as error:
            raise KeyError(secret) from error
    except KeyError as error:
        return error


def test_an_exception_is_its_type_and_lines_and_those_of_what_it_came_of():
    lines = describe_exception(failed_for(MARKER)).splitlines()

    assert [re.sub(r":\d+", ":1", line) for line in lines] == [
        "builtins.KeyError at tests/peersupport/test_error_reports.py:1",
        "builtins.ValueError at tests/peersupport/test_error_reports.py:1",
    ]


def test_a_library_is_named_from_its_own_folder():
    try:
        connection.ops.date_extract_sql(MARKER, None, None, None)
    except TypeError as error:
        described = describe_exception(error)
    try:
        RequestFactory().get("/").get_host()
        settings.NO_SUCH_SETTING  # noqa: B018
    except AttributeError as error:
        described = describe_exception(error)

    assert described.startswith("builtins.AttributeError at django/conf/__init__.py:")


def test_a_report_for_administrators_would_say_no_more(settings):
    """None is sent; but a setting could be all that keeps one from being sent."""
    request = RequestFactory().post(f"/groups/?near={MARKER}", SENT, headers=HEADERS, REMOTE_ADDR=ADDRESS)
    error = failed_for(MARKER)
    settings.ADMINS = [("Example", "admin@example.org")]
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "", (), (type(error), error, error.__traceback__))
    record.request = request

    AdminEmailHandler(include_html=True).emit(record)

    [report] = mail.outbox
    assert "KeyError at tests/peersupport/test_error_reports.py" in report.body
    assert MARKER not in str(report.message())
    assert ADDRESS not in str(report.message())


@pytest.mark.parametrize("message", ["Error handling request %s", "Error handling request GET %s"])
def test_the_web_server_says_no_address_of_a_request(log, message):
    error = failed_for(MARKER)

    logging.getLogger("gunicorn.error").error(message, f"/check/{MARKER}/", exc_info=error)

    assert log.getvalue().splitlines()[0].endswith("ERROR gunicorn.error: Error handling request")
    assert MARKER not in log.getvalue()


def test_another_handler_leaves_no_traceback_behind(log):
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "It failed", (), None)
    error = failed_for(MARKER)
    record.exc_info = (type(error), error, error.__traceback__)
    logging.Formatter().format(record)
    assert MARKER in record.exc_text

    assert MARKER not in BareFormatter().format(record)


def test_what_is_started_before_the_site_logs_the_same_way():
    """gunicorn's master process has settings of its own."""
    web_server = SimpleNamespace(**_run(settings.BASE_DIR / "gunicorn.conf.py"))

    assert web_server.logconfig_dict["formatters"] == settings.LOGGING["formatters"]
    assert web_server.logconfig_dict["handlers"] == settings.LOGGING["handlers"]


def _run(path) -> dict:
    found: dict = {}
    exec(path.read_text(), found)
    return found
