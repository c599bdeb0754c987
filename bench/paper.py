"""How long a list takes on paper, as a whole request, and whether a worker's memory stays the same: `make bench`.

    python bench/paper.py --database sqlite:////tmp/examples.sqlite3

Without `--database`, a scratch database of 5,000 examples is made and taken away again. The requests are those of an
area with exactly so many groups, or of a list, in this process, which is warm: each is made once before it is measured.
Processor time is that of this process and of those it starts, since a busy machine changes it least; what Typst takes
of it stands beside it. Times stand beside the aims; the exit code says nothing of them.
"""

import argparse
import contextlib
import os
import resource
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.searching import databases

LISTINGS = 5_000
#: The targets in seconds of the processor, by number of groups, in every layout.
AIMS = {7: 0.15, 100: 0.35, 500: 1.2}
TIMES = 3
#: How many PDFs are made one after the other, and by how many MB the process may be larger after them.
RUN, MAY_GROW = 200, 5
#: The numbers of groups of those PDFs, in turn, 0 for a poster; at the end of each round a long list.
MIX = (7, 100, 7, 7, 7, 100, 7, 0, 7, 7, 500)

say = sys.stdout.write


def work() -> float:
    """Return the processor seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def memory() -> float:
    """Return the memory of this process in MB, its share of what others use, too (PSS)."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


class Requests:
    """Requests to the site in this process, and the seconds that Typst takes of them."""

    def __init__(self) -> None:
        from django.test import Client

        from groups.printing.pdf import pdf

        self._client = Client()
        self._of_typst = 0.0
        compile_pdf = pdf.compile_pdf

        def timed(*arguments: object) -> bytes:
            before = work()
            content = compile_pdf(*arguments)
            self._of_typst += work() - before
            return content

        pdf.compile_pdf = timed

    def measure(self, address: str, times: int = TIMES) -> tuple[float, float, int]:
        """Return the shortest processor time of a few requests, that of Typst in it, and the size in bytes."""
        self.content(address)
        found = []
        for _ in range(times):
            self._of_typst, before = 0.0, work()
            size = len(self.content(address))
            found.append((work() - before, self._of_typst, size))
        return min(found)

    def content(self, address: str) -> bytes:
        response = self._client.get(address)
        if response.status_code != 200:
            raise SystemExit(f"{address} answers {response.status_code}.")
        return response.content


@contextlib.contextmanager
def areas_of_size() -> Iterator[dict[int, str]]:
    """Within the context, yield the path of the printed list of an area with exactly so many groups, for each aim.

    Groups that an area has over are unpublished, in a transaction that is rolled back.
    """
    from django.db import transaction
    from django.urls import reverse
    from django.utils import timezone

    from groups.models import SupportGroup
    from organisations.choices import Publication
    from places.models import Area

    def keys(area: Area) -> list[int]:
        listed, every = SupportGroup.objects.listed(timezone.localdate()), SupportGroup.objects.order_by()
        of_area = every.located_in(area).values("pk").union(every.serving(area).values("pk"))
        return list(listed.filter(pk__in=of_area).order_by("pk").values_list("pk", flat=True))

    paths: dict[int, str] = {}
    taken: set[int] = set()
    with transaction.atomic():
        for size in sorted(AIMS):
            area = min(
                (area for area in Area.objects.listed() if len(keys(area)) >= size), key=lambda area: len(keys(area))
            )
            over = [key for key in keys(area) if key not in taken][: len(keys(area)) - size]
            SupportGroup.objects.filter(pk__in=over).update(publication=Publication.DRAFT)
            taken.update(keys(area))
            paths[size] = reverse("groups:area_print", args=[area.slug])
        yield paths
        transaction.set_rollback(True)


def line(what: str, groups: int, measured: tuple[float, float, int], limit: float | None) -> None:
    seconds, of_typst, size = measured
    aim = f"{seconds / limit:.2f} of {limit:g} s {'✓' if seconds <= limit else '✗'}" if limit else ""
    say(f"{what:<16}{groups:>7}{seconds:>9.3f}{of_typst:>9.3f}{seconds - of_typst:>9.3f}{size / 1000:>8,.0f}  {aim}\n")


def speed(requests: Requests, paths: dict[int, str], codes: list[str]) -> None:
    from django.urls import reverse

    from groups.printing.layouts import LAYOUTS

    say(f"\n{'processor, s':<16}{'groups':>7}{'whole':>9}{'Typst':>9}{'rest':>9}{'KB':>8}  aim\n")
    for layout in LAYOUTS.values():
        for size, path in paths.items():
            if size <= layout.most_in_pdf:
                measured = requests.measure(f"{path}list.pdf?layout={layout.key}")
                line(f"{layout.key}, area", size, measured, AIMS[size])
        for size in (min(AIMS), len(codes)):
            address = reverse("groups:list_file", args=["pdf"])
            measured = requests.measure(f"{address}?list={','.join(codes[:size])}&layout={layout.key}")
            line(f"{layout.key}, list", size, measured, AIMS.get(size))
    for ending in ("", "list.txt", "list.csv", "list.xlsx", "list.ics"):
        for size, path in paths.items():
            line(ending or "page, area", size, requests.measure(path + ending), None)


def flatness(requests: Requests, paths: dict[int, str], posters: list[str]) -> None:
    """Make PDFs of all layouts and sizes, and posters, one after the other."""
    from groups.printing.layouts import LAYOUTS

    layouts = list(LAYOUTS.values())
    before = memory()
    for number in range(RUN):
        if not MIX[number % len(MIX)]:
            requests.content(posters[number % len(posters)])
            continue
        layout = layouts[number % len(layouts)]
        # A long list comes at the end of each round, each time of another layout that may be so long.
        size = min(MIX[number % len(MIX)], max(size for size in paths if size <= layout.most_in_pdf))
        requests.content(f"{paths[size]}list.pdf?layout={layout.key}")
    grown = memory() - before
    say(f"\n{RUN} PDFs in one process: {before:.0f} MB before, grown by {grown:.1f} MB")
    say(f"  ≤ {MAY_GROW} MB {'✓' if grown <= MAY_GROW else '✗'}\n")


def measure(url: str) -> None:
    os.environ.update(databases.environment(url))
    import django

    django.setup()
    from django.urls import reverse

    from groups.models import SupportGroup
    from groups.shortlist import MOST

    requests = Requests()
    with areas_of_size() as paths:
        groups = SupportGroup.objects.published().order_by("code").select_related("organisation")[:MOST]
        codes = [group.code for group in groups]
        posters = [reverse("groups:group_poster", args=[group.slug]) for group in groups if group.has_poster]
        speed(requests, paths, codes)
        flatness(requests, paths, posters)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", default="", help="The URL of a database full of examples.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ.setdefault("LOCK_DIR", f"{scratch}/locks")
        measure(options.database or databases.create("sqlite", LISTINGS, Path(scratch), "", again=False))


main()
