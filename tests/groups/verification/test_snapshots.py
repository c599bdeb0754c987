"""Behind the link owners read the words of the public page, and which box is wrong."""

import pytest

from groups.verification.snapshots import facts_of
from tests.factories import make_group, make_venue
from tests.groups.verification.test_tokens import as_it_stands, page_of, post
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def test_pages_behind_the_link_speak_as_the_public_page_does(client, link, asked):
    listing = parse(client.get(link)).find(".//section[@class='panel']")
    form = parse(client.get(page_of(link, asked, "check_change"))).find(".//main//form")

    facts = [words(term) for term in listing.iter("dt")]
    boxes = [words(label) for label in form.iterfind(".//label[@class='field__label']")]
    assert {"Name", "In a sentence or two", "Who runs it", "How do I join?"} <= {*facts}
    assert boxes[:3] == ["What else has changed?", "Name", "In a sentence or two"]
    # It is theirs: nobody has to travel there to find out.
    assert "Nobody has checked this listing yet." in words(listing)
    assert "before you travel" not in words(listing)


@pytest.mark.parametrize(
    "typed, message",
    [
        ({"name": ""}, "“Name” is empty. Please fill it in."),
        ({"summary": "a" * 241}, "“In a sentence or two” is too long. Please use 240 letters or fewer."),
        ({"age_from": "ten"}, "We could not read “Youngest age”. Please look at it again."),
        ({"age_from": "-1"}, "We could not read “Youngest age”. Please look at it again."),
        ({"joining": "perhaps"}, "We could not read “How do I join?”. Please look at it again."),
    ],
)
def test_what_is_wrong_with_a_change_names_the_box(client, link, asked, typed, message):
    page = page_of(link, asked, "check_change")

    answer = parse(post(client, page, **as_it_stands(client.get(page)) | typed))

    assert [words(row) for row in answer.iterfind(".//div[@class='error-summary']//li")] == [message]


def test_how_to_join_is_shown_as_people_read_it_with_the_answer_it_was_made_of():
    hidden = make_group(confidential=True, joining="just come")
    public = make_group(venue=make_venue(), joining="just come")

    assert dict(facts_of(public))["How do I join?"] == "Just come along"
    assert dict(facts_of(hidden))["How do I join?"] == (
        "Contact the group first. The group will tell you where to come.\n"
        "You told us “Just come along”. People cannot see the address, so we ask them to contact you first."
    )
