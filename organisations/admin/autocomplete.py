"""Autocomplete fields that label the current choices without a query for each."""

from typing import TYPE_CHECKING, Any

from django.contrib.admin import widgets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import Field, ForeignKey, ManyToManyField, Model, Prefetch, Q, QuerySet
from django.forms import ModelForm, Select, Widget
from django.http import HttpRequest

from ..permissions import StaffPermissions, model_permission_page
from .mixin_bases import AnyAdminMixin

if TYPE_CHECKING:

    class _SelectMixin(widgets.AutocompleteMixin, Select): ...

else:
    _SelectMixin = object


class _KnownLabelsMixin(_SelectMixin):
    """Widget mixin: labels selected options from `known_labels` (key: label), and queries only for other keys."""

    known_labels: dict[str, str] = {}

    def optgroups(self, name: str, value: Any, attr: Any = None) -> Any:
        selected = [str(key) for key in value if str(key) not in self.choices.field.empty_values]
        if not set(selected) <= set(self.known_labels):
            return super().optgroups(name, value, attr)
        empty = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        options = [*empty, *((key, self.known_labels[key]) for key in selected)]
        return [
            (
                None,
                [
                    self.create_option(name, *option, option[0] in selected, index)
                    for index, option in enumerate(options)
                ],
                0,
            )
        ]


class AutocompleteSelect(_KnownLabelsMixin, widgets.AutocompleteSelect):
    """An autocomplete field for one row."""


class AutocompleteSelectMultiple(_KnownLabelsMixin, widgets.AutocompleteSelectMultiple):
    """An autocomplete field for several rows, without the button that clears them all."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class AutocompleteForm(ModelForm):
    """A form that gives its autocomplete widgets the labels of related rows that are already loaded."""

    #: The permissions of the sender, set by `RowPermissionsMixin.get_form`.
    rights: StaffPermissions | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._allow_current_choices()
        prefetched = getattr(self.instance, "_prefetched_objects_cache", {})
        name: str
        field: Any
        for name, field in self.fields.items():
            widget = _inner(field.widget)
            if not isinstance(widget, _KnownLabelsMixin):
                continue
            if widget.allow_multiple_selected:
                selected = prefetched.get(name, [])
            else:
                is_read = self._meta.model._meta.get_field(name).is_cached(self.instance)
                related = getattr(self.instance, name) if is_read else None
                selected = [related] if related else []
            widget.known_labels = {str(row.pk): field.label_from_instance(row) for row in selected}

    def _allow_current_choices(self) -> None:
        """Add to the querysets the current choices that the user could not choose, such as another's contact."""
        if self.rights is None or self.rights.is_manager or not self.instance.pk:
            return
        for link in self._meta.model._meta.many_to_many:
            field: Any = self.fields.get(link.name)
            if field:
                current = Q(**{link.related_query_name(): self.instance.pk})
                keys = Q(pk__in=field.queryset.order_by().values("pk"))
                field.queryset = field.queryset.model._default_manager.filter(keys | current).distinct()


class AutocompleteMixin(AnyAdminMixin):
    """Mixin for admin pages and inlines: these widgets for `autocomplete_fields`, and one query for their rows."""

    form: Any = AutocompleteForm

    def formfield_for_dbfield(self, db_field: "Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        """Remove the button that deletes the related row: that is done on its own page."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget.can_delete_related = False
        return formfield

    def formfield_for_foreignkey(self, db_field: "ForeignKey[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: "ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any] | None:
        """Return the rows to choose from: those of the related model's own admin page."""
        page = model_permission_page(db_field.remote_field.model)
        return page.get_queryset(request) if page else super().get_field_queryset(db, db_field, request)

    def with_selected_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows with the relations that the autocomplete fields show selected or prefetched."""
        model = rows.model
        selected, prefetched = [], []
        fields: list[Any] = [model._meta.get_field(name) for name in self.autocomplete_fields]
        for field in fields:
            if field.many_to_many:
                related = field.related_model._default_manager.select_related(*_name_relations(field.related_model))
                prefetched.append(Prefetch(field.name, related if _name_relations(field.related_model) else None))
            else:
                relations = _name_relations(field.related_model)
                selected += [field.name, *(f"{field.name}__{relation}" for relation in relations)]
        # Without arguments `select_related` would follow every relation.
        return (rows.select_related(*selected) if selected else rows).prefetch_related(*prefetched)


def _name_relations(model: type[Model]) -> list[str]:
    """Return `name_relations` of the model's admin page."""
    return list(getattr(model_permission_page(model), "name_relations", ()))


def _inner(widget: Widget) -> Widget:
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
