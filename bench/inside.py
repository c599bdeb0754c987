"""In one process, without server or socket: the processor time of pages, places, PDFs, the feed and spreadsheets."""

from contextlib import closing
from statistics import median
from wsgiref.util import setup_testing_defaults

from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.utils import timezone

from bench.addresses import SEARCHES, different
from bench.shared import heading, milliseconds, row, sign
from groups.models import SupportGroup
from groups.printing.layouts import LAYOUTS
from groups.spreadsheets.formats import csv_stream, xlsx_stream
from groups.spreadsheets.group_columns import column_titles
from groups.spreadsheets.importer import preview_import, write_import
from groups.spreadsheets.reader import read_table
from groups.spreadsheets.resources.groups import GROUPS
from groups.spreadsheets.scope import ImportScope
from organisations.models import Organisation
from places.location.locate import locate
from places.models import Area

ASKED = 100
#: The most milliseconds of an uncached page, at 20,000 listings.
AIMS = dict.fromkeys(SEARCHES, 8) | {"search, cards drawn": 1.5, "group": 6, "area": 4, "home": 2, "organisation": 6}
#: By number of groups: the most milliseconds of a PDF in any layout.
PDF_AIMS = {7: 150, 100: 350, 500: 1200}
#: What is typed, and the most milliseconds that it may take.
TYPED = {"postcode": ("CT9 1AE,ct91ae,TA20 1AA,TS14 6AB,eh11bb,CF1O 1AA", 1)}
TYPED["misspelt town"] = "Guisbro,Margte,Cantebury,Llandudnoo,Newcastel,Margte Kent", 10
_site = WSGIHandler()


def ask(address: str) -> tuple[int, bytes]:
    """Return the status and content of a page, asked for as gunicorn hands it on."""
    path, _, query = address.partition("?")
    statuses: list[str] = []
    environ = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_ACCEPT_ENCODING": "gzip", "REMOTE_ADDR": "127.0.0.1"}
    setup_testing_defaults(environ)
    with closing(_site(environ, lambda status, *rest: statuses.append(status))) as answer:
        return int(statuses[0][:3]), b"".join(answer)


def pages(size: int) -> None:
    reading = milliseconds(ask, "/groups/?near=Chard&q=art")
    every = {kind: addresses[:ASKED] for kind, addresses in different(ASKED * 40).items() if kind != "PDF"}
    # The same search, and an empty choice: what was typed is not cached, so all but the cards is made again.
    every["search, cards drawn"] = [f"{address}&sort=" for address in every["search"]]
    heading("pages", "asked", "median ms", "p95", "asked again", "a second")
    for kind, addresses in ({"constant": ["/constant/"] * ASKED} | every).items():
        ask(addresses[-1])
        first, again = (sorted(milliseconds(ask, address) for address in addresses[:-1]) for _ in range(2))
        figures = median(first), first[int(len(first) * 0.95)], median(again), 1000 / median(first)
        row(kind, str(len(first)), *figures, note=sign(median(first), AIMS.get(kind) if size == 20_000 else None))
    row("reading the directory, with the first page", "1", reading)
    for kind, (texts, limit) in TYPED.items():
        asked = sorted(milliseconds(locate, text) for text in texts.split(",") * 30)
        row(f"locate a {kind}", str(len(asked)), median(asked), asked[-9], note=sign(median(asked), limit))


def pdfs() -> None:
    """Measure, in each layout, the list of the area whose number of groups comes nearest to that of an aim."""
    listed = SupportGroup.objects.listed(timezone.localdate())
    counts = {area: len({*listed.located_in(area), *listed.serving(area)}) for area in Area.objects.listed()}
    heading("a PDF of an area", "groups", "ms", "a second", "KB")
    for layout in LAYOUTS.values():
        possible = [area for area, count in counts.items() if 0 < count <= layout.most_in_pdf]
        for size, limit in PDF_AIMS.items():
            area = min(possible, key=lambda area, size=size: abs(counts[area] - size))
            address = f"/areas/{area.slug}/print/list.pdf?layout={layout.key}"
            content, took = ask(address)[1], min(milliseconds(ask, address) for _ in range(2))
            figures = str(counts[area]), took, 1000 / took, len(content) / 1000
            row(f"{layout.key}, {area}", *figures, note=sign(took, limit))


def open_referral() -> None:
    """Measure a page of the feed, first, again and by another address, and all of it as lines."""
    feed, count = "/open-referral/services?", SupportGroup.objects.published().count()
    heading("the Open Referral feed", "services", "ms", "a second")
    for query, number in (("page=2", 50), ("page=2", 50), ("page=2&per_page=50", 50), ("format=ndjson", count)):
        took = milliseconds(ask, feed + query)
        row(query, str(number), took, number * 1000 / took)


def spreadsheets(count: int) -> None:
    """Measure groups out as files and in again: unchanged, each changed, and all new, with venues."""
    first = SupportGroup.objects.filter(pk__in=SupportGroup.objects.order_by("pk").values("pk")[:count])
    titles, found = column_titles(), []

    def step(title: str, action, *arguments):
        took = milliseconds(lambda: found.append(action(*arguments)))
        row(title, took, count * 1000 / took, note=sign(took, 60_000))
        return found.pop()

    def load(content: bytes, digest: str = ""):
        """Preview an import; with the digest of a preview, write it, and roll back."""
        scope = ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk())
        with transaction.atomic():
            rows = read_table(content, titles).sheet_rows
            result = write_import(rows, scope, digest) if digest else preview_import(rows, scope)
            transaction.set_rollback(True)
        assert not result.errors, [*result.errors.items()][:3]
        return result

    heading(f"a spreadsheet of {count:,} groups", "ms", "rows a s")
    rows = step("read for an export", lambda: list(GROUPS.export_rows(first)))
    content = step("written as CSV", lambda: b"".join(csv_stream(titles, rows)))
    workbook = step("written as a workbook", lambda: b"".join(xlsx_stream(titles, rows, "Groups")))
    step("the workbook read", read_table, workbook, titles)
    assert not step("the export previewed", load, content).to_write, "The export would change something."
    new = dict.fromkeys(["Code", "Version", "Public or not", "Contacts", "Town"], "") | {"Address": "1 High Street"}
    changes = {"each changed": {"Cost": "£3 or less", "Free": "No", "More about joining": "Ring {}."}}
    changes["all new"] = new | {"Name": "Sheet group {}", "Venue": "Sheet hall {}", "Postcode": "TA20 1PP"}
    for title, cells in changes.items():
        filled = ([cells.get(key, text) for key, text in zip(titles, texts, strict=True)] for texts in rows)
        numbered = ([text.replace("{}", str(n)) for text in texts] for n, texts in enumerate(filled))
        content = b"".join(csv_stream(titles, numbered))
        step(f"{title}: written", load, content, step(f"{title}: previewed", load, content).digest)


def measure(size: int, addresses: int, _: int) -> None:
    pages(size)
    pdfs()
    open_referral()
    spreadsheets(min(5_000, addresses))
