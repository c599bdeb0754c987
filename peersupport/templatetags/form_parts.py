"""Parts of a long form on the staff pages: how many answers in each have to be put right."""

from collections.abc import Iterable

from django import template
from django.contrib.admin.helpers import Fieldset, InlineAdminFormSet
from django.contrib.admin.utils import flatten

register = template.Library()


@register.filter
def faults(part: Fieldset, rows: Iterable[InlineAdminFormSet]) -> int:
    """How many answers of this part were refused, with those of the rows that stand below it."""
    own = sum(name in part.form.errors for name in flatten(part.fields))
    below = [each.formset for each in rows if getattr(each.opts, "after", None) == part.name]
    return own + sum(formset.total_error_count() for formset in below)
