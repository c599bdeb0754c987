"""Error counts for the sections of a long admin form."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.contrib.admin.helpers import InlineAdminFormSet
from django.contrib.admin.utils import flatten

register = template.Library()


@register.filter
def faults(part: Any, rows: Iterable[InlineAdminFormSet]) -> int:
    """Return the number of errors in a fieldset and in the inlines shown below it."""
    own = sum(name in part.form.errors for name in flatten(part.fields))
    below = [inline.formset for inline in rows if getattr(inline.opts, "after", None) == part.name]
    return own + sum(formset.total_error_count() for formset in below)
