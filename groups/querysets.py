"""QuerySets of groups, venues and check requests."""

import datetime
from collections.abc import Collection
from typing import Any, Self
from uuid import UUID

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Coalesce, Lower

from common.change_signals import ChangeTrackedQuerySet, Row
from common.models import related_model
from organisations.freshness import OVERDUE_AFTER, cutoff
from organisations.querysets import OfferQuerySet
from places.models import Area, AreaPart

from .choices import CheckAnswer, Delivery, Joining, Stage

#: Groups whose venue, times and contacts are hidden.
_cannot_be_visited = Q(joining=Joining.CLOSED) | Q(stage=Stage.ENDED)
#: Groups located at the point of their town or district, never at that of their venue.
_place_is_hidden = Q(venue__address_is_confidential=True) | _cannot_be_visited

#: For `needing_attention`, in days: how long a group being set up may go without a check; how far ahead a group with
#: special dates must have one.
NEWS_WITHIN_DAYS, DATES_FOR_DAYS = 60, 14
#: Relations to select with schedules and their changes: the venue, where it is not the group's own.
_VENUE_RELATIONS = ("venue__town", "venue__district")


class GroupQuerySet(OfferQuerySet[Row]):
    """Support groups."""

    def listed(self, today: datetime.date) -> Self:
        """Return groups that are published by a published organisation, and neither ended nor lapsed."""
        return super().listed(today).exclude(stage=Stage.ENDED)

    def ordered_for_display(self, today: datetime.date) -> Self:
        """Order by section, as the best match of a search does (`search/index/ranking.py`), then by name."""
        section = Case(
            When(joining=Joining.CLOSED, then=4),
            When(last_checked_on__lt=cutoff(OVERDUE_AFTER, today), then=3),
            When(stage=Stage.PAUSED, then=2),
            When(stage=Stage.FORMING, then=1),
            default=0,
        )
        return self.with_last_check().alias(section=section).order_by("section", Lower("name"), "pk")

    def with_named_contacts(self) -> Self:
        """Return the groups whose page names their contacts: neither closed nor ended."""
        return super().with_named_contacts().exclude(_cannot_be_visited)

    def forming(self) -> Self:
        return self.filter(stage=Stage.FORMING)

    def needing_attention(self, reason: str, today: datetime.date) -> Self:
        """Return the groups that an editor should contact, for one reason.

        "back": the break should be over. "news": being set up, not checked for `NEWS_WITHIN_DAYS`. "contact": none that
        visitors can see. "dates" (default): the last special date is within `DATES_FOR_DAYS`.
        """
        if reason == "back":
            return self.filter(stage=Stage.PAUSED, paused_until__lt=today)
        if reason == "news":
            long_ago = today - datetime.timedelta(days=NEWS_WITHIN_DAYS)
            has_news = Exists(self._rows_of("checks").filter(listing=OuterRef("pk"), checked_on__gte=long_ago))
            return self.forming().filter(~has_news, created_at__date__lt=long_ago)
        if reason == "contact":
            released = self._rows_of("contacts").filter(groups=OuterRef("pk"), is_released=True)
            return self.exclude(stage=Stage.ENDED).exclude(joining=Joining.CLOSED).filter(~Exists(released))
        ahead = self._rows_of("schedule_changes").filter(group=OuterRef("pk")).alias(last=Coalesce("until", "date"))
        later = today + datetime.timedelta(days=DATES_FOR_DAYS)
        runs_out = Exists(ahead.filter(Q(last__gte=today) | Q(new_date__gte=today)))
        return self.exclude(stage=Stage.ENDED).filter(
            runs_out, ~Exists(ahead.filter(Q(last__gt=later) | Q(new_date__gt=later)))
        )

    def _rows_of(self, relation: str) -> QuerySet[Any]:
        rows: QuerySet[Any] = related_model(self.model, relation).objects.order_by()
        return rows

    def for_cards(self) -> Self:
        """Select and prefetch what a card shows, in a fixed number of queries."""
        schedules, changes = (
            Prefetch(name, related_model(self.model, name).objects.select_related(*_VENUE_RELATIONS))
            for name in ("schedules", "schedule_changes")
        )
        return self.select_related("organisation", "venue__town", "venue__district", "town__district").prefetch_related(
            schedules, changes, "areas_served"
        )

    def with_code(self, code: str) -> Self:
        """Return the group with a code, or the one that it was merged into."""
        former = related_model(self.model, "former_codes").objects.filter(code=code).order_by().values("group")
        # A union, since each has an index: for a condition on both PostgreSQL reads every group.
        return self.filter(pk__in=self.model._base_manager.filter(code=code).order_by().values("pk").union(former))

    def read_listed_of(self, organisation: int, today: datetime.date) -> list[Any]:
        """Return the listed groups of an organisation as cards show them, by compiled statements."""
        from .group_reader import read_listed_of  # It needs models, which need this module.

        return read_listed_of(organisation, today)

    def meeting_at(self, venue: Any) -> "GroupQuerySet":
        """Return the groups that have not ended and ever meet at a venue."""
        groups = self.model._base_manager.order_by().values("pk")
        # A union, since each of the three has an index: for a condition on all three a database reads every group.
        there, *others = (
            groups.filter(**{f"{path}venue": venue}) for path in ("", "schedules__", "schedule_changes__")
        )
        return self.exclude(stage=Stage.ENDED).filter(pk__in=there.union(*others))

    def with_place(self) -> Any:  # The columns that it adds are in no type.
        """Annotate the public place: point, district, outward code, and whether it is approximate or hidden."""
        return self.with_hidden_place().annotate(
            place_latitude=Case(
                When(
                    _place_is_hidden,
                    then=Coalesce("venue__town__latitude", "venue__district__latitude", "town__latitude"),
                ),
                default=Coalesce("venue__latitude", "town__latitude"),
            ),
            place_longitude=Case(
                When(
                    _place_is_hidden,
                    then=Coalesce("venue__town__longitude", "venue__district__longitude", "town__longitude"),
                ),
                default=Coalesce("venue__longitude", "town__longitude"),
            ),
            place_outward_code=Case(
                When(
                    _place_is_hidden, then=Coalesce("venue__town__sector__outward_code", "town__sector__outward_code")
                ),
                When(venue__isnull=False, then=F("venue__outward_code")),
                default=F("town__sector__outward_code"),
            ),
            place_district_id=Coalesce("venue__district_id", "town__district_id"),
            place_is_about=Case(When(_place_is_hidden | Q(venue=None), then=True), default=False),
        )

    def with_hidden_place(self) -> Self:
        """Annotate `place_is_hidden`: whether the group is where its town or district is, not its venue."""
        return self.annotate(place_is_hidden=Case(When(_place_is_hidden, then=True), default=False))

    def located_in(self, area: Area) -> Self:
        """Return the groups that meet in an area, official or informal. Filters by district first, to use indexes."""
        districts = AreaPart.objects.filter(area=area).values("district")
        part = AreaPart.objects.filter(
            Q(outward_code="") | Q(outward_code=OuterRef("place_outward_code")),
            area=area,
            district=OuterRef("place_district_id"),
        )
        return (
            self.with_place()
            .filter(Q(venue__district__in=districts) | Q(venue=None, town__district__in=districts))
            .filter(Exists(part))
        )


