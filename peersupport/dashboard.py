"""The dashboard of the admin index: counts of what needs an editor, each linked to its filtered list."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Model, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from common.choices import EmailState
from common.models import OutgoingEmail
from groups.choices import NeedState, ProposalState, ReportState, SuggestionState
from groups.feedback.models.need import Need
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.feedback.models.suggestion import Suggestion
from groups.models import SupportGroup
from groups.spreadsheets.pages import pages_of
from groups.verification.models import CheckRequest
from organisations.admin.filters import freshness_conditions, without_contact
from organisations.choices import Freshness, Publication
from organisations.examples import is_example
from organisations.models import Organisation, PeerRole, Training
from organisations.permissions import VIEW, model_permission_page, permissions_of

#: The wording for public listings that need a check, most urgent first.
WANTS_A_CHECK = {
    Freshness.LAPSED: "not checked for so long that lists leave them out",
    Freshness.OVERDUE: "whose check is overdue",
    Freshness.UNCHECKED: "that nobody has checked yet",
    Freshness.DUE: "whose check is due",
}
LISTINGS = (SupportGroup, PeerRole, Training, Organisation)


@dataclass(frozen=True)
class Task:
    """A number of rows that need an editor, in words, and the URL of their list."""

    number: int
    words: str
    url: str
    #: Whether its rows are listings to be checked.
    wants_check: bool = False


@dataclass(frozen=True)
class TaskGroup:
    """Tasks under a heading."""

    heading: str
    tasks: list[Task]


def task_groups(request: HttpRequest, today: datetime.date | None = None) -> list[TaskGroup]:
    """Return the tasks of the user, most urgent first, without empty ones; a fixed number of queries."""
    today = today or timezone.localdate()
    counts = {model: _listing_counts(request, model, today) for model in LISTINGS}
    groups = [
        TaskGroup("Nobody can be asked", list(_contact_tasks(counts[Organisation]))),
        TaskGroup("What people tell us", list(_feedback_tasks(request, today))),
        TaskGroup("Groups with something to look at", list(_group_tasks(request, today))),
        TaskGroup("What wants a check", [task for model in LISTINGS for task in _check_tasks(model, counts[model])]),
        TaskGroup("E-mails that we write", list(_email_tasks(request))),
        TaskGroup("What only staff can see", [_draft_task(model, counts[model]) for model in LISTINGS]),
    ]
    shown = ((group.heading, [task for task in group.tasks if task.number]) for group in groups)
    return [TaskGroup(heading, tasks) for heading, tasks in shown if tasks]


def _feedback_tasks(request: HttpRequest, today: datetime.date) -> Iterator[Task]:
    """Yield tasks for feedback from the public and contributors, and for check requests that failed.

    Feedback that was set aside is not counted with the rest; it has tasks of its own, after them.
    """
    set_aside = []
    for model, words, filters in (
        (Report, "of something wrong to look into", {"state__exact": ReportState.OPEN}),
        (Proposal, "to decide", {"state__exact": ProposalState.OPEN}),
        (Suggestion, "of a group that we do not have", {"state__exact": SuggestionState.OPEN}),
        (Need, "that nobody has read yet", {"is_shown__exact": 0, "state__exact": NeedState.ASKED}),
    ):
        if (rows := _visible_rows(request, model)) is None:
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
    if (rows := _visible_rows(request, CheckRequest)) is not None:
        rows = rows.exclude(is_example("organisation__"))
        refused, silent = rows.refused().count(), rows.silent(today).count()
        yield _task(
            CheckRequest, refused, "refused, or sent back: find a new address", answer="refused", **_NO_EXAMPLES
        )
        yield _task(CheckRequest, silent, "without an answer for a fortnight", answer="silent", **_NO_EXAMPLES)


def _group_tasks(request: HttpRequest, today: datetime.date) -> Iterator[Task]:
    """Yield tasks for groups that should have sent news by now."""
    rows = _visible_rows(request, SupportGroup)
    if rows is None:
        return
    for wants, words in (
        ("back", "whose break should be over"),
        ("news", "being set up, without news for 60 days"),
        ("dates", "whose special dates run out within two weeks"),
    ):
        number = rows.published().exclude(is_example()).needing_attention(wants, today).count()
        yield _task(SupportGroup, number, words, **_PUBLIC, **_NO_EXAMPLES, wants=wants)


_PUBLIC = {"publication__exact": Publication.PUBLISHED}
#: Generated examples are counted nowhere, so the linked lists leave them out too.
_NO_EXAMPLES = {"examples": "no"}


def _email_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield tasks for e-mails that could not be sent, or have waited for an hour."""
    rows = _visible_rows(request, OutgoingEmail)
    if rows is None:
        return
    late = Q(state=EmailState.WAITING, created_at__lte=timezone.now() - datetime.timedelta(hours=1))
    counts = rows.aggregate(failed=Count("pk", filter=Q(state=EmailState.FAILED)), late=Count("pk", filter=late))
    yield _task(OutgoingEmail, counts["failed"], "that could not be sent", state__exact=EmailState.FAILED)
    late_words = "waiting for an hour or more: ask who runs the site"
    yield _task(OutgoingEmail, counts["late"], late_words, state__exact=EmailState.WAITING)


