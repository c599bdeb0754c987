"""A site in a process of its own, which keeps its directory: reads addresses, answers with the pages' headings.

Run by test_two_processes.py: `python -m tests.groups.search.single_request`.
"""

import json
import re
import sys

import django


def main() -> None:
    django.setup()
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    client = Client()
    for line in sys.stdin:
        page = client.get(line.strip()).content.decode()
        titles = re.findall(r'class="card__title"><a [^>]*>([^<]*)<', page)
        print(json.dumps(titles), flush=True)  # noqa: T201 (this is how it answers)


if __name__ == "__main__":
    main()
