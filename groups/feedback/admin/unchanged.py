"""The confirmation page before reports or proposals are closed as put right with nothing changed."""

from dataclasses import dataclass
from typing import Any

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
from ..models.report import REPORTED, Report

#: POST keys of the confirmation page: the keys of its rows, and the two answers.
CONFIRMED, CLOSE_ALL, CLOSE_CHANGED = "_asked", "_close_all", "_close_changed"

_LABELS = {
    ReportPart.TIME: ("When", "When and where"),
    ReportPart.PLACE: ("Where", "When and where"),
    ReportPart.CONTACT: ("Who can I ask?",),
    ReportPart.COST: ("Is it free?", "Cost"),
    ReportPart.PAY: ("Pay", "More about pay"),
    ReportPart.CLOSED: ("How do I join?", "More about joining"),
}
#: How the page names the part that was not changed; for any other part it says that nothing was.
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
    """A report or proposal with nothing changed since it came, for the confirmation page."""

    row: Any

    @property
    def report(self) -> Report | None:
        return self.row if isinstance(self.row, Report) else self.row.report

    @property
    def listing(self) -> Listing:
        return self.row.listing

    @property
    def listing_url(self) -> str:
        meta = self.listing._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[self.listing.pk])

    @property
    def what(self) -> str:
        """Return what was not changed, as the page says it."""
        nothing = "nothing on it, nor on its venue and contacts,"
        return _NOUNS.get(ReportPart(self.report.part), nothing) if self.report else nothing

    @property
    def is_negated(self) -> bool:
        return self.what not in _NOUNS.values()

    @property
    def words(self) -> str:
        """Return the text that was sent."""
        report = self.report
        if report is None:
            return self.row.note
        return "\n".join(filter(None, [getattr(report, name) for name in REPORTED]))

    @property
    def since(self) -> Any:
        return (self.report or self.row).created_at

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Return today's public facts about the reported part, as pairs of label and text."""
        labels = _LABELS.get(ReportPart(self.report.part), ()) if self.report else ()
        return [fact for fact in facts_of(self.listing) if fact[0] in labels]

    @property
    def has_recipient(self) -> bool:
        """Return whether closing it would send an e-mail."""
        return bool(self.row.email or (self.report and self.report.email))


def is_confirmed(request: HttpRequest, row: Report | Proposal) -> bool:
    """Return whether the confirmation page was shown for this row and answered with "close all"."""
    return CLOSE_ALL in request.POST and str(row.pk) in request.POST.getlist(CONFIRMED)


def confirmation_page(
    request: HttpRequest, page: admin.ModelAdmin, unchanged: list[Report | Proposal], changed: int = 0
) -> TemplateResponse:
    """Return the page that lists what was not changed, and posts the same form again with the answer.

    `changed` is the number of other selected rows, with changes.
    """
    fields = {
        name: values
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "select_across", CONFIRMED, CLOSE_ALL, CLOSE_CHANGED)
    }
    request.current_app = page.admin_site.name
    context = {
        **page.admin_site.each_context(request),
        "opts": page.opts,
        "module_name": page.opts.verbose_name_plural,
        "title": "Nothing was changed",
        "cases": [Unchanged(row) for row in unchanged],
        "changed": changed,
        "carried": [(name, value) for name, values in fields.items() for value in values],
        "asked": CONFIRMED,
        "close_all": CLOSE_ALL,
        "close_changed": CLOSE_CHANGED,
        "is_list": ACTION_CHECKBOX_NAME in request.POST,
    }
    return TemplateResponse(request, "admin/nothing_changed.html", context)


def unchanged_reports(reports: list[Report]) -> list[Report]:
    """Return the reports with nothing changed since they came."""
    return [report for report in reports if not is_put_right(report)]
