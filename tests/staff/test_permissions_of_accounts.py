"""What somebody may do as code asks it, whichever page asks: each of these is all that stands in the way somewhere."""

import pytest
from django.contrib.auth.models import User

from groups.models import SupportGroup, Topic
from organisations.choices import EditorRole
from organisations.models import Editorship
from organisations.permissions import (
    ACTIONS,
    ADD,
    CHANGE,
    DELETE,
    VIEW,
    has_perm,
    model_permission_page,
    permissions_of,
)
from tests.factories import make_organisation
from tests.staff.people import make_editor, make_manager

pytestmark = pytest.mark.django_db


def test_editor_of_one_organisation_is_no_editor_of_another_that_they_propose_for():
    edited, proposed_for, other = (make_organisation() for _ in range(3))
    user = make_editor(edited)
    Editorship.objects.create(user=user, organisation=proposed_for, role=EditorRole.CONTRIBUTOR)
    rights, page = permissions_of(user), model_permission_page(SupportGroup)

    def allowed(organisation) -> set[str]:
        return {action for action in ACTIONS if rights.may(action, page, organisation.pk)}

    assert (allowed(edited), allowed(proposed_for), allowed(other)) == (
        {VIEW, ADD, CHANGE, DELETE},
        {VIEW, ADD, CHANGE},
        set(),
    )
    assert rights.keeps_with(DELETE, page) == {edited.pk}


def test_words_that_all_share_are_read_by_staff_who_keep_something_and_written_by_managers():
    topics = model_permission_page(Topic)
    stored, lone, manager = (
        permissions_of(user) for user in (make_editor(make_organisation()), make_editor(), make_manager())
    )

    allowed = [[rights.may(action, topics) for action in (VIEW, CHANGE)] for rights in (stored, lone, manager)]
    assert allowed == [[True, False], [False, False], [True, True]]


@pytest.mark.parametrize("has_given_code", [True, False])
def test_manager_who_owes_a_second_factor_has_no_rights_yet(has_given_code):
    manager = User.objects.get(pk=make_manager().pk)
    # As its middleware says of a request.
    manager.is_verified = lambda: has_given_code

    assert permissions_of(manager).is_manager is has_given_code
    assert has_perm(manager, "groups.change_supportgroup") is has_given_code


def test_nobody_has_a_permission_that_there_is_not():
    manager = make_manager()

    asked = [
        "groups.change_supportgroup",
        "groups.fly_supportgroup",
        "groups.change_nothing",
        "change_supportgroup",
        "",
    ]
    assert [has_perm(manager, permission) for permission in asked] == [True, False, False, False, False]
