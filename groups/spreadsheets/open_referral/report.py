"""The report of the import of a feed, as lines of text."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from organisations.models import Contact

from ..merge_links import without_links
from ..preview import MOST_SHOWN
from ..problems import problems_of
from ..row_state import Change
from .feed_import import FeedImport

_MOST_IDS, _LONGEST = 3, 160


def report(found: FeedImport) -> list[str]:
    """Return the lines: what is refused and asked, what is new, changed, the same and gone, and local edits."""
    result, feed = found.result, found.feed
    lines = [f"Services: {len(feed.services):,}."]
    if not feed.is_complete:
        lines.append(f"The feed says that it has {feed.total_items:,}. What is missing may still be there.")
    lines += _section("Refused, because they break the schema", len(found.refused), _refused(found))
    lines += _section("Refused by our list", len(found.errors), _errors(found))
    lines += _section("Questions", len(found.questions), _questions(found))
    new, changed = result.new, result.changed
    lines += _section("New groups, as drafts", len(new), (str(state.group) for state in new))
    groups = (line for state in changed for line in _changes(str(state.group), state.changes))
    lines += _section("Changed groups", len(changed), groups)
    organisations = result.new_organisations
    lines += _section(
        "New organisations, as drafts", len(organisations), (str(each.organisation) for each in organisations)
    )
    venues, contacts = result.new_venues, result.contacts.new
    lines += _section("New venues", len(venues), (str(venue) for venue in venues))
    lines += _section("New contacts", len(contacts), (_contact(contact) for contact in contacts))
    dates = result.dates.new
    lines += _section("New dates that are not as usual", len(dates), (f"{each.group}, {each}" for each in dates))
    differing: dict[str, Collection[tuple[Any, str]]] = {
        "Said otherwise of venues that are here, ours stays": result.venue_details.differing,
        "Said otherwise of organisations that are here, ours stays": result.organisation_details.differing,
    }
    for title, differences in differing.items():
        lines += _section(title, len(differences), (f"{subject}, {_short(words)}" for subject, words in differences))
    others = result.changed_organisations
    lines += _section(
        "Changed organisations",
        len(others),
        (line for state in others for line in _changes(str(state.organisation), state.changes)),
    )
    is_ours = "theirs replaces it" if found.options.overwrites else "ours stays"
    edits = (f"{each.name}, {each.title}: {_change(each.ours, each.theirs)}" for each in found.local_edits)
    lines += _section(f"Changed here and in the feed, {is_ours}", len(found.local_edits), edits)
    ends = "they end" if found.options.ends_gone else "nothing is done to them"
    gone = (str(entry.record.subject) for entry in found.gone)
    lines += _section(f"Not in the feed any more, {ends}", len(found.gone), gone)
    lines.append(f"The same: {result.same_number:,} groups. No group: {len(result.organisation_rows):,} services.")
    lines.append(f"Left out: {len(result.left_out):,}. Contacts for staff only: {len(result.unreleased_contacts):,}.")
    return lines


def _section(title: str, number: int, lines: Iterable[str]) -> list[str]:
    """Return a title with how many there are, and the first lines; [] for none."""
    if not number:
        return []
    shown = [*lines]
    more = [f"  … and {len(shown) - MOST_SHOWN:,} more lines."] if len(shown) > MOST_SHOWN else []
    return [f"{title}: {number:,}.", *(f"  {line}" for line in shown[:MOST_SHOWN]), *more]


def _refused(found: FeedImport) -> Iterator[str]:
    """Yield each kind of problem once, with how many services have it, and the first of them."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for key, broken in found.refused.items():
        for kind, violation in {violation.kind: violation for violation in broken}.items():
            kinds.setdefault(kind, []).append((key, str(violation)))
    for having in sorted(kinds.values(), key=len, reverse=True):
        yield f"{having[0][1]} ({_numbered([key for key, _ in having])})"


def _errors(found: FeedImport) -> Iterator[str]:
    for problem in problems_of(found.errors):
        keys = [found.rows[number].service.foreign_id for number in problem.rows]
        yield f"{problem.column}: {without_links(problem.sentence)} ({_numbered(keys)})"


def _questions(found: FeedImport) -> Iterator[str]:
    for question in found.questions:
        yield f"{question.name}: {_short(question.words)}  ?  {question.reason}"


def _changes(name: str, changes: Sequence[Change]) -> Iterator[str]:
    for title, before, after in changes:
        yield f"{name}, {title}: {_change(before, after)}"


def _contact(contact: Contact) -> str:
    ways = [contact.email, contact.phone, contact.text_number]
    return f"{contact}: {', '.join(way for way in ways if way)}{'' if contact.is_released else ' (for staff only)'}"


def _change(before: str, after: str) -> str:
    return f"“{_short(before)}” → “{_short(after)}”"


def _numbered(keys: Sequence[str]) -> str:
    named = ", ".join(keys[:_MOST_IDS])
    others = f" and {len(keys) - _MOST_IDS:,} more" if len(keys) > _MOST_IDS else ""
    return f"{len(keys):,}: {named}{others}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
