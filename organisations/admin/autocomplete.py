"""Choosing from many: boxes that find as you type, and that need no query to name what is already chosen."""

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple, RelatedFieldWidgetWrapper
from django.db.models import Prefetch, Q, QuerySet
from django.forms import ModelForm, Widget
from django.http import HttpRequest

from ..permissions import StaffPermissions


class _NamesWhatItKnows:
    """What is chosen is named from what the form has read already; only what was typed anew is looked up."""

    known: dict[str, str] = {}

    def optgroups(self, name, value, attr=None):
        chosen = [str(each) for each in value if str(each) not in self.choices.field.empty_values]
        if not set(chosen) <= set(self.known):
            return super().optgroups(name, value, attr)
        nothing = [] if self.is_required or self.allow_multiple_selected else [("", "")]
        options = [*nothing, *((key, self.known[key]) for key in chosen)]
        return [
            (None, [self.create_option(name, *option, option[0] in chosen, at) for at, option in enumerate(options)], 0)
        ]


class AutocompleteSelect(_NamesWhatItKnows, AutocompleteSelect):
    """A box to choose one thing of many."""


class AutocompleteSelectMultiple(_NamesWhatItKnows, AutocompleteSelectMultiple):
    """A box to choose several things of many. Each is taken out by itself; no cross empties the whole box."""

    def build_attrs(self, base_attrs, extra_attrs=None) -> dict:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


class AutocompleteForm(ModelForm):
    """A form whose boxes know the names of what its row is related to, as far as that has been read."""

    #: What its sender may do, where the page says so.
    rights: StaffPermissions | None = None

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._keep_what_is_chosen()
        prefetched = getattr(self.instance, "_prefetched_objects_cache", {})
        for name, field in self.fields.items():
            widget = _inner(field.widget)
            if not isinstance(widget, _NamesWhatItKnows):
                continue
            if widget.allow_multiple_selected:
                chosen = prefetched.get(name, [])
            else:
                is_read = self._meta.model._meta.get_field(name).is_cached(self.instance)
                chosen = [one for one in [getattr(self.instance, name)] if one] if is_read else []
            widget.known = {str(one.pk): field.label_from_instance(one) for one in chosen}

    def _keep_what_is_chosen(self) -> None:
        """What a manager chose, and its editor may not choose, stays: a contact of another organisation."""
        if self.rights is None or self.rights.is_manager or not self.instance.pk:
            return
        for link in self._meta.model._meta.many_to_many:
            if field := self.fields.get(link.name):
                mine = Q(**{link.related_query_name(): self.instance.pk})
                keys = Q(pk__in=field.queryset.order_by().values("pk"))
                field.queryset = field.queryset.model._default_manager.filter(keys | mine).distinct()


class AutocompleteMixin:
    """For a page or its rows: the boxes above for `autocomplete_fields`, and one query for all that they name."""

    form = AutocompleteForm

    def formfield_for_dbfield(self, db_field, request: HttpRequest, **kwargs):
        """Beside a box, what is chosen is opened or added; it is deleted on its own page only."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if formfield and isinstance(formfield.widget, RelatedFieldWidgetWrapper):
            formfield.widget.can_delete_related = False
        return formfield

    def formfield_for_foreignkey(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request: HttpRequest, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", AutocompleteSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_field_queryset(self, db, db_field, request: HttpRequest) -> QuerySet | None:
        """What may be chosen, with what its names say: a town's says its district."""
        page = self.admin_site._registry.get(db_field.remote_field.model)
        return page.get_queryset(request) if page else super().get_field_queryset(db, db_field, request)

    def with_selected_related(self, rows: QuerySet) -> QuerySet:
        """Rows with all that the boxes of this page name."""
        model = rows.model
        one, several = [], []
        for field in (model._meta.get_field(name) for name in self.autocomplete_fields):
            if field.many_to_many:
                related = field.related_model._default_manager.select_related(*_said_in_names(field.related_model))
                several.append(Prefetch(field.name, related if _said_in_names(field.related_model) else None))
            else:
                one += [field.name, *(f"{field.name}__{also}" for also in _said_in_names(field.related_model))]
        # Asked for nothing, `select_related` would follow everything.
        return (rows.select_related(*one) if one else rows).prefetch_related(*several)


def _said_in_names(model) -> list[str]:
    """The relations that the names of a model's rows are made of, as its page says."""
    return list(getattr(admin.site._registry.get(model), "names_say", ()))


def _inner(widget: Widget) -> Widget:
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
