"""What a browser wrote down itself of where it went (as chrome://net-export does)."""

import json
from pathlib import Path
from urllib.parse import urlsplit

OURS = ("localhost", "127.0.0.1")
#: No other machine has an address, whatever asks for it.
NOWHERE = "--host-resolver-rules=MAP * ~NOTFOUND, " + ", ".join(f"EXCLUDE {host}" for host in OURS)


def log_to(path: Path) -> str:
    """The flag with which a browser writes its log; whole once it is closed."""
    return f"--log-net-log={path}"


def hosts_that_pages_asked(log: Path) -> set[str]:
    """The hosts that pages loaded anything from, or led to: our own, and no other if all is well.

    A browser also asks its makers for news of itself. Those requests are begun by no page, and belong to no site of
    ours.
    """
    hosts = set()
    written = json.loads(log.read_text())
    start = written["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    for event in written["events"]:
        message = event.get("params", {})
        # It is written down when it begins and when it ends; the end names no address.
        if event["type"] == start and "url" in message:
            site = message.get("network_isolation_key", "")
            if message.get("initiator") != "not an origin" or any(host in site for host in OURS):
                hosts.add(urlsplit(message["url"]).hostname)
    return hosts
