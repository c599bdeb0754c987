"""Log filter that removes what people type."""

import logging
import re

# Up to the end of a request line, since a broken client may send spaces and quotes.
QUERY_STRING = re.compile(r"\?(?:.*?(?= HTTP/\d)|\S*)")
# gunicorn's line for a malformed request, with the client address and the data.
UNREADABLE = re.compile(r"(?<=Invalid request) from .*", re.DOTALL)


class NoQueryStrings(logging.Filter):
    """Removes query strings, and client address and data of malformed requests, from log lines.

    They may contain a postcode or health information.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = QUERY_STRING.sub("", UNREADABLE.sub("", record.getMessage()))
        record.args = ()
        return True
