"""The Content-Security-Policy header."""

from collections.abc import Mapping, Sequence


def header_value(directives: Mapping[str, Sequence[str]]) -> str:
    """Return the header value of directives, each with its sources."""
    return "; ".join(" ".join([directive, *sources]) for directive, sources in directives.items())
