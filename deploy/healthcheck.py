"""Container health check: requests /healthz. Exits with 0 if the site is healthy, else with 1 and the reason.

The optional argument is the port.
"""

import http.client
import os
import sys


def own_name(allowed_hosts: str) -> str:
    """Return a valid Host header: the first of ALLOWED_HOSTS."""
    first = allowed_hosts.split(",")[0].strip().lstrip(".")
    return first if first not in ("", "*") else "localhost"


def main(port: int = 8000) -> str:
    """Return what is wrong, in one line; "" if the site is healthy."""
    site = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    try:
        site.request("GET", "/healthz", headers={"Host": own_name(os.environ.get("ALLOWED_HOSTS", ""))})
        answer = site.getresponse()
        body = answer.read(200).decode(errors="replace")
    except OSError as error:
        return f"no answer: {error}"
    return "" if answer.status == 200 else f"{answer.status}: {body}"


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])) or 0)
