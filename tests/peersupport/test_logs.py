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
        ("100%% sure: %s", ("/?q=100%25",), "100% sure: /"),
    ],
)
def test_log_line_has_no_query_string(message, args, line):
    assert logged(message, *args) == line
