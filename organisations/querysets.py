"""QuerySets of listings, and of what organisations offer."""

import datetime
from typing import Any, Self

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from common.change_signals import ChangeTrackedQuerySet, Row
from common.models import related_model
from places.models import Area

from .choices import Pay, Permission, Publication, Purpose, Recruiting, SupportRoute, Theme, TrainingKind, YesNo
from .freshness import LAPSED_AFTER, cutoff

#: The column of former names, as JSON: to convert it takes half of reading the names of all.
FORMER_NAMES_AS_TEXT = Cast("former_names", TextField())

_is_of_listed_organisation = Q(organisation__publication=Publication.PUBLISHED)


class OwnedQuerySet(ChangeTrackedQuerySet[Row]):
    """Rows that belong to an organisation, and are public only while the organisation is."""

    def of_listed_organisations(self) -> Self:
        return self.filter(_is_of_listed_organisation)


class ListingQuerySet(ChangeTrackedQuerySet[Row]):
    """Listings of any kind."""

    def published(self) -> Self:
        return self.filter(publication=Publication.PUBLISHED)

    def with_last_check(self) -> Self:
        """Annotate `last_checked_on`: the date of the newest check, or None."""
        checks = related_model(self.model, "checks").objects.filter(listing=OuterRef("pk"))
        return self.annotate(last_checked_on=Subquery(checks.order_by("-checked_on").values("checked_on")[:1]))

    def not_lapsed(self, today: datetime.date) -> Self:
        """Leave out listings whose last check is too old for lists; those never checked stay."""
        return self.with_last_check().filter(
            Q(last_checked_on=None) | Q(last_checked_on__gte=cutoff(LAPSED_AFTER, today))
        )

    def serving(self, area: Area) -> Self:
        """Return the listings whose areas served overlap an area."""
        served, searched = "areas_served__parts", "areas_served__parts__district__part_of"
        overlapping = self.model._default_manager.filter(
            Q(**{f"{served}__outward_code": ""})
            | Q(**{f"{searched}__outward_code": ""})
            | Q(**{f"{served}__outward_code": F(f"{searched}__outward_code")}),
            **{f"{searched}__area": area},
        )
        return self.filter(pk__in=overlapping.values("pk"))


class OrganisationQuerySet(ListingQuerySet[Row]):
    """Organisations."""

    def not_ended(self) -> Self:
        return self.filter(ended_on=None)

    def with_hidden_address(self) -> Self:
        """Annotate `hides_address`: whether a group of its has a confidential venue that may be at its own address.

        It may be wherever one of the two has no postcode.
        """
        groups = _related(self.model, "groups").filter(organisation=OuterRef("pk")).order_by()
        paths = ("venue", "schedules__venue", "schedule_changes__venue")
        anywhere = Q(*(Q(**{f"{path}__address_is_confidential": True}) for path in paths), _connector=Q.OR)
        possibly_there = Q(
            *(
                Q(Q(**{f"{path}__postcode": OuterRef("postcode")}) | Q(**{f"{path}__postcode": ""}))
                & Q(**{f"{path}__address_is_confidential": True})
                for path in paths
            ),
            _connector=Q.OR,
        )
        hides = Q(Exists(groups.filter(possibly_there))) | Q(Q(postcode=""), Exists(groups.filter(anywhere)))
        return self.annotate(hides_address=Case(When(hides, then=Value(True)), default=Value(False)))

    def user_led(self, only: bool = True) -> Self:
        return self.filter(user_led=YesNo.YES) if only else self

    def for_cards(self, today: datetime.date) -> Self:
        """Prefetch `areas_served`; annotate `group_count` and `programme_count` (groups that stand for several)."""
        listed = _related(self.model, "groups").listed(today).filter(organisation=OuterRef("pk")).order_by()
        return self.prefetch_related("areas_served").annotate(
            group_count=_count_by_organisation(listed.filter(stands_for_several=False)),
            programme_count=_count_by_organisation(listed.filter(stands_for_several=True)),
        )


def _count_by_organisation(groups: QuerySet[Any]) -> Any:
    return Coalesce(Subquery(groups.values("organisation").annotate(n=Count("pk")).values("n")), 0)


def _related(model: type[Model], name: str) -> Any:
    """Return all rows of a related model by the name of the relation; this module may not import upper layers."""
    return related_model(model, name).objects.all()


class OfferQuerySet(ListingQuerySet[Row]):
    """Listings of what an organisation offers: groups, roles, training. They are public only while it is."""

    def of_listed_organisations(self) -> Self:
        return self.filter(_is_of_listed_organisation)

    def listed(self, today: datetime.date) -> Self:
        """Return what lists may show: published, of a published organisation, and not lapsed."""
        return self.of_listed_organisations().published().not_lapsed(today)

    def with_named_contacts(self) -> Self:
        """Return the listings whose public page or list entry names their contacts."""
        return self.of_listed_organisations().published()


class OwnOfferQuerySet(OfferQuerySet[Row]):
    """Listings that end with their organisation: roles, training. A group may outlast it."""

    def listed(self, today: datetime.date) -> Self:
        return super().listed(today).filter(organisation__ended_on=None)


