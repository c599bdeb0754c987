"""Makes the directory in the database of DATABASE_URL, from nothing, by the commands; prints what it then holds.

Run by test_two_databases.py in a process of its own: `python -m tests.architecture.database_report`.
"""

import datetime
import json
import sys

import django
from django.core.management import call_command

TODAY = datetime.date(2026, 11, 21)
SEARCHED = ["England", "Kent", "East Kent", "Somerset", "East Cleveland", "North East", "Wales"]


def main() -> None:
    django.setup()
    from tests.places.small_gazetteer import load_small_gazetteer

    call_command("migrate", verbosity=0)
    load_small_gazetteer()
    call_command("load_directory", verbosity=0, stdout=sys.stderr)
    call_command("make_examples", "--beside-real-listings", count=60, today=TODAY, verbosity=0, stdout=sys.stderr)
    print(json.dumps(what_it_holds()))  # noqa: T201 (this is how it answers)


def what_it_holds() -> dict[str, list]:
    """Everything listed, and lists in the order that visitors see."""
    from groups.models import SupportGroup
    from organisations.models import Event, Organisation, PeerRole, Quotation, Statement, Training
    from places.models import Area

    listed = SupportGroup.objects.listed(TODAY)
    located = SupportGroup.objects.with_place().order_by("slug")
    held = {
        "organisations": list(Organisation.objects.published().values_list("slug", "name", "former_names")),
        "groups": list(listed.ordered_for_display(TODAY).values_list("slug", "name")),
        "roles": list(PeerRole.objects.listed(TODAY).values_list("slug", "title")),
        "trainings": list(Training.objects.listed(TODAY).values_list("slug", "title")),
        "events": list(Event.objects.upcoming_first(TODAY).values_list("name", "date_note")),
        "statements": list(Statement.objects.by_theme().values_list("heading", "points")),
        "quotations": list(Quotation.objects.permitted().values_list("words", flat=True)),
        "places": list(located.values_list("slug", "place_outward_code", "place_latitude", "place_is_about")),
    }
    for name in SEARCHED:
        area = Area.objects.get(name=name)
        held[f"groups in {name}"] = list(
            listed.located_in(area).ordered_for_display(TODAY).values_list("slug", flat=True)
        )
        for model in (Organisation, PeerRole, SupportGroup, Training):
            serving = model.objects.serving(area).order_by("slug").values_list("slug", flat=True)
            held[f"{model.__name__} serving {name}"] = list(serving)
    return held


if __name__ == "__main__":
    main()
