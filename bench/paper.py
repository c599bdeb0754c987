"""How long a list takes to become a PDF, how large it is, and whether memory stays flat: `make bench`.

The lists are those of the tests, of ordinary groups, under the days of the week as the list of an area is. The process
is warm: one list of each layout is made before anything is measured. Lists of more than 80 groups or so, but for the
two plain layouts, are made by a process of their own, as on the site; its start and its work are counted. Times stand
beside the aims; the exit code says nothing of them, for a busy machine would fail anybody. Processor time is beside
the time on the clock: a busy machine changes it least.
"""

import datetime
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")

import pypdfium2

from groups.printing.layouts import LAYOUTS, STANDARD, LayoutSpec
from groups.printing.pdf.pdf import render_pdf
from tests.groups.printing.pdf.documents import list_by_day, ordinary_list

SIZES = (1, 30, 100, 500)
TIMES = 2
#: The target in seconds, by number of groups, in the standard layout.
AIMS = {100: 0.1, 500: 0.4}
#: How many PDFs are made one after the other, and by how many MB the process may grow after the first few.
RUN, FIRST, MAY_GROW = 200, 60, 20

say = sys.stdout.write


def memory() -> float:
    """Return the resident memory of this process in MB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def work() -> float:
    """Return the processor seconds of this process and its children."""
    return sum(os.times()[:4])


def timed(count: int, layout: LayoutSpec) -> tuple[float, float, bytes]:
    """Return the shortest of a few runs, in seconds on the clock and of the processor, and the PDF."""
    best = (float("inf"), float("inf"))
    for _ in range(TIMES):
        began, worked = time.perf_counter(), work()
        content = render_pdf(list_by_day(count), layout)
        best = min(best, (time.perf_counter() - began, work() - worked))
    return *best, content


def check_mark(held: bool) -> str:
    return "✓" if held else "✗"


def speed() -> None:
    for layout in LAYOUTS.values():
        render_pdf(ordinary_list(1), layout)
    say(f"\n{'layout':<10}{'groups':>7}{'seconds':>9}{'working':>9}{'pages':>7}{'KB':>7}{'MB held':>9}  aim\n")
    for layout in LAYOUTS.values():
        for count in SIZES:
            seconds, worked, content = timed(count, layout)
            with pypdfium2.PdfDocument(content) as document:
                pages = len(document)
            limit = AIMS.get(count) if layout == STANDARD else None
            aim = f"{seconds / limit:.2f} of about {limit:g} s" if limit else ""
            say(f"{layout.key:<10}{count:>7}{seconds:>9.3f}{worked:>9.3f}{pages:>7}{len(content) / 1000:>7,.0f}")
            say(f"{memory():>9.0f}  {aim}\n")


def flatness() -> None:
    held = []
    for number in range(RUN):
        # Another day each time, so that nothing is the same as before.
        document = ordinary_list(1 + number % 60)
        render_pdf(
            replace(document, printed_on=document.printed_on + datetime.timedelta(days=number)),
            list(LAYOUTS.values())[number % len(LAYOUTS)],
        )
        held.append(memory())
    grown = max(held) - max(held[:FIRST])
    say(f"\n{RUN} PDFs in one process: {held[0]:.0f} MB after the first, {max(held):.0f} MB at most;")
    say(f" grown by {grown:.0f} MB after the first {FIRST}  ≤ {MAY_GROW} MB {check_mark(grown <= MAY_GROW)}\n")


if __name__ == "__main__":
    speed()
    flatness()
