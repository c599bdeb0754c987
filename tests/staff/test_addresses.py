"""The addresses of listings, which last: no editor takes one that leads to another organisation's."""

import pytest

from tests.factories import make_group, make_organisation
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_editor, sign_in
from tests.staff.test_admin_pages import admin_url

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_mine", [True, False])
def test_editor_takes_no_address_that_another_organisations_group_had(client, is_mine):
    """It stands on paper, and leads there."""
    mine = make_organisation()
    moved = make_group(organisation=mine if is_mine else make_organisation(), slug="example-before")
    moved.slug = "example-after"
    moved.save()
    group = make_group(organisation=mine)
    url = admin_url(type(group), "change", group.pk)
    editor = sign_in(client, make_editor(mine))

    editor.post(url, form_as_it_stands(editor.get(url)) | {"slug": "example-before"})

    group.refresh_from_db()
    assert (group.slug == "example-before") is is_mine
