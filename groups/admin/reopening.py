"""The action that undoes the end of a group, or that it was closed to new people."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse

from organisations.admin.errors import error_sentences
from organisations.admin.revisions import RevisionAdmin
from organisations.models import single_revision

from ..choices import Joining, Stage
from ..models import SupportGroup

#: What closes a group: the fields, and the value of the first of them.
_ENDED = (SupportGroup.ending_fields, Stage.ENDED)
_CLOSED = (("joining", "joining_note", "look_again_on"), Joining.CLOSED)


def version_before_closing(group: SupportGroup) -> tuple[Any, tuple[str, ...]] | None:
    """Return the newest version in which a group had not ended, or was not closed, and the fields that it had then.

    None for a group that is open, or was closed in all its versions.
    """
    if not group.has_ended and not group.is_closed:
        return None
    fields, value = _ENDED if group.has_ended else _CLOSED
    version = group.history.exclude(**{fields[0]: value}).first()
    return None if version is None else (version, fields)


class ReopeningAdmin(RevisionAdmin):
    """Mixin of the admin of groups, before `ModelAdmin`: the address that a button of an ended group posts to."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.reopen_view)
        return [path("<int:object_id>/reopen/", view, name="groups_supportgroup_reopen"), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add the address to the context, for those who may reopen the group."""
        group = context.get("original")
        if group is not None and self._may_reopen(request, group) and (before := version_before_closing(group)):
            version, fields = before
            context["reopen_url"] = reverse("admin:groups_supportgroup_reopen", args=[group.pk])
            context["reopen_words"] = str(getattr(version, f"get_{fields[0]}_display")())
        return super().render_change_form(request, context, *args, **kwargs)

    @transaction.atomic
    def reopen_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Set the fields that closed a group to what they were before, as one version; redirect to its page.

        Raises `PermissionDenied` for who may not change the group.
        """
        group = self._get_row(request, str(object_id))
        if not self._may_reopen(request, group):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:groups_supportgroup_change", args=[group.pk]))
        if request.method != "POST":
            return back
        group = SupportGroup.objects.select_for_update().get(pk=group.pk)
        before = version_before_closing(group)
        if before is None:
            messages.warning(request, f"Nothing was changed: “{group}” is open.")
            return back
        version, fields = before
        for name in fields:
            setattr(group, name, getattr(version, name))
        try:
            group.full_clean()
        except ValidationError as error:
            messages.error(request, f"This cannot be undone here: {error_sentences(error, SupportGroup)}")
            return back
        with single_revision(group, "Open again"):
            group.save()
        self.log_change(request, group, "Open again.")
        messages.success(request, f"“{group}” is as it was before. Read its page: is all of it still right?")
        return back

    def _may_reopen(self, request: HttpRequest, group: SupportGroup) -> bool:
        return self.has_change_permission(request, group) and not self.only_proposes(request, group)
