"""Imports of made-up feeds, and what they would do."""

from groups.spreadsheets.open_referral.documents import Feed
from groups.spreadsheets.open_referral.feed_import import (
    FeedImport,
    ImportOptions,
    prepare_feed,
    vocabulary,
    write_feed,
)
from groups.spreadsheets.open_referral.service_rows import ReadingOptions
from tests import factories
from tests.groups.spreadsheets.open_referral.feeds import make_service

WALKERS, TALKERS = make_service(), make_service("Example Talking Group", service_at_locations=None)
ADVICE = make_service("Example Advice Line", description="Advice by phone.", schedules=None, service_at_locations=None)


def feed_of(*services, total: int = 0) -> Feed:
    feed = Feed(total_items=total)
    feed.add(services)
    return feed


def prepare(*services, total: int = 0, agreed_by: str = "", others: bool = False, **options) -> FeedImport:
    reading = ReadingOptions(
        "Example feed", factories.days_ago(0), vocabulary(), agreed_by=agreed_by, leaves_out_others=others
    )
    return prepare_feed(feed_of(*services, total=total), ImportOptions(reading, **options))


def imported(*services, **options) -> FeedImport:
    found = prepare(*services, **options)
    write_feed(found)
    return found


def outcome(found: FeedImport) -> dict[str, object]:
    """What a feed would do, by the names of what it does it to; what it does not do is left out."""
    result = found.result
    all_of_it = {
        "new": [state.group.name for state in result.new],
        "changed": {state.group.name: state.changes for state in result.changed},
        "new organisations": [state.organisation.name for state in result.new_organisations],
        "changed organisations": {state.organisation.name: state.changes for state in result.changed_organisations},
        "gone": [str(entry.record.subject) for entry in found.gone],
        "local": [(edit.title, edit.ours, edit.theirs) for edit in found.local_edits],
    }
    return {name: what for name, what in all_of_it.items() if what}
