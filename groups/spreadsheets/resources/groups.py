"""The sheet of groups, each with its organisation, venue and contact in the same row."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from organisations.admin import changes_since
from organisations.models import Organisation
from organisations.permissions import CHANGE, permissions_of

from ...models import SupportGroup
from ..columns import Column
from ..group_columns import group_columns
from ..group_importer import GroupImporter
from ..group_results import GroupImportResult
from ..group_writer import write
from ..loading import GroupLoader, load_hidden_addresses, portions
from ..preview import MOST_SHOWN, count_of
from ..row_state import shown_as_contact_first
from ..scope import ImportScope
from .base import SheetResource


class GroupResource(SheetResource):
    """Groups: foreign files can be mapped, and a row may add an organisation or a venue."""

    model = SupportGroup
    is_mapped = True
    not_exported = "It has no confidential venue, and no link for meetings online."
    own_rules = (
        "A row is about the group with its code. Without a code, it is about the one of that organisation with that "
        "name. If there is none, a new group is added, as a draft.",
        "An organisation is found by its charity number, its name or a name it had. A manager's file adds one that is "
        "not there, as a draft. If its name is nearly one that we have, we ask. Write “new:” before it, to add it "
        "all the same.",
        "A telephone or e-mail is for staff only, unless you name who agreed that everybody may see it.",
        "With “From list” and “Id in that list” the next file of the same list finds each row again, whatever its name "
        "is. What is gone from it is shown, and nothing is done to it.",
        "If a name is nearly one that we have, we ask. Write “new” under “Code” to add it all the same.",
        "An import never says that a listing has been checked.",
    )

    def columns(self) -> list[Column]:
        return group_columns()

    def scope(self, request: HttpRequest, page: Any) -> ImportScope:
        rights = permissions_of(request.user)
        groups: QuerySet[SupportGroup] = SupportGroup.objects.all()
        organisations = Organisation.objects.all()
        if not rights.is_manager:
            own = [key for key in rights.edits if rights.may(CHANGE, page, key)]
            groups, organisations = groups.filter(organisation__in=own), organisations.filter(pk__in=own)
        changes = partial(changes_since, request)
        return ImportScope(groups, organisations.in_bulk(), changes, may_add_organisations=rights.is_manager)

    def exported(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        return rows.order_by("organisation__name", "name", "pk")

    def export_rows(self, rows: QuerySet[Any]) -> Iterator[list[str]]:
        columns, loader = self.columns(), GroupLoader()
        keys = list(rows.values_list("pk", flat=True))
        for portion in portions(keys):
            found = SupportGroup.objects.in_bulk(portion)
            groups = loader.load(found[key] for key in portion if key in found)
            load_hidden_addresses(group.organisation for group in groups)
            for group in groups:
                state = loader.state_of(group)
                yield [column.export(state) for column in columns]
            loader.forget()

    def importer(self, scope: ImportScope) -> GroupImporter:
        return GroupImporter(scope)

    def write(self, result: GroupImportResult) -> None:
        write(result)

    def preview_context(self, result: GroupImportResult) -> dict[str, Any]:
        return {
            "organisation_rows": len(result.organisation_rows),
            "left_out": len(result.left_out),
            "venues": result.new_venues[:MOST_SHOWN],
            "new_organisations": result.new_organisations[:MOST_SHOWN],
            "changed_organisations": result.changed_organisations[:MOST_SHOWN],
            "unreleased": len(result.unreleased_contacts),
            "records": len(result.new_records),
            "gone": result.gone[:MOST_SHOWN],
            "gone_number": len(result.gone),
            "contact_first": shown_as_contact_first([*result.new, *result.changed])[:MOST_SHOWN],
        }

    def _more_written(self, result: GroupImportResult) -> list[str]:
        both = ((result.new_organisations, "added, as drafts"), (result.changed_organisations, "changed"))
        return [f"{count_of(len(states), 'organisation', 'organisations')} {done}" for states, done in both if states]


GROUPS = GroupResource()
