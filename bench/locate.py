"""How long `locate` takes: under 1 ms for a postcode, under 10 ms for a misspelt town, once warm.

Run by `make bench` on the database of the site, which must hold its places (`make run` loads them). It only reads.
Absolute times differ between machines, and on a busy one the clock counts other work too: so each line has the median
of the processor's own time beside the clock's, and its ratio to one query by primary key, measured in the same run.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")

import django

django.setup()

# Models can be imported only now.
from django.db import connection  # noqa: E402

from common.text import fold  # noqa: E402
from groups.search.synonyms import Corrections, site_vocabulary  # noqa: E402
from places.location.fuzzy import NameIndex  # noqa: E402
from places.location.locate import locate  # noqa: E402
from places.models import Postcode, Town  # noqa: E402

ROUNDS = 40

#: What is typed, and the most milliseconds that it may take (None: it is only reported).
KINDS: dict[str, tuple[list[str], float | None]] = {
    "postcode": (["CT9 1AE", "ct91ae", "TA20 1AA", "TS14 6AB", "eh11bb", "CF1O 1AA"], 1),
    "part of a postcode": (["CT9", "TA20 1", "e11", "LL11 1"], None),
    "town": (["Margate", "Guisborough", "Newport", "Newcastle", "Hull", "Newport, Isle of Wight"], None),
    "misspelt town": (
        ["Guisbro", "Margte", "Cantebury", "Llandudnoo", "Middlesborough", "Newcastel", "Edinborough", "Torqay"],
        10,
    ),
    "misspelt town with its county": (["Margte Kent", "Newprot, Isle of Wight", "Guisbro, Redcar and Cleveland"], 10),
    "nonsense": (["Xyzzy", "one two three four five six seven eight nine", "q" * 100], None),
    "position": (["51.38,1.39", "54.60,-5.93", "51.51,-0.12"], None),
}


class Times(NamedTuple):
    """What doing something many times took, in milliseconds: on the clock, and of the processor alone."""

    clock: float
    p95: float
    processor: float

    def judged(self) -> float:
        """What an aim is held against: the processor's time where the database is in this process, else the clock's."""
        return self.processor if connection.vendor == "sqlite" else self.clock

    def line(self, what: str, yardstick: float, most: float | None) -> str:
        aim = "" if most is None else f"< {most} {'✓' if self.judged() < most else '✗'}"
        times = "".join(f"{each:>9.2f} ms" for each in (self.processor, self.clock, self.p95))
        return f"{what:<32}{times}{self.judged() / yardstick:>7.1f}×{aim:>8}"


def timed(actions: Iterable[Callable[[], object]]) -> Times:
    """The medians over the actions, each done once."""
    clock, processor = [], []
    for action in actions:
        began, used = time.perf_counter(), time.process_time()
        action()
        clock.append((time.perf_counter() - began) * 1000)
        processor.append((time.process_time() - used) * 1000)
    clock.sort()
    return Times(statistics.median(clock), clock[int(len(clock) * 0.95)], statistics.median(processor))


def main() -> None:
    if not (Town.objects.exists() and Postcode.objects.exists()):
        sys.exit("There are no places yet. `make run` loads them.")
    key = Postcode.objects.values_list("pk", flat=True)[1000]
    unit = timed([lambda: Postcode.objects.get(pk=key)] * ROUNDS * 5).judged()
    say = sys.stdout.write
    say(f"{connection.vendor}: one postcode by its key takes {unit:.2f} ms\n\n")
    say(f"{'locate':<32}{'processor':>12}{'clock':>12}{'p95':>12}{'ratio':>8}{'aim':>8}\n")
    for kind, (texts, most) in KINDS.items():
        for text in texts:
            locate(text)
        say(timed([partial(locate, text) for text in texts] * ROUNDS).line(kind, unit, most) + "\n")
    say(timed([NameIndex] * 3).line("index of names, built once", unit, None) + "\n")

    # As many different words as a large directory has: those of every place's name, with some endings.
    words = {word for name in Town.objects.values_list("name", flat=True) for word in fold(name).split()}
    words |= {word + ending for word in words for ending in ("s", "ing", "ers")}
    known = sorted(words)[:20_000]
    say(timed([partial(Corrections, known)] * 3).line(f"index of {len(known):,} words, built", unit, None) + "\n")
    corrections = Corrections(known)
    typed = [word[:3] + word[4:] for word in known[::50] if len(word) > 5]
    say(timed([partial(corrections.correct, word) for word in typed]).line("misspelt word", unit, 5) + "\n")
    phrase = fold("art group thursday evening for blokes with low mood").split()
    say(timed([partial(site_vocabulary().wanted, phrase)] * ROUNDS).line("other words of a search", unit, None) + "\n")


main()
