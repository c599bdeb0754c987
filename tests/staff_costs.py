"""Measure every page for staff on a database of examples: `DATABASE_URL=… python -m tests.staff_costs`.

Each page of the admin's URLconf is asked for, with each filter of each list and some searches, by a manager and by an
editor of the organisation with the most groups. Printed are the milliseconds of a processor (the first request of a
page, and one more) and the queries; pages over an aim are printed again at the end. What is written is rolled back.
"""

import logging
import os
import re
import sys
from html import unescape

import django

from bench.shared import milliseconds, say

MOST_MILLISECONDS, MOST_QUERIES = 1000, 30
SEARCHES = ["art", "margate", "CT9 1AE", "07700 900", "01622 00", "example.org", "nothing has such a name"]
FILTER = re.compile(r'<a href="(\?[^"#]+)"')
TERMS = ["", "a", "margate", "example art"]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    logging.disable(logging.WARNING)
    from django.db import connection, transaction

    say(f"{'first ms':>9} {'again ms':>9} {'queries':>8}  who, page")
    with transaction.atomic():
        found = measure()
        transaction.set_rollback(True)
    over = [row for row in found if row[1] > MOST_MILLISECONDS or row[2] > MOST_MILLISECONDS or row[3] > MOST_QUERIES]
    say(f"{len(found)} pages on {connection.vendor}, load {os.getloadavg()[0]:.1f}; over an aim: {len(over)}")
    for who, first, again, queries, address in over:
        say(f"{first:9.0f} {again:9.0f} {queries:8}  {who} {address}")
    sys.exit(bool(over))


def measure() -> list[tuple[str, float, float, int, str]]:
    """Return for each page: who asked, milliseconds first and again, queries, and its address."""
    from django.db.models import Count
    from django.test import Client

    from organisations.models import Organisation
    from tests.staff.people import make_editor, make_manager, sign_in

    manager = make_manager("staff-costs")
    largest = Organisation.objects.annotate(size=Count("groups")).order_by("-size").first()
    people = {"manager": manager, "editor": make_editor(largest, name="staff-costs-editor")}
    found = []
    for who, user in people.items():
        client = sign_in(Client(HTTP_HOST="localhost"), user)
        for address in _addresses(client, manager):
            if figures := _ask(client, address):
                found.append((who, *figures, address))
                say(f"{figures[0]:9.0f} {figures[1]:9.0f} {figures[2]:8}  {who} {address}")
    return found


def _ask(client, address: str) -> tuple[float, float, int] | None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    answers: list = []

    def ask() -> None:
        answers.append(client.get(address))

    first, again = milliseconds(ask), milliseconds(ask)
    if answers[0].status_code in {302, 403, 404}:
        return None
    if answers[0].status_code != 200:
        raise RuntimeError(f"{address} answered {answers[0].status_code}")
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return first, again, len(queries)


def _addresses(client, manager) -> list[str]:
    """Return the addresses of all pages, of a row in the middle of each table; of lists, with filters and searches."""
    from django.contrib import admin
    from django.contrib.auth.models import User
    from django.urls import reverse

    from organisations.models import single_revision
    from tests.staff import test_every_page as walk

    rows: dict[type, object] = {User: manager}
    for model in walk.MODELS.values():
        ordered = model.objects.order_by("pk")
        row = ordered[ordered.count() // 2 :].first()
        if row is not None:
            rows.setdefault(model, row)
        if row is not None and hasattr(row, "history"):
            with single_revision(row, "Example"):
                row.save()
    found = []
    for name in walk.staff_pages():
        for address in walk._addresses(name, rows, manager):
            found.append(address)
            if name.endswith("_changelist"):
                answer = client.get(address)
                if answer.status_code != 200:
                    continue
                links = [unescape(link) for link in FILTER.findall(answer.text)]
                found += [address + link for link in dict.fromkeys(links)]
                if admin.site._registry[walk.MODELS[name.removesuffix("_changelist")]].search_fields:
                    found += [f"{address}?q={words.replace(' ', '+')}" for words in SEARCHES]
    for model in walk.MODELS.values():
        for field in model._meta.get_fields():
            related = getattr(field, "related_model", None)
            if field.concrete and related in admin.site._registry:
                asked = (
                    f"?app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field.name}"
                )
                found += [f"{reverse('admin:autocomplete')}{asked}&term={term.replace(' ', '+')}" for term in TERMS]
    return list(dict.fromkeys(found))


if __name__ == "__main__":
    main()
