"""What needs an editor today: counts in words, each leading to the list of just those, of what somebody may see."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Model, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from groups.choices import NeedState, ProposalState, ReportState, SuggestionState
from groups.feedback.models.need import Need
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import SupportGroup
from groups.verification.models import CheckRequest
from organisations.admin.filters import checked_when
from organisations.choices import Freshness, Publication
from organisations.examples import is_example
from organisations.models import Organisation, PeerRole, Training
from organisations.permissions import VIEW, model_permission_page, permissions_of

#: What is said of public listings that want a check, the most pressing first.
WANTS_A_CHECK = {
    Freshness.LAPSED: "not checked for so long that lists leave them out",
    Freshness.OVERDUE: "whose check is overdue",
    Freshness.UNCHECKED: "that nobody has checked yet",
    Freshness.DUE: "whose check is due",
}
LISTINGS = (SupportGroup, PeerRole, Training, Organisation)


@dataclass(frozen=True)
class Task:
    """Something that wants doing: how many there are, in words, and the list of them."""

    number: int
    words: str
    url: str


@dataclass(frozen=True)
class TaskGroup:
    """Tasks of one kind, under the question that they answer."""

    heading: str
    tasks: list[Task]


def task_groups(request: HttpRequest, today: datetime.date | None = None) -> list[TaskGroup]:
    """All that wants doing, the most pressing first: a query for each kind of thing, however many there are."""
    today = today or timezone.localdate()
    found = [
        TaskGroup("What people tell us", list(_told(request, today))),
        TaskGroup("Groups with something to look at", list(_groups(request, today))),
        TaskGroup("What wants a check", [task for model in LISTINGS for task in _checks(request, model, today)]),
        TaskGroup("What only staff can see", [task for model in LISTINGS for task in _drafts(request, model)]),
    ]
    return [TaskGroup(pile.heading, tasks) for pile in found if (tasks := [task for task in pile.tasks if task.number])]


def _told(request: HttpRequest, today: datetime.date) -> Iterator[Task]:
    """What visitors, owners and contributors say, and the messages to owners that came to nothing.

    What was set aside is in none of these numbers. It has a line of its own, after what waits.
    """
    set_aside = []
    for model, words, filters in (
        (Report, "of something wrong to look into", {"state__exact": ReportState.OPEN}),
        (Proposal, "to decide", {"state__exact": ProposalState.OPEN}),
        (Suggestion, "of a group that we do not have", {"state__exact": SuggestionState.OPEN}),
        (Need, "that nobody has read yet", {"is_shown__exact": 0, "state__exact": NeedState.ASKED}),
    ):
        if (rows := _seen(request, model)) is None:
            continue
        rows = rows.filter(**filters)
        if model is Proposal:
            yield _task(model, rows.count(), words, **filters)
            continue
        counts = rows.aggregate(
            waiting=Count("pk", filter=Q(is_set_aside=False)), aside=Count("pk", filter=Q(is_set_aside=True))
        )
        yield _task(model, counts["waiting"], words, **filters)
        set_aside.append(_task(model, counts["aside"], "set aside", set_aside="yes", **filters))
    yield from set_aside
    if (rows := _seen(request, CheckRequest)) is not None:
        rows = rows.exclude(is_example("organisation__"))
        error_sentences, silent = rows.error_sentences().count(), rows.silent(today).count()
        yield _task(
            CheckRequest, error_sentences, "refused, or sent back: find a new address", answer="refused", **_NO_EXAMPLES
        )
        yield _task(CheckRequest, silent, "without an answer for a fortnight", answer="silent", **_NO_EXAMPLES)


def _groups(request: HttpRequest, today: datetime.date) -> Iterator[Task]:
    """Groups of which something should have been heard by now."""
    rows = _seen(request, SupportGroup)
    if rows is None:
        return
    for wants, words in (
        ("back", "whose break should be over"),
        ("news", "being set up, without news for 60 days"),
        ("dates", "whose special dates run out within two weeks"),
    ):
        number = rows.published().exclude(is_example()).wanting(wants, today).count()
        yield _task(SupportGroup, number, words, **_PUBLIC, **_NO_EXAMPLES, wants=wants)


_PUBLIC = {"publication__exact": Publication.PUBLISHED}
#: Nobody has to do anything about a generated example, so the lists that figures lead to leave them out too.
_NO_EXAMPLES = {"examples": "no"}


def _checks(request: HttpRequest, model: type[Model], today: datetime.date) -> Iterator[Task]:
    rows = _seen(request, model)
    if rows is None:
        return
    conditions = checked_when(today)
    counts = (
        rows.filter(publication=Publication.PUBLISHED)
        .exclude(is_example())
        .aggregate(**{freshness: Count("pk", filter=conditions[freshness]) for freshness in WANTS_A_CHECK})
    )
    for freshness, words in WANTS_A_CHECK.items():
        yield _task(model, counts[freshness], words, **_PUBLIC, **_NO_EXAMPLES, freshness=freshness)


def _drafts(request: HttpRequest, model: type[Model]) -> Iterator[Task]:
    rows = _seen(request, model)
    if rows is not None:
        number = rows.filter(publication=Publication.DRAFT).exclude(is_example()).count()
        yield _task(model, number, "in draft", publication__exact=Publication.DRAFT, **_NO_EXAMPLES)


def _seen(request: HttpRequest, model: type[Model]):
    """The rows of a model that somebody may see on its page; None if they may not see the page."""
    page = model_permission_page(model)
    return page.get_queryset(request) if permissions_of(request.user).may(VIEW, page) else None


def _task(model: type[Model], number: int, words: str, **filters: object) -> Task:
    noun = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=filters)
    return Task(number, f"{noun} {words}", url)
