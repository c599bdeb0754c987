"""When a service last changed: the group, its organisation, venues, contacts, checks or terms, whichever came last."""

import datetime
from typing import Any

from django.db.models import DateTimeField, F, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from organisations.models.revision import history_model

from ..models import SupportGroup

#: The moments of the last change of what a group has one of, and of what it has many of.
#: A revision of a group is of its times and routes, too.
_OF_ONE = ("organisation__updated_at", "venue__updated_at")
_OF_MANY = (
    *("checks__created_at", "contacts__updated_at", "schedules__venue__updated_at"),
    "schedule_changes__venue__updated_at",
    *("topics__updated_at", "activities__updated_at", "audiences__updated_at", "languages__updated_at"),
    *("venue__access_features__updated_at", "source_records__source__updated_at"),
)

#: With more rows that changed, their table is joined.
_MOST_KEYS = 500


def with_last_modified(groups: QuerySet[SupportGroup]) -> QuerySet[SupportGroup]:
    """Annotate groups with `last_modified`, the moment of the last change of each, in UTC."""
    first = F("updated_at")
    # The database chooses the latest of a group: to read all of them, twenty of each, took a tenth of its record.
    latest = [_latest(history_model(SupportGroup).objects.filter(id=OuterRef("pk")), "history_date")]
    for path in _OF_MANY:
        model, back, column = _resolved(path)
        latest.append(_latest(model.objects.filter(**{back: OuterRef("pk")}), column))
    # On SQLite the greatest of NULL and anything is NULL.
    others = [Coalesce(moment, first) for moment in (*map(F, _OF_ONE), *latest)]
    return groups.annotate(last_modified=Greatest(first, *others))


def modified_since(moment: datetime.datetime) -> set[int]:
    """Return the keys of the groups of which anything changed at a moment or after it. One query for each table.

    What changed is found first: mostly that is little, and no join of whole tables is needed.
    """
    rows = SupportGroup.objects.order_by()
    found = set(rows.filter(updated_at__gte=moment).values_list("pk", flat=True))
    history = history_model(SupportGroup).objects.filter(history_date__gte=moment).order_by()
    found.update(history.values_list("id", flat=True))
    for path in (*_OF_ONE, *_OF_MANY):
        model, _, column = _resolved(path)
        relation = path.removesuffix(f"__{column}")
        changed = model.objects.filter(**{f"{column}__gte": moment})
        keys = list(changed.values_list("pk", flat=True)[: _MOST_KEYS + 1])
        if keys:
            are_few = len(keys) <= _MOST_KEYS
            condition = {f"{relation}__in": keys} if are_few else {f"{path}__gte": moment}
            found.update(rows.filter(**condition).values_list("pk", flat=True))
    return found


def _latest(rows: QuerySet[Any], column: str) -> Subquery:
    """Return the latest moment of all rows of a queryset. `Max` would group them by their keys."""
    latest = Func(F(column), function="MAX", output_field=DateTimeField())
    return Subquery(rows.order_by().annotate(latest=latest).values("latest"))


def _resolved(path: str) -> tuple[Any, str, str]:
    """Return the model that a path from a group leads to, the path back from there, and the column at its end."""
    *relations, column = path.split("__")
    model: Any = SupportGroup
    back: list[str] = []
    for name in relations:
        field = model._meta.get_field(name)
        model, back = field.related_model, [field.remote_field.name, *back]
    return model, "__".join(back), column
