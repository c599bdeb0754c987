"""Words for asking about listings, and about what organisations offer."""

import datetime

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from common.change_signals import ChangeTrackedQuerySet
from common.word_matching import has_every_word
from places.models import Area

from .choices import Permission, Publication, Purpose, SupportRoute, Theme, TrainingKind, YesNo
from .freshness import LAPSED_AFTER, OVERDUE_AFTER, cutoff


class OrganisationsOwnQuerySet(QuerySet):
    """What belongs to an organisation, and is seen only while the organisation is."""

    def of_listed_organisations(self):
        return self.filter(organisation__publication=Publication.PUBLISHED)


class ListingQuerySet(ChangeTrackedQuerySet):
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

    def not_ended(self):
        return self.filter(ended_on=None)

    def named(self, words: tuple[str, ...]):
        """Those with every word in a name they have or had, or in what they do. All of them for no words."""
        if not words:
            return self
        texts = self.values_list("pk", "name", "former_names", "summary")
        return self.filter(
            pk__in=[pk for pk, name, former, summary in texts if has_every_word(words, name, *former, summary)]
        )

    def user_led(self, only: bool = True):
        return self.filter(user_led=YesNo.YES) if only else self

    def for_cards(self, today: datetime.date):
        """With what a card shows: areas served, and how many groups and programmes of several groups are listed."""
        listed = _related(self.model, "groups").listed(today).filter(organisation=OuterRef("pk")).order_by()
        return self.prefetch_related("areas_served").annotate(
            group_count=_how_many(listed.filter(stands_for_several=False)),
            programme_count=_how_many(listed.filter(stands_for_several=True)),
        )

    def for_page(self):
        """With everything that stands on an organisation's own page, in a fixed number of queries."""
        model = self.model
        return self.prefetch_related(
            "areas_served",
            "resources",
            Prefetch("contacts", _related(model, "contacts").publicly_visible()),
            "statements",
            Prefetch("quotations", _related(model, "quotations").permitted()),
            Prefetch("roles", _related(model, "roles").published()),
            Prefetch("trainings", _related(model, "trainings").published().with_last_check().for_page()),
            Prefetch("network_links", _related(model, "network_links").filter(network__publication="published")),
            "network_links__network",
            Prefetch("member_links", _related(model, "member_links").filter(member__publication="published")),
            "member_links__member",
        )


def _how_many(groups: QuerySet):
    return Coalesce(Subquery(groups.values("organisation").annotate(n=Count("pk")).values("n")), 0)


def _related(model, name: str) -> QuerySet:
    """All that a model's relation of a name can hold: a lower module may not import the model itself."""
    return model._meta.get_field(name).related_model.objects.all()


class OfferQuerySet(OrganisationsOwnQuerySet, ListingQuerySet):
    """Listings of what an organisation offers: groups, roles, training."""

    def listed(self, today: datetime.date):
        """What lists may show: published, by a published organisation, and not lapsed."""
        return self.of_listed_organisations().published().not_lapsed(today)

    def with_named_contacts(self):
        """Those on whose own page, or place in a list, their contacts are named."""
        return self.of_listed_organisations().published()


class OwnOfferQuerySet(OfferQuerySet):
    """Listings of what is offered only while its organisation is here: roles, training. A group may go on without."""

    def listed(self, today: datetime.date):
        return super().listed(today).filter(organisation__ended_on=None)


class RoleQuerySet(OwnOfferQuerySet):
    """Peer roles."""

    def for_page(self):
        """With everything that stands on a role's own page."""
        return self.select_related("organisation").prefetch_related(
            "areas_served", "contacts", "organisation__networks"
        )

    def giving_support(self):
        """Those whose holders support people: one to one, or by a route that is known."""
        routes = [SupportRoute.CARE_COORDINATOR, SupportRoute.CONTACT_US]
        return self.filter(Q(one_to_one=YesNo.YES) | Q(support_route__in=routes))


class TrainingQuerySet(OwnOfferQuerySet):
    """Courses, training and help to start a group."""

    def for_page(self):
        """With everything that stands in the list of training, which is where each has its place."""
        return self.select_related("organisation").prefetch_related("areas_served", "contacts")

    def towards_starting_a_group(self):
        """What helps a new group itself, then what its founders can learn."""
        courses_last = Case(When(kind=TrainingKind.STARTING, then=Value(0)), default=Value(1))
        found = self.filter(kind__in=[TrainingKind.STARTING, TrainingKind.PEER_SUPPORT])
        return found.order_by(courses_last, *self.model._meta.ordering)


class EventQuerySet(OrganisationsOwnQuerySet):
    """Dated events."""

    def to_come(self, today: datetime.date):
        return self.filter(Q(ends_on__gte=today) | Q(ends_on=None, starts_on__gte=today))

    def to_come_first(self, today: datetime.date):
        """What is to come, soonest first; then what is past, the newest series or event first, in its own order."""
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


class WordsQuerySet(OrganisationsOwnQuerySet):
    """Quotations and statements."""

    def explaining(self):
        """Those that an editor chose for the page "peer support explained"."""
        return self.filter(explains_peer_support=True)

    def by_theme(self):
        """In the order of the themes, which is that of the questions people ask."""
        order = [When(theme=theme, then=Value(place)) for place, theme in enumerate(Theme.values)]
        return self.order_by(Case(*order, output_field=IntegerField()), "position", "pk")

    def permitted(self):
        """Quotations whose publication or consent is on record."""
        return self.exclude(permission=Permission.NONE)


class ContactQuerySet(QuerySet):
    """Contacts."""

    def publicly_visible(self):
        """Those whom a page of the organisation may name: not those of closed, ended or unpublished listings alone."""
        mine = {"contacts": OuterRef("pk")}
        of_listings = [_related(self.model, name).filter(**mine) for name in ("groups", "roles", "trainings")]
        for_anything = Q(*(Exists(listings) for listings in of_listings), _connector=Q.OR)
        shown = Q(*(Exists(listings.with_named_contacts()) for listings in of_listings), _connector=Q.OR)
        not_yet = Q(belongs_to_person=True, is_released=False)
        return self.filter(~for_anything | shown).exclude(not_yet)

    def towards_starting_a_group(self):
        """Those to ask for help with a new group, of organisations that are published and still here."""
        here = {"organisation__publication": Publication.PUBLISHED, "organisation__ended_on": None}
        return self.publicly_visible().filter(purpose=Purpose.STARTING, **here)
