"""Which groups a request of the feed asks for. Nothing is found by what its record does not say."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils import timezone

from organisations.choices import CheckedBy
from places.location.locate import locate
from places.location.results import LocatedPlace
from places.models import AreaPart

from ..choices import Focus, Joining, LedBy, Route, Stage
from ..models import GroupCheck, SupportGroup
from ..search.forms import GroupSearchForm
from ..search.index.types import IndexQuery
from ..search.service import index_query
from ..search.snapshot.snapshot import current_snapshot
from . import fixed_terms
from .catalogue import Catalogue, Versions
from .modification import modified_since
from .parameters import Near, Wanted
from .taxonomy import TAXONOMY_ID, Vocabulary

#: Groups whose records say nothing but that they are closed; and those that have place, times and contacts.
_IS_CLOSED = Q(joining=Joining.CLOSED) & ~Q(stage=Stage.ENDED)
_CAN_BE_VISITED = ~Q(joining=Joining.CLOSED) & ~Q(stage=Stage.ENDED)
_SHOWS_DATES = _CAN_BE_VISITED & Q(times_are_withheld=False, stands_for_several=False)
#: The relation of a group to the terms that editors keep, by the parent's code.
_RELATIONS = {"topic": "topics", "activity": "activities", "audience": "audiences"}


def filtered(catalogue: Catalogue, wanted: Wanted, versions: Versions) -> Catalogue:
    """Return the rows of the groups that a request asks for, in the order of the catalogue."""
    conditions = [each for each in (_of_columns(wanted), _of_dates(wanted, versions.today)) if each]
    conditions += [_of_term(term, versions.vocabulary) for term in wanted.taxonomy_term_ids]
    if wanted.taxonomy_id is not None and wanted.taxonomy_id != TAXONOMY_ID:
        return catalogue.only(set())
    sets = [_keys(condition) for condition in conditions]
    if wanted.modified_after is not None:
        sets.append(modified_since(wanted.modified_after))
    if wanted.checked_after is not None:
        sets.append(_checked_after(wanted.checked_after))
    if wanted.search:
        sets.append(_with_words(wanted.search))
    if wanted.near is not None:
        sets.append(_near(wanted.near))
    return catalogue.only(set.intersection(*sets)) if sets else catalogue


def _keys(condition: Q) -> set[int]:
    return set(SupportGroup.objects.filter(condition).order_by().values_list("pk", flat=True))


def _of_columns(wanted: Wanted) -> Q | None:
    condition = Q()
    if wanted.organization_id is not None:
        condition &= Q(organisation__public_id=wanted.organization_id)
    if wanted.minimum_age is not None:
        condition &= ~_IS_CLOSED & (Q(age_to=None) | Q(age_to__gte=wanted.minimum_age))
    if wanted.maximum_age is not None:
        condition &= ~_IS_CLOSED & (Q(age_from=None) | Q(age_from__lte=wanted.maximum_age))
    return condition or None


def _of_dates(wanted: Wanted, today: datetime.date) -> Q | None:
    """Return the condition on regular times: all of it on one schedule that is in force."""
    schedule: dict[str, Any] = {}
    if wanted.days:
        schedule["schedules__weekday__in"] = wanted.days
    if wanted.start_time is not None:
        schedule["schedules__starts_at__gte"] = wanted.start_time
    if wanted.end_time is not None:
        schedule["schedules__ends_at__lte"] = wanted.end_time
    if not schedule:
        return None
    in_force = Q(schedules__last_date=None) | Q(schedules__last_date__gte=today)
    return _SHOWS_DATES & Q(in_force, **schedule)


def _checked_after(day: datetime.date) -> set[int]:
    rows = GroupCheck.objects.filter(checked_on__gte=day).order_by().values_list("listing_id", flat=True)
    return set(rows) - _keys(_IS_CLOSED)


def _with_words(text: str) -> set[int]:
    """Return the listed groups that a search for some words finds."""
    data = QueryDict(mutable=True)
    data["q"] = text
    form = GroupSearchForm(data)
    snapshot, now = form.snapshot, timezone.now()
    return {*snapshot.index.pks(snapshot.index.matching(index_query(form.query, snapshot, now), now))}


def _near(near: Near) -> set[int]:
    """Return the listed groups within a circle, and those that serve the area in which a postcode lies."""
    point, serving = near.point, set()
    if near.postcode:
        place = locate(near.postcode)
        if not isinstance(place, LocatedPlace) or place.latitude is None or place.longitude is None:
            return set()
        point = place.latitude, place.longitude
        areas = AreaPart.objects.filter(district=place.area, outward_code__in=("", place.outward_code)).values("area")
        serving = _keys(Q(venue=None, town=None, areas_served__in=areas) & ~_IS_CLOSED)
    index = current_snapshot().index
    found = index.matching(IndexQuery(point=point, miles=near.miles), timezone.now())
    return {*index.pks(found), *serving} - _keys(_IS_CLOSED)


def _of_term(term_id: uuid.UUID, vocabulary: Vocabulary) -> Q:
    """Return the condition that a group has a term, or any that it is the parent of; of an unknown term, none has."""
    term = vocabulary.by_id(term_id)
    if term is None:
        return Q(pk__in=())
    codes = [code for code, record in vocabulary.records.items() if record.id == term.id or record.parent_id == term.id]
    return Q(*(_of_code(code) for code in codes), _connector=Q.OR)


def _of_code(code: str) -> Q:
    parent, _, rest = code.partition("-")
    if not rest:
        return Q(pk__in=())
    if parent in _RELATIONS:
        return Q(**{f"{_RELATIONS[parent]}__slug": rest}) & ~_IS_CLOSED
    if code == fixed_terms.CLOSED.code:
        return _IS_CLOSED
    if code == fixed_terms.OPEN.code:
        return _CAN_BE_VISITED & ~Q(joining=Joining.NOT_SAID)
    return _BY_PARENT[parent](code)


def _of_focus(code: str) -> Q:
    focus = [value for value in Focus if code in {term.code for term in fixed_terms.of_focus(value)}]
    return Q(focus__in=focus) & ~_IS_CLOSED


def _of_services(code: str) -> Q:
    name, answer = _answer(fixed_terms.OF_SERVICES, code)
    return Q(**{name: answer}) & _CAN_BE_VISITED


def _of_joining(code: str) -> Q:
    joining = Joining(_answer(fixed_terms.OF_JOINING, code))
    if joining not in (Joining.JUST_COME, Joining.CONTACT_FIRST):
        return _CAN_BE_VISITED & Q(joining=joining)
    # What visitors are told depends on whether the venue is confidential: the directory in memory has it.
    index = current_snapshot().index
    found = index.matching(IndexQuery(choices={"joining": (joining.value,)}), timezone.now())
    answered = Q(pk__in=index.pks(found)) & _CAN_BE_VISITED
    return answered if joining == Joining.JUST_COME else answered | (_CAN_BE_VISITED & Q(joining=joining))


def _of_check(code: str) -> Q:
    newest = GroupCheck.objects.filter(listing=OuterRef("pk")).order_by("-checked_on", "-pk").values("checked_by")[:1]
    means = CheckedBy(_answer(fixed_terms.OF_CHECK, code))
    groups = SupportGroup.objects.alias(means=Subquery(newest)).filter(means=means).order_by()
    return Q(pk__in=groups.values("pk")) & ~_IS_CLOSED


_BY_PARENT: dict[str, Callable[[str], Q]] = {
    "kind": _of_focus,
    "joining": _of_joining,
    "checked": _of_check,
    # Contacts have these: no service does.
    "purpose": lambda _: Q(pk__in=()),
    "reach": lambda _: Q(pk__in=()),
    "scope": lambda _: Q(stands_for_several=True) & ~_IS_CLOSED,
    "services": _of_services,
    "wants": lambda code: Q(stage=Stage.FORMING, **{_answer(fixed_terms.OF_WANTS, code): True}) & _CAN_BE_VISITED,
    # A list of words in JSON: no database of the two has another way to look into it.
    "wellbeing": lambda code: Q(wellbeing__icontains=f'"{_answer(fixed_terms.OF_WELLBEING, code)}"') & ~_IS_CLOSED,
    "led": lambda code: Q(led_by=LedBy(_answer(fixed_terms.OF_LEADER, code))) & ~_IS_CLOSED,
    "status": lambda code: Q(stage=Stage(_answer(fixed_terms.OF_STAGE, code))),
    "route": lambda code: Q(routes__route=Route(_answer(fixed_terms.OF_ROUTE, code))) & _CAN_BE_VISITED,
}


def _answer(terms: Any, code: str) -> Any:
    """Return the answer whose term has a code."""
    return next(answer for answer, term in terms.items() if term.code == code)
