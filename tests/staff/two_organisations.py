"""Two organisations, each with a row of everything that the staff pages keep; one's every text says whose it is."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.core.validators import RegexValidator
from django.db import DatabaseError, models, transaction
from django.db.models.constants import LOOKUP_SEP

from groups.models import Schedule, SupportGroup, Venue
from organisations.models import Contact, Organisation, Resource, has_revisions
from tests import factories
from tests.staff.test_admin_pages import ROWS

#: Stands in every text of the other organisation, and nowhere else: so long that no token spells it by chance.
SECRET = "zyxwvutsrq"


@dataclass
class Kept:
    """An organisation, and a row of each model that is its own: of those that say so, and the models of managers."""

    organisation: Organisation
    rows: dict[type, models.Model] = field(default_factory=dict)

    def values(self) -> dict:
        """All that the database says of it: what nobody else may change."""
        return {
            model: [values for values in model._base_manager.order_by("pk").values() if _is_of(page, self, values)]
            for model, page in admin.site._registry.items()
            if getattr(page, "belongs_by", ())
        }


def make_two() -> tuple[Kept, Kept]:
    """One organisation that somebody keeps, and another that they must learn nothing of."""
    mine, other = (Kept(factories.make_organisation(name=name)) for name in ("Example mine", "Example other"))
    for stored in (mine, other):
        for model, page in admin.site._registry.items():
            is_owned = bool(getattr(page, "belongs_by", ()))
            if model in ROWS and (is_owned or (stored is other and _is_for_managers(model, page))):
                stored.rows[model] = _row_of(model, page, stored.organisation)
    _give_parts(mine)
    _give_parts(other)
    for row in other.rows.values():
        _fill_with_secrets(row)
    other.organisation.refresh_from_db()
    return mine, other


def _row_of(model: type, page, organisation: Organisation) -> models.Model:
    if model is Organisation:
        return organisation
    if model is Venue:
        return factories.make_group(organisation=organisation, confidential=True).venue
    row = ROWS[model]()
    for path in getattr(page, "belongs_by", ()):
        *through, _ = path.split(LOOKUP_SEP)
        holder = row
        for name in through:
            holder = getattr(holder, name) if holder else None
        if holder and (holder is not row or len(page.belongs_by) == 1):
            type(holder)._base_manager.filter(pk=holder.pk).update(organisation=organisation)
    row = model._base_manager.get(pk=row.pk)
    if has_revisions(model):
        row.save()
    return row


def _give_parts(stored: Kept) -> None:
    """Rows below the pages, which a forged page would take from another organisation."""
    group, organisation = stored.rows[SupportGroup], stored.organisation
    factories.make_schedule(group, venue=stored.rows[Venue])
    factories.make_check(group, factories.days_ago(3), note="Example")
    Resource.objects.create(organisation=organisation, name="Example films")
    group.contacts.add(stored.rows[Contact])


def _fill_with_secrets(row: models.Model) -> None:
    """Put the secret into each text of a row and of its parts, where nothing forbids it; and keep a version."""
    parts = [
        part
        for relation in row._meta.related_objects
        if relation.one_to_many and relation.related_model in (Schedule, Resource, *_CHECKS)
        for part in relation.related_model._base_manager.filter(**{relation.field.name: row})
    ]
    for item in (row, *parts):
        for column in item._meta.concrete_fields:
            if isinstance(column, models.CharField | models.TextField) and not (column.choices or _has_a_shape(column)):
                _try_to_write(item, column)
    row.refresh_from_db()
    if has_revisions(type(row)):
        row.save()


def _has_a_shape(column: models.Field) -> bool:
    """Whether a text is no free words: numbers with commas, say."""
    return any(isinstance(item, RegexValidator) for item in column.validators) and not isinstance(
        column, models.EmailField | models.URLField | models.SlugField
    )


def _try_to_write(row: models.Model, column: models.Field) -> None:
    secret = f"{SECRET}-{row.pk}"
    if isinstance(column, models.EmailField):
        secret = f"{secret}@example.org"
    elif isinstance(column, models.URLField):
        secret = f"https://{secret}.example.org/"
    if column.max_length is None or len(secret) <= column.max_length:
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**{column.name: secret})
        except DatabaseError:
            return


def _is_for_managers(model: type, page) -> bool:
    return not getattr(page, "is_shared", False) and model._meta.app_label != "places"


def _is_of(page, stored: Kept, values: dict) -> bool:
    if page.model is Venue:
        return values["id"] == stored.rows[Venue].pk
    if page.model is Organisation:
        return values["id"] == stored.organisation.pk
    return values.get("organisation_id") == stored.organisation.pk or values["id"] == stored.rows[page.model].pk


_CHECKS = tuple(factories._CHECKS.values())
