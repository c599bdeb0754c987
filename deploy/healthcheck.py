"""Asks the site beside it whether it can answer. Exits with 0 if so, with 1 and a line of why not otherwise.

A number after its name is another port to ask at.
"""

import http.client
import os
import sys


def own_name(allowed_hosts: str) -> str:
    """A name that the site answers to: the first of ALLOWED_HOSTS."""
    first = allowed_hosts.split(",")[0].strip().lstrip(".")
    return first if first not in ("", "*") else "localhost"


def main(port: int = 8000) -> str:
    """What is wrong, in a line; empty when nothing is."""
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        site.request("GET", "/healthz", headers={"Host": own_name(os.environ.get("ALLOWED_HOSTS", ""))})
        answer = site.getresponse()
        said = answer.read(200).decode(errors="replace")
    except OSError as error:
        return f"no answer: {error}"
    return "" if answer.status == 200 else f"{answer.status}: {said}"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])) or 0)
