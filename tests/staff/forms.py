"""Posting a page of the admin as a browser does."""

from django.forms import ModelMultipleChoiceField


def form_as_it_stands(response) -> dict[str, str | list[str]]:
    """What a browser posts when somebody presses Save on a page without having touched it."""
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = [response.context["adminform"].form]
    forms += [form for formset in formsets for form in (formset.management_form, *formset.forms)]
    fields = [field for form in forms for field in form]
    posted = {field.html_name: _as_posted(field.value()) for field in fields if _is_posted(field)}
    hidden = [field for field in fields if field.field.show_hidden_initial]
    return posted | {field.html_initial_name: _as_posted(field.initial) for field in hidden}


def _is_posted(field) -> bool:
    """Not an empty box to tick, nor a list of which nothing is chosen."""
    chosen_of_several = isinstance(field.field, ModelMultipleChoiceField)
    return field.value() is not False and not (chosen_of_several and field.value() is None)


def _as_posted(value) -> str | list[str]:
    if isinstance(value, list | tuple):
        return [str(getattr(row, "pk", row)) for row in value]
    return "on" if value is True else "" if value is None else str(value)
