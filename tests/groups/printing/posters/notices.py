"""Posters and door sheets to print: of an ordinary group, of one that nobody thought of, and of nothing but a name."""

import datetime
from dataclasses import replace
from functools import cache

from groups.printing.pdf.compiler import compile_pdf
from groups.printing.posters.content import PersonToAsk, PosterContent
from groups.printing.posters.serialise import serialise_poster
from tests.groups.printing.pdf import documents
from tests.groups.printing.pdf.reading import Paper

PRINTED, GOOD_UNTIL = datetime.date(2026, 11, 22), datetime.date(2026, 12, 20)
#: The forms: a kind, and a size of paper.
FORMS = [(kind, size) for kind in ("poster", "door-sheet") for size in ("a4", "a5")]

ORDINARY = PosterContent(
    documents.ordinary(1),
    PRINTED,
    GOOD_UNTIL,
    dates=("Tuesday 24 November.", "Tuesday 1 December.", "Tuesday 8 December.", "Tuesday 15 December."),
    joining="Just come along.",
    cost="Free.",
    getting_there=("Use the blue door at the side.", "The Garden Room is on the left."),
    people=(PersonToAsk("Group leader", ("01632 960123",), note="Weekdays, 9am to 5pm."),),
    help_now=documents.HELP_NOW,
)
EXTREME = PosterContent(
    documents.EXTREME,
    PRINTED,
    GOOD_UNTIL,
    dates=documents.EXTREME.next_dates,
    notes=("No meetings from Monday 30 November to Sunday 13 December. The hall is let.",),
    joining="Contact the group first.",
    cost="£2, if you can: see ynysmon.example/peer-support-groups-for-carers/what-it-costs.",
    getting_there=("There is a long way to the door. " * 20,),
    people=(
        PersonToAsk(
            "Cydlynydd", ("01632 960123", "text 07700 900123"), documents.EXTREME.contacts[0].split()[1], "Weekdays."
        ),
        PersonToAsk("Office", address="hello@peer-support.ynysmon.example"),
    ),
    help_now=documents.HELP_IN_FOUR_NATIONS,
)
#: More than a page holds in the smallest letters that it should have.
HUGE = replace(
    EXTREME,
    entry=replace(
        documents.EXTREME,
        name=f"{'W' * 20} {'W' * 130}",
        when=tuple(f"Every {day}, 2pm to 4pm. {'Ask which room it is in. ' * 6}" for day in ("Monday", "Friday")) * 4,
        where=("Room " * 60, "A" * 300),
        flags=("This group is having a break. " * 8,),
    ),
)
CONTENTS = {
    "ordinary": ORDINARY,
    "extreme": EXTREME,
    "bare": PosterContent(documents.BARE, PRINTED, GOOD_UNTIL),
    "huge": HUGE,
    # Words that do not fit a column, in each fact.
    "long words": replace(
        ORDINARY,
        entry=replace(ORDINARY.entry, summary=f"See {documents.LONG_PLACE}.", where=(documents.LONG_PLACE,) * 2),
        dates=(f"Tuesday 24 November. At {documents.LONG_PLACE}.",),
        cost=EXTREME.cost,
        getting_there=(documents.LONG_PLACE,),
        people=(PersonToAsk(documents.LONG_PLACE, ("01632 960123",), note=documents.LONG_PLACE), *EXTREME.people[1:]),
    ),
    # Wider in the smallest letters than the paper is, and not cut.
    "wide": replace(ORDINARY, entry=replace(ORDINARY.entry, name="W" * 20)),
}


def put_up(content: PosterContent, kind: str, size: str) -> Paper:
    """A poster or a door sheet on paper."""
    return Paper(compile_pdf(f"posters/{kind}.typ", serialise_poster(content, size)))


@cache
def printed(name: str, kind: str, size: str) -> Paper:
    """One of `CONTENTS` on paper, made once."""
    return put_up(CONTENTS[name], kind, size)
