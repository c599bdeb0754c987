"""The page that asks before something is said to be put right of which nothing was changed."""

from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from groups.choices import ReportPart
from groups.verification.snapshots import facts_of
from organisations.models import Listing

from ..listing_changes import is_put_right
from ..models.proposal import Proposal
from ..models.report import Report

#: Under which names a form says that its sender was asked: of which rows, and what they answered.
ASKED, CLOSE_ALL, CLOSE_CHANGED = "_asked", "_close_all", "_close_changed"

_LABELS = {
    ReportPart.TIME: ("When", "When and where"),
    ReportPart.PLACE: ("Where", "When and where"),
    ReportPart.CONTACT: ("Who can I ask?",),
    ReportPart.COST: ("Is it free?", "Cost"),
    ReportPart.PAY: ("Pay", "More about pay"),
    ReportPart.CLOSED: ("How do I join?", "More about joining"),
}
#: Of these it is said in their own words that they were not changed; of any other part, that nothing was.
_NOUNS = {
    ReportPart.TIME: "the day or time",
    ReportPart.PLACE: "the place",
    ReportPart.AREA: "where it works",
    ReportPart.WAYS: "how to get this support, or give it",
    ReportPart.COST: "the cost",
    ReportPart.PAY: "the pay",
    ReportPart.CONTACT: "the contact",
    ReportPart.CLOSED: "whether new people can come",
    ReportPart.ENDED: "whether it has ended",
}


@dataclass(frozen=True)
class Unchanged:
    """A report or a proposal of which nothing was changed since it came, for the page that asks."""

    told: Report | Proposal

    @property
    def report(self) -> Report | None:
        return self.told if isinstance(self.told, Report) else self.told.report

    @property
    def listing(self) -> Listing:
        return self.told.listing

    @property
    def listing_url(self) -> str:
        meta = self.listing._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.listing.pk])

    @property
    def what(self) -> str:
        """What was not changed."""
        nothing = "nothing on it, nor on its venue and contacts,"
        return _NOUNS.get(self.report.part, nothing) if self.report else nothing

    @property
    def is_negated(self) -> bool:
        return self.what not in _NOUNS.values()

    @property
    def words(self) -> str:
        """What somebody told us."""
        return self.report.what_is_right if self.report else self.told.note

    @property
    def since(self):
        return (self.report or self.told).created_at

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What everybody reads of it today, by the words of its page."""
        labels = _LABELS.get(self.report.part, ()) if self.report else ()
        return [fact for fact in facts_of(self.listing) if fact[0] in labels]

    @property
    def is_waited_for(self) -> bool:
        """Whether somebody would be written to."""
        return bool(self.told.email or (self.report and self.report.email))


def is_asked_about(request: HttpRequest, told: Report | Proposal) -> bool:
    """Whether the sender of a form was asked about just this, and says that it is right all the same."""
    return CLOSE_ALL in request.POST and str(told.pk) in request.POST.getlist(ASKED)


def ask_first(
    request: HttpRequest, page: admin.ModelAdmin, unchanged: list[Report | Proposal], changed: int = 0
) -> TemplateResponse:
    """The page that says what was not changed, and sends the same form again with its sender's answer.

    `changed` is how many others were chosen with these, of which something was changed.
    """
    carried = {
        name: values
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "select_across", ASKED, CLOSE_ALL, CLOSE_CHANGED)
    }
    request.current_app = page.admin_site.name
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "module_name": page.opts.verbose_name_plural,
        "title": "Nothing was changed",
        "cases": [Unchanged(told) for told in unchanged],
        "changed": changed,
        "carried": [(name, value) for name, values in carried.items() for value in values],
        "asked": ASKED,
        "close_all": CLOSE_ALL,
        "close_changed": CLOSE_CHANGED,
        "is_list": ACTION_CHECKBOX_NAME in request.POST,
    }
    return TemplateResponse(request, "admin/nothing_changed.html", context)


def not_put_right(reports: list[Report]) -> list[Report]:
    """Of some reports, those of which nothing was changed since they came."""
    return [report for report in reports if not is_put_right(report)]
