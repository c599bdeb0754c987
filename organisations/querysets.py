"""Words for asking about listings, and about what organisations offer."""

import datetime

from django.db.models import Case, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from places.models import Area

from .choices import Permission, Publication, SupportRoute, TrainingKind
from .freshness import LAPSED_AFTER, OVERDUE_AFTER, cutoff


class OrganisationsOwnQuerySet(QuerySet):
    """What belongs to an organisation, and is seen only while the organisation is."""

    def of_listed_organisations(self):
        return self.filter(organisation__publication=Publication.PUBLISHED)


class ListingQuerySet(QuerySet):
    """Listings of any kind."""

    def published(self):
        return self.filter(publication=Publication.PUBLISHED)

    def with_last_check(self):
        """Each with `last_checked_on`: the day of its newest check, or None."""
        checks = self.model._meta.get_field("checks").related_model.objects.filter(listing=OuterRef("pk"))
        return self.annotate(last_checked_on=Subquery(checks.order_by("-checked_on").values("checked_on")[:1]))

    def not_lapsed(self, today: datetime.date):
        """Those whose last check is recent enough to show in lists; never checked is not lapsed."""
        return self.with_last_check().filter(
            Q(last_checked_on=None) | Q(last_checked_on__gte=cutoff(LAPSED_AFTER, today))
        )

    def with_staleness(self, today: datetime.date):
        """Each with `is_stale`: 0 when checked recently, 1 when overdue or never checked, so that the latter sink."""
        recent = Q(last_checked_on__gte=cutoff(OVERDUE_AFTER, today))
        return self.with_last_check().annotate(
            is_stale=Case(When(recent, then=Value(0)), default=Value(1), output_field=IntegerField())
        )

    def serving(self, area: Area):
        """Those that serve an area: all of it, a part of it, or more than it."""
        served, searched = "areas_served__parts", "areas_served__parts__district__part_of"
        overlapping = self.model.objects.filter(
            Q(**{f"{served}__outward_code": ""})
            | Q(**{f"{searched}__outward_code": ""})
            | Q(**{f"{served}__outward_code": F(f"{searched}__outward_code")}),
            **{f"{searched}__area": area},
        )
        return self.filter(pk__in=overlapping.values("pk"))


class OrganisationQuerySet(ListingQuerySet):
    """Organisations."""

    def still_here(self):
        return self.filter(ended_on=None)


class RoleQuerySet(OrganisationsOwnQuerySet, ListingQuerySet):
    """Peer roles."""

    def giving_support(self):
        """Those whose holders support people one to one, by whatever route."""
        return self.filter(support_route__in=[SupportRoute.CARE_COORDINATOR, SupportRoute.CONTACT_US])


class TrainingQuerySet(OrganisationsOwnQuerySet, ListingQuerySet):
    """Courses, training and help to start a group."""

    def towards_starting_a_group(self):
        return self.filter(kind__in=[TrainingKind.STARTING, TrainingKind.PEER_SUPPORT])


class EventQuerySet(OrganisationsOwnQuerySet):
    """Dated events."""

    def to_come(self, today: datetime.date):
        return self.filter(Q(ends_on__gte=today) | Q(ends_on=None, starts_on__gte=today))

    def past(self, today: datetime.date):
        return self.filter(Q(ends_on__lt=today) | Q(ends_on=None, starts_on__lt=today))


class WordsQuerySet(OrganisationsOwnQuerySet):
    """Quotations and statements."""

    def permitted(self):
        """Quotations whose publication or consent is on record."""
        return self.exclude(permission=Permission.NONE)


class ContactQuerySet(QuerySet):
    """Contacts."""

    def released(self):
        return self.filter(is_released=True)
