"""A site in a process of its own: reads lists of addresses, answers with each page's status and text.

Run by test_nothing_lives_on.py: `python -m tests.peersupport.page_cache.other_process`.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import django

from tests.architecture.repository import ROOT


class OtherProcess:
    """Another process that serves the site from the same database."""

    def __init__(self, address: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.peersupport.page_cache.other_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": address},
        )

    def pages(self, addresses: list[str]) -> dict[str, str]:
        self._process.stdin.write(f"{json.dumps(addresses)}\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        self._process.stdin.close()
        self._process.wait(timeout=120)
        self._process.stdout.close()


@contextmanager
def other_process(address: str) -> Iterator[OtherProcess]:
    process = OtherProcess(address)
    yield process
    process.end()


def pages(client, addresses: list[str]) -> dict[str, str]:
    """Return the text of each page, with its status."""
    found = {}
    for address in addresses:
        response = client.get(address)
        found[address] = f"{response.status_code} {response.content.decode()}"
    return found


def main() -> None:
    django.setup()
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    client = Client()
    for line in sys.stdin:
        print(json.dumps(pages(client, json.loads(line))), flush=True)  # noqa: T201 (this is how it answers)


if __name__ == "__main__":
    main()
