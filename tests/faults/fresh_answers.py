"""2,000 different addresses, while random edits go on: each cached answer has the same bytes as a fresh one.

Meanwhile the clock walks through days and nights, so that none lives past its day, or a meeting on it.
"""

import time
from random import Random

from django.conf import settings
from django.test.utils import setup_test_environment
from django.utils import timezone

from common.bounded_cache import CACHE
from places.models import Area, Town
from tests.faults.scene import Scene, say, verdict
from tests.peersupport.page_cache.fresh_answers import addresses, clock, compare

#: The most towns near which is searched.
TOWNS = 1000


def run(scene: Scene) -> bool:
    count = scene.options.addresses
    # A thread that reads the directory beside the requests would read it by the true clock.
    settings.SNAPSHOT_LOADS_IN_BACKGROUND = False
    setup_test_environment()
    every = addresses(list(Area.objects.listed().order_by("pk")), list(Town.objects.order_by("-population")[:TOWNS]))
    asked = Random(count).sample(every, min(count, len(every)))
    began = time.process_time()
    with clock(timezone.now()) as stands:
        differing = compare(asked, stands)
    seconds = time.process_time() - began
    say(f"{scene.database}: {len(asked):,} of {len(every):,} addresses, {seconds:.0f} s of this process\n")
    for address in differing[:20]:
        say(f"  differs: {address}\n")
    hits = CACHE.hits["answer"]
    return all(
        [
            verdict(f"cached answers are as fresh ones: {len(differing)} of {len(asked):,} differ", not differing),
            verdict("many of them were cached", hits * 5 > len(asked), f"{hits:,}"),
        ]
    )
