"""Keeping what people type out of the logs."""

import logging
import re

QUERY_STRING = re.compile(r"\?[^\s\"']*")


class NoQueryStrings(logging.Filter):
    """Cuts query strings out of a log line: somebody's postcode or worry may stand in one."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = QUERY_STRING.sub("", record.getMessage())
        record.args = ()
        return True