class CheckRequestQuerySet(ChangeTrackedQuerySet[Row]):
    """E-mails that asked organisations to check their listings."""

    def with_answers(self) -> Self:
        """Annotate `listings`, the number asked about, and `answers`, the number answered."""
        return self.annotate(listings=Count("asked"), answers=Count("asked", filter=~Q(asked__answer=CheckAnswer.NONE)))

    def waiting(self, today: datetime.date) -> Self:
        """Return the unanswered requests of the last fortnight that were not refused."""
        fortnight_ago = today - datetime.timedelta(days=14)
        return self.unanswered().filter(sent_on__gt=fortnight_ago).exclude(delivery=Delivery.REFUSED)

    def answered(self) -> Self:
        """Return the requests with an answer about any listing."""
        return self.filter(Exists(self._answers()))

    def unanswered(self) -> Self:
        return self.filter(~Exists(self._answers()))

    def silent(self, today: datetime.date) -> Self:
        """Return the requests that were delivered and not answered within a fortnight."""
        fortnight_ago = today - datetime.timedelta(days=14)
        return self.unanswered().filter(delivery=Delivery.SENT, sent_on__lte=fortnight_ago)

    def refused(self) -> Self:
        return self.filter(delivery=Delivery.REFUSED)

    def _answers(self) -> QuerySet[Any]:
        asked: QuerySet[Any] = related_model(self.model, "asked").objects.filter(request=OuterRef("pk"))
        return asked.exclude(answer=CheckAnswer.NONE)


class VenueQuerySet(ChangeTrackedQuerySet[Row]):
    """Venues where groups meet."""

    def used_by(self, organisations: Collection[int]) -> Self:
        """Return the venues where a group of the organisations (primary keys) ever meets or met."""
        uses = [
            related_model(self.model, name).objects.filter(**{f"{to_group}organisation__in": organisations})
            for name, to_group in (("groups", ""), ("schedules", "group__"), ("schedule_changes", "group__"))
        ]
        return self.filter(Q(*(Q(pk__in=rows.order_by().values("venue")) for rows in uses), _connector=Q.OR))

    def with_public_id(self, public_id: UUID) -> Self:
        """Return the venue with a public id, or the one that it was merged into."""
        former = related_model(self.model, "former_ids").objects.filter(public_id=public_id)
        return self.filter(Q(public_id=public_id) | Q(pk__in=former.values("venue")))

    def unused(self) -> Self:
        return self.filter(groups=None, schedules=None, schedule_changes=None)

    def added_by(self, user: Any) -> Self:
        """Return the venues that a member of staff has added, according to their first revision."""
        model: Any = self.model
        first = model.history.filter(history_type="+", history_user=user)
        return self.filter(pk__in=first.values("id"))
