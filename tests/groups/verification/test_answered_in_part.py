"""Whoever has answered for one of several listings is thanked; before, nobody is."""

import pytest

from groups.verification.models import CheckRequest
from groups.verification.sending import send_check_requests
from groups.verification.tokens import make_token
from tests.factories import days_ago, make_group
from tests.groups.feedback.posting import FROM_OUR_PAGE
from tests.peersupport.html import parse

pytestmark = pytest.mark.django_db

THANKS = "Thank you. That is kept."


def test_page_thanks_for_one_answer_of_two(client, organisation, group, mailoutbox):
    make_group(name="Example singers", organisation=organisation)
    list(send_check_requests(days_ago(0)))
    link = f"/check/?t={make_token(CheckRequest.objects.get())}"

    before = client.get(link)
    first, _ = (box.get("value") for box in parse(before).iterfind(".//section//input[@name='shown']"))
    client.post(link, {"shown": first}, **FROM_OUR_PAGE)
    after = client.get(link)

    assert (THANKS in before.text, THANKS in after.text) == (False, True)