def _listing_counts(request: HttpRequest, model: type[Model], today: datetime.date) -> dict[str, int]:
    """Return the counts of listings of a model that need attention, by reason, in one query; {} if none are visible."""
    rows = _visible_rows(request, model)
    if rows is None:
        return {}
    public = Q(publication=Publication.PUBLISHED)
    to_check = (
        public & Q(pk__in=Training.objects.not_over(today).order_by().values("pk")) if model is Training else public
    )
    wanted = {freshness: to_check & condition for freshness, condition in freshness_conditions(today).items()}
    wanted["draft"] = Q(publication=Publication.DRAFT)
    if model is Organisation:
        wanted["unreachable"] = public & Q(ended_on=None) & without_contact()
    named = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    counts: dict[str, int] = rows.exclude(is_example()).aggregate(**named)
    return counts


def _contact_tasks(counts: dict[str, int]) -> Iterator[Task]:
    """Yield the task of organisations without a contact that visitors can see."""
    words = "without a contact that visitors can see"
    yield _task(Organisation, counts.get("unreachable", 0), words, **_PUBLIC, **_NO_EXAMPLES, contact="none")


def _check_tasks(model: type[Model], counts: dict[str, int]) -> Iterator[Task]:
    # Nobody checks a course that is over.
    not_over = {"over": "no"} if model is Training else {}
    for freshness, words in WANTS_A_CHECK.items():
        number = counts.get(freshness, 0)
        yield _task(model, number, words, **_PUBLIC, **_NO_EXAMPLES, **not_over, freshness=freshness)


def _draft_task(model: type[Model], counts: dict[str, int]) -> Task:
    draft = {"publication__exact": Publication.DRAFT}
    return _task(model, counts.get("draft", 0), "in draft", **draft, **_NO_EXAMPLES)


def shortcuts(request: HttpRequest, groups: list[TaskGroup]) -> list[tuple[str, str]]:
    """Return (address, words) of the most frequent tasks of staff that the user may do."""
    page: Any = model_permission_page(SupportGroup)
    ways = []
    wanting = [task.url for group in groups for task in group.tasks if task.wants_check]
    if wanting and page.has_publish_permission(request):
        # Those that were checked longest ago first.
        ways.append((f"{wanting[0]}&o={page.list_display.index('checked') + 1}", "Check these now"))
    if (sheets := pages_of(page)) and sheets.may_import(request):
        ways.append((reverse("admin:groups_supportgroup_import"), "Import groups from a spreadsheet"))
    return ways


def _visible_rows(request: HttpRequest, model: type[Model]) -> Any:
    """Return the rows of a model that the user may view; None if they may not view the page."""
    page = model_permission_page(model)
    return page.get_queryset(request) if permissions_of(request.user).may(VIEW, page) else None


def _task(model: type[Model], number: int, words: str, **filters: object) -> Task:
    noun = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=filters)
    return Task(number, f"{noun} {words}", url, "freshness" in filters)
