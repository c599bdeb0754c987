"""What people type stays out of the logs."""

import logging

import pytest

from peersupport.logs import NoQueryStrings


def logged(message: str, *args: object) -> str:
    """A line as it comes out of the filter."""
    record = logging.LogRecord("django.server", logging.INFO, __file__, 1, message, args, None)
    assert NoQueryStrings().filter(record) is True
    return record.getMessage()


@pytest.mark.parametrize(
    "message, args, line",
    [
        ("Not Found: /groups/x/?near=CT9+1AE", (), "Not Found: /groups/x/"),
        ('"%s" %s %s', ("GET /groups/?near=CT9+1AE&q=anxiety HTTP/1.1", "200", "41"), '"GET /groups/ HTTP/1.1" 200 41'),
        ("Not Found: %s", ("/groups/x/",), "Not Found: /groups/x/"),
        ('"GET /lists/print/?list=bcd23,fgh45&by=day HTTP/1.1" 200', (), '"GET /lists/print/ HTTP/1.1" 200'),
        ("Not Found: /lists/list.exe?list=bcd23,fgh45", (), "Not Found: /lists/list.exe"),
        ("100%% sure: %s", ("/?q=100%25",), "100% sure: /"),
        ('"%s" %s', ("GET /groups/?near=CT9'1AE&q=\"sad HTTP/1.1", "200"), '"GET /groups/ HTTP/1.1" 200'),
        (
            "code %d, message %s",
            (400, "Bad request syntax ('GET /groups/?near=CT9 1AE HTTP/1.1')"),
            "code 400, message Bad request syntax ('GET /groups/ HTTP/1.1')",
        ),
        ("Invalid request from ip=192.0.2.7: Invalid HTTP Version: '1AE HTTP/1.1'", (), "Invalid request"),
        ("Is it up? It is.", (), "Is it up It is."),
    ],
)
def test_log_line_has_no_query_string(message, args, line):
    assert logged(message, *args) == line


@pytest.mark.parametrize("name", ["django.request", "django.server", "gunicorn.error", "anything.else"])
def test_every_logger_goes_through_the_filter(name):
    logger = logging.getLogger(name)
    while logger.propagate and not logger.handlers:
        logger = logger.parent

    filters = [type(row) for handler in logger.handlers if handler.name == "console" for row in handler.filters]

    assert filters == [NoQueryStrings]
