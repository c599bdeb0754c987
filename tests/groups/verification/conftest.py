import pytest

from groups.verification.models import CheckRequest
from groups.verification.sending import send_check_requests
from groups.verification.tokens import make_token
from tests.factories import days_ago, make_contact, make_group, make_organisation


@pytest.fixture
def organisation():
    """An organisation that was checked lately, with a contact for questions that is not released."""
    organisation = make_organisation(name="Example house", checked=days_ago(5))
    make_contact(organisation=organisation, purpose="general", email="desk@house.example", released=False)
    return organisation


@pytest.fixture
def group(organisation):
    """A group of it that is due."""
    return make_group(
        name="Example walkers", organisation=organisation, cost_note="£1", what_it_is_like="We walk.\nWe talk."
    )


@pytest.fixture
def asked(group, mailoutbox) -> CheckRequest:
    """The message that asked about it today."""
    assert [outcome.words for outcome in send_check_requests(days_ago(0))] == ["asked"]
    return CheckRequest.objects.get()


@pytest.fixture
def link(asked) -> str:
    """The address in that message, without the host."""
    return f"/check/?t={make_token(asked)}"
