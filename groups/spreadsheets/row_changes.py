"""The changes of a row, and their validation."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Model

from .columns import Column
from .constraints import violations
from .results import Errors
from .row_state import Change, RowState


def require_valid(state: RowState, errors: Errors, title_of: Mapping[str, str], fallback: str) -> None:
    """Raise ValidationError, keyed by column title, for the errors of a row, or where its instance breaks a rule.

    The constraints are evaluated without a query for each. `title_of` has the title of the column of each field;
    what is wrong with another field stands at the column `fallback`.
    """
    instance = state.instance
    excluded = [field.name for field in instance._meta.fields if field.is_relation or field.name in ("slug", "code")]
    try:
        instance.clean_fields(exclude=excluded)
        instance.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            errors.setdefault(title_of.get(name, fallback), _editor_messages(instance, name, messages))
    touched = {title for title, _, _ in state.changes}
    for names, sentence in violations(instance):
        titles = [title for name, title in title_of.items() if name in names]
        if any(title in errors for title in titles):
            # The cell already has an error.
            continue
        title = next((each for each in titles if each in touched), titles[0] if titles else fallback)
        errors.setdefault(title, [sentence])
    if errors:
        raise ValidationError(errors)


def leave_to_staff(state: RowState, column: Column, text: str, current: str, reason: str) -> None:
    """Append a text of a foreign file that cannot be parsed to the note for staff. A value that the group has stays."""
    words = f"{column.title}: {text}"
    if words in state.group.staff_note:
        return
    state.group.staff_note = "\n".join(filter(None, [state.group.staff_note, words]))
    stays = f" Here it stays “{' / '.join(current.splitlines())}”." if current else ""
    state.remarks = [*state.remarks, f"“{column.title}” is put into the note for staff. {reason}{stays}"]


def changes_of(state: RowState, before: Mapping[Column, str]) -> list[Change]:
    """Return the changes of a row in some columns, given their texts before."""
    texts = [(column.title, text, column.export(state)) for column, text in before.items()]
    return [(title, "" if state.is_new else text, after) for title, text, after in texts if after != text]


def _editor_messages(instance: Model, name: str, messages: list[str]) -> list[str]:
    fields = {field.name: field for field in instance._meta.fields}
    is_missing = name in fields and not fields[name].blank and not getattr(instance, name)
    noun = instance._meta.verbose_name
    return [f"This cannot be empty for a new {noun}. Write something."] if is_missing else messages