class RoleQuerySet(OwnOfferQuerySet[Row]):
    """Peer roles."""

    def for_page(self) -> Self:
        """Select and prefetch what the page of a role shows."""
        return self.select_related("organisation").prefetch_related(
            "areas_served", "contacts", "organisation__networks"
        )

    def for_list(self) -> Self:
        """Select and prefetch what the list of roles shows."""
        return self.select_related("organisation").prefetch_related("areas_served", "organisation__areas_served")

    def paid_as(self, pay: str) -> Self:
        """Return the roles that are paid, or those that are voluntary; some are either. All of them for ""."""
        return self.filter(pay__in=[pay, Pay.EITHER]) if pay else self

    def looking_for_people(self, only: bool = True) -> Self:
        return self.filter(recruiting=Recruiting.YES) if only else self

    def giving_support(self) -> Self:
        """Return the roles that support people one to one or by a known route."""
        routes = [SupportRoute.CARE_COORDINATOR, SupportRoute.CONTACT_US]
        return self.filter(Q(one_to_one=YesNo.YES) | Q(support_route__in=routes))


class TrainingQuerySet(OwnOfferQuerySet[Row]):
    """Courses, training and help to start a group."""

    def listed(self, today: datetime.date) -> Self:
        return super().listed(today).not_over(today)

    def not_over(self, today: datetime.date) -> Self:
        """Leave out courses whose last day is past; of those whose last day is unknown, by the first."""
        return self.filter(Q(starts_on=None) | Q(ends_on__gte=today) | Q(ends_on=None, starts_on__gte=today))

    def for_page(self) -> Self:
        """Select and prefetch what a card of training shows."""
        return self.select_related("organisation").prefetch_related("areas_served", "contacts")

    def for_list(self) -> Self:
        """Select and prefetch what a list of training shows: cards that say where."""
        return self.for_page().prefetch_related("organisation__areas_served")

    def for_oneself(self) -> Self:
        """Return the courses that people take for themselves."""
        return self.filter(kind=TrainingKind.COURSE)

    def to_support_others(self) -> Self:
        """Return peer support courses, training for work and help to start a group."""
        return self.exclude(kind=TrainingKind.COURSE)

    def free(self, only: bool = True) -> Self:
        return self.filter(is_free=YesNo.YES) if only else self

    def towards_starting_a_group(self) -> Self:
        """Return help to start a group, then peer support courses."""
        courses_last = Case(When(kind=TrainingKind.STARTING, then=Value(0)), default=Value(1))
        trainings = self.filter(kind__in=[TrainingKind.STARTING, TrainingKind.PEER_SUPPORT])
        return trainings.order_by(courses_last, *(self.model._meta.ordering or ()))


class EventQuerySet(OwnedQuerySet[Row]):
    """Dated events."""

    def upcoming(self, today: datetime.date) -> Self:
        return self.filter(Q(ends_on__gte=today) | Q(ends_on=None, starts_on__gte=today))

    def upcoming_first(self, today: datetime.date) -> Self:
        """Order by upcoming events, soonest first, then past ones, newest series or event first, each by date."""
        is_past = Case(
            When(Q(ends_on__lt=today) | Q(ends_on=None, starts_on__lt=today), then=Value(1)), default=Value(0)
        )
        together = Coalesce("series__starts_on", "starts_on")
        return self.annotate(past=is_past, together=together).order_by(
            "past",
            Case(When(past=0, then=F("starts_on")), default=None, output_field=DateField()).asc(nulls_last=True),
            F("together").desc(),
            "series_id",
            "starts_on",
            "pk",
        )


class WordsQuerySet(OwnedQuerySet[Row]):
    """Quotations and statements."""

    def explaining(self) -> Self:
        """Return those marked for the page "peer support explained"."""
        return self.filter(explains_peer_support=True)

    def by_theme(self) -> Self:
        """Order by theme, as listed in `Theme`, then by position."""
        order = [When(theme=theme, then=Value(index)) for index, theme in enumerate(Theme.values)]
        return self.order_by(Case(*order, output_field=IntegerField()), "position", "pk")

    def permitted(self) -> Self:
        """Return the quotations whose publication or consent is on record."""
        return self.exclude(permission=Permission.NONE)


class ContactQuerySet(ChangeTrackedQuerySet[Row]):
    """Contacts."""

    def publicly_visible(self) -> Self:
        """Return the released contacts that public pages of the organisation may name.

        Contacts whose listings are all closed, ended or unpublished are left out.
        """
        models = [related_model(self.model, name) for name in ("groups", "roles", "trainings")]
        has_listing = Q(*(Exists(_links_to_contact(model)) for model in models), _connector=Q.OR)
        has_public_listing = Q(*(Exists(_links_to_contact(model, public=True)) for model in models), _connector=Q.OR)
        return self.filter(~has_listing | has_public_listing, is_released=True)

    def towards_starting_a_group(self) -> Self:
        """Return the contacts for help to start a group, of published organisations that have not ended."""
        is_open = Q(organisation__publication=Publication.PUBLISHED, organisation__ended_on=None)
        return self.publicly_visible().filter(is_open, purpose=Purpose.STARTING)


def _links_to_contact(model: Any, public: bool = False) -> QuerySet[Any]:
    """Return the rows that link the outer query's contact to listings of a model; `public`: that name it.

    A listing is looked up by the key of its link: given a join, SQLite read every published listing for each contact.
    """
    links: QuerySet[Any] = model.contacts.through.objects.filter(contact=OuterRef("pk"))
    if not public:
        return links
    listing = model.objects.with_named_contacts().filter(pk=OuterRef(model._meta.model_name))
    return links.filter(Exists(listing))
