"""The style guide page: for staff, and for everybody with DEBUG."""

import re
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .examples import ELSEWHERE, component_examples

_TOKENS = Path(settings.STATICFILES_DIRS[0]) / "css" / "tokens.css"
_COLOUR = re.compile(r"^\s+--([\w-]+): (#[0-9a-f]+);", re.MULTILINE)
_SIZE = re.compile(r"^\s+--([\w-]+): ([\d.]+rem);", re.MULTILINE)


class ExampleForm(forms.Form):
    """A form with each kind of field of the `crispy_alongside` pack."""

    name = forms.CharField(label="What is it called?", help_text="As people say it.")
    days = forms.MultipleChoiceField(
        label="Which days?", choices=[("mon", "Monday"), ("tue", "Tuesday")], widget=forms.CheckboxSelectMultiple
    )
    how = forms.ChoiceField(label="How does it meet?", choices=[("here", "In person"), ("far", "Online")])
    sure = forms.BooleanField(label="I am sure")
    more = forms.CharField(label="Anything else?", required=False, widget=forms.Textarea(attrs={"rows": 3}))


@require_safe
@never_cache
def styleguide(request: HttpRequest) -> HttpResponse:
    """Render every component in every state, and the colours and sizes. Raises `Http404` for the public."""
    if not (settings.DEBUG or admin.site.has_permission(request)):
        raise Http404
    shown = [(name, list(examples)) for name, examples in groupby(component_examples(), attrgetter("component"))]
    return render(request, "peersupport/styleguide.html", {
        "shown": shown,
        "elsewhere": sorted(ELSEWHERE.items()),
        "colours": _colours(),
        "sizes": _SIZE.findall(_TOKENS.read_text()),
        "form": ExampleForm(auto_id="empty_%s"),
        "wrong": ExampleForm({"name": ""}, auto_id="wrong_%s"),
    })  # fmt: skip


def _colours() -> list[tuple[str, str, str]]:
    """Return (name, light value, dark value) for each colour."""
    light, dark = _TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
    dark_values = dict(_COLOUR.findall(dark))
    return [(name, value, dark_values.get(name, value)) for name, value in _COLOUR.findall(light)]
