"""Filters of the lists: how lately something was checked, and where it is."""

import datetime
from collections.abc import Iterator

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from places.models import Area

from ..choices import Freshness
from ..examples import is_example
from ..freshness import DUE_AFTER, LAPSED_AFTER, OVERDUE_AFTER, cutoff


class FreshnessFilter(admin.SimpleListFilter):
    """Listings by how long ago somebody checked them."""

    title = "last check"
    parameter_name = "freshness"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [
            (Freshness.FRESH, f"In the last {DUE_AFTER} months"),
            (Freshness.DUE, "Due now"),
            (Freshness.OVERDUE, f"Overdue: more than {OVERDUE_AFTER} months ago"),
            (Freshness.LAPSED, f"Lapsed: more than {LAPSED_AFTER} months ago"),
            (Freshness.UNCHECKED, "Not yet checked"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        condition = checked_when(timezone.localdate()).get(self.value())
        return queryset.filter(condition) if condition else queryset


def checked_when(today: datetime.date) -> dict[str, Q]:
    """The condition of each freshness today, for listings with their last check."""
    due, overdue, lapsed = (cutoff(months, today) for months in (DUE_AFTER, OVERDUE_AFTER, LAPSED_AFTER))
    return {
        Freshness.FRESH: Q(last_checked_on__gte=due),
        Freshness.DUE: Q(last_checked_on__lt=due, last_checked_on__gte=overdue),
        Freshness.OVERDUE: Q(last_checked_on__lt=overdue, last_checked_on__gte=lapsed),
        Freshness.LAPSED: Q(last_checked_on__lt=lapsed),
        Freshness.UNCHECKED: Q(last_checked_on=None),
    }


class ExamplesFilter(admin.SimpleListFilter):
    """Listings without the generated examples. It stands beside a list only where a link has chosen it."""

    title = "examples"
    parameter_name = "examples"
    #: The relation, with two underscores, to the listing that is an example; none for a list of listings.
    path = ""

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [("no", "Without examples"), ("only", "Only examples")] if self.value() else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "only":
            return queryset.filter(is_example(self.path))
        return queryset.exclude(is_example(self.path)) if self.value() == "no" else queryset


class AreaFilter(admin.SimpleListFilter):
    """Things by where they are: a nation first, then what lies in the chosen one, down to a district."""

    title = "area"
    parameter_name = "area"
    template = "admin/area_filter.html"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        chosen = Area.objects.filter(pk=self.value()).first() if (self.value() or "").isdecimal() else None
        self.chosen = chosen
        self.above = list(Area.objects.ancestors_of(chosen)) if chosen else []
        below = Area.objects.filter(parent=chosen) if chosen else Area.objects.nations()
        return [(str(area.pk), area.name) for area in (*self.above, *below.order_by("name"))]

    def choices(self, changelist: ChangeList) -> Iterator[dict]:
        """All, then the areas above the chosen one and itself, then those within it, a step further in."""
        yield from (
            choice | {"is_within": at > len(self.above)} for at, choice in enumerate(super().choices(changelist))
        )

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return self.within(queryset, self.chosen) if self.chosen else queryset

    def within(self, queryset: QuerySet, area: Area) -> QuerySet:
        """Those in an area, by the districts that it is made of."""
        raise NotImplementedError


class ServedAreaFilter(AreaFilter):
    """Things by the areas that they serve."""

    title = "area served"

    def within(self, queryset: QuerySet, area: Area) -> QuerySet:
        return queryset.filter(pk__in=self.serving(queryset, area))

    def serving(self, queryset: QuerySet, area: Area) -> QuerySet:
        served = Q(areas_served__parts__district__part_of__area=area)
        return queryset.model._base_manager.filter(served).values("pk")
