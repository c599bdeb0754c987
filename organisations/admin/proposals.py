"""What a contributor types into the page of a public listing: it is not saved, but kept as a proposal."""

from django.contrib import messages
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.text import Truncator, capfirst

from ..field_changes import changes_to
from ..models import proposable_fields

#: What a form carries for itself.
_NOT_SAID = {"version", "publication", "slug"}
_MOST_SIGNS = 500


def keep_as_proposal(request: HttpRequest, form: ModelForm, formsets: list) -> None:
    """Propose what was typed: plain fields as fields, all else in a note, for an editor to decide."""
    typed = form.instance
    before = type(typed)._default_manager.get(pk=typed.pk)
    plain = {field.name: getattr(typed, field.name) for field in proposable_fields(type(typed))}
    changes, note = changes_to(before, plain), "\n".join(_said_otherwise(form, formsets, plain))
    if not changes and not note:
        messages.info(request, "Nothing was typed that is not there already, so nothing was proposed.")
        return
    before.proposals.create(
        source="contributor", changes=changes, note=note, made_against=before.revision, proposed_by=request.user
    )
    messages.success(
        request,
        f"Thank you. What you typed is proposed to the editors of “{before}”. The page stays as it is until one of "
        "them takes it.",
    )


def _said_otherwise(form: ModelForm, formsets: list, plain: dict) -> list[str]:
    """What was typed that is no plain field, a line each."""
    lines = []
    for name in form.changed_data:
        if name not in plain and name not in _NOT_SAID:
            lines.append(f"{capfirst(str(form.fields[name].label or name))}: {_words(form.cleaned_data.get(name))}")
    for formset in formsets:
        noun = capfirst(str(formset.model._meta.verbose_name))
        for row in formset.forms:
            if row.has_changed():
                gone = row in getattr(formset, "deleted_forms", [])
                lines.append(f"{noun}{', to be taken away' if gone else ''}: {_words(row.instance)}")
    return lines


def _words(value: object) -> str:
    if hasattr(value, "all") or isinstance(value, list | tuple | set):
        value = ", ".join(str(one) for one in (value.all() if hasattr(value, "all") else value))
    return Truncator(str(value)).chars(_MOST_SIGNS)
