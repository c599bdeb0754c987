"""The versions of many rows that are written at once: a fixed number of queries for every few hundred of them."""

from collections.abc import Collection, Iterator, Sequence

from django.db.models import ManyToManyField, Model
from django.utils import timezone

from .revision import parts_of_many

AT_ONCE = 500


def record_first_revisions(model: type[Model], keys: Collection[int]) -> None:
    """Keep rows as they stand in the database, where no version of them is kept: before they are written in bulk."""
    history = model.history.model
    for some in _some(list(keys)):
        known = set(history.objects.filter(id__in=some).values_list("id", flat=True))
        rows = list(model._base_manager.filter(pk__in=set(some) - known).order_by("pk"))
        dates = [row.updated_at for row in rows]
        _keep(rows, "+", dates, None, "As it stood when its history began")


def record_revisions(rows: Sequence[Model], history_type: str, reason: str = "") -> None:
    """Keep rows as they have just been written, with their relations and parts: "+" for new rows, "~" for others."""
    for some in _some(rows):
        user = some[0].history.model.keeper.get_history_user(some[0])
        _keep(some, history_type, [timezone.now()] * len(some), user, reason)


def _keep(rows: Sequence[Model], history_type: str, dates: Sequence, user, reason: str) -> None:
    if not rows:
        return
    model = type(rows[0])
    history = model.history.model
    keys = [row.pk for row in rows]
    parts = {name: parts_of_many(model, name, keys) for name in history.keeper.part_names}
    versions = history.objects.bulk_create(
        history(
            history_date=date,
            history_type=history_type,
            history_user=user,
            history_change_reason=reason or None,
            parts={name: parts[name][row.pk] for name in parts},
            **{field.attname: getattr(row, field.attname) for field in history.tracked_fields},
        )
        for row, date in zip(rows, dates, strict=True)
    )
    version_of = dict(zip(keys, versions, strict=True))
    for field in history._history_m2m_fields:
        _keep_links(field, version_of, history.keeper.m2m_models[field])


def _keep_links(field: ManyToManyField, version_of: dict[int, Model], linked: type[Model]) -> None:
    through = field.remote_field.through
    owner = through._meta.get_field(field.m2m_field_name()).attname
    rows = through._base_manager.filter(**{f"{field.m2m_field_name()}__in": list(version_of)}).order_by("pk")
    linked.objects.bulk_create(linked(history=version_of[row[owner]], **row) for row in rows.values())


def _some(rows: Sequence) -> Iterator[Sequence]:
    for start in range(0, len(rows), AT_ONCE):
        yield rows[start : start + AT_ONCE]
