"""Keeping what people type out of the logs."""

import logging
import re

# Up to the end of a request line if it stands in one: what a broken client sends may have spaces and quotes in it.
QUERY_STRING = re.compile(r"\?(?:.*?(?= HTTP/\d)|\S*)")
# The web server's own line for what it could not read: an address, and what was sent.
UNREADABLE = re.compile(r"(?<=Invalid request) from .*", re.DOTALL)


class NoQueryStrings(logging.Filter):
    """Cuts query strings, and who sent what nobody could read, out of a log line.

    Somebody's postcode or worry may stand in one.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = QUERY_STRING.sub("", UNREADABLE.sub("", record.getMessage()))
        record.args = ()
        return True
