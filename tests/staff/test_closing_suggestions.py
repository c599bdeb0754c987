"""Suggestions and needs are closed as what is so, and nobody is written what is not."""

import pytest
from model_bakery import baker

from groups.feedback.models.need import Need
from groups.feedback.models.suggestion import Suggestion
from tests.factories import make_group
from tests.staff.closing import ADDRESS, AGAIN
from tests.staff.forms import form_as_it_stands
from tests.staff.test_proposals import page
from tests.staff.test_venue_pages import sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggestion() -> Suggestion:
    return baker.make(Suggestion, name="Example painters", what="We paint.", email=ADDRESS)


@pytest.mark.parametrize(
    "state, group_is, refused",
    [
        ("drafted", None, "There is no draft yet."),
        ("known", None, "Choose the group that we have"),
        ("declined", "public", "The group that is chosen here has a page"),
        ("declined", None, ""),
        ("declined", "draft", ""),
        ("drafted", "draft", ""),
        ("known", "public", ""),
    ],
)
def test_suggestion_is_closed_only_as_what_is_so(admin_client, suggestion, sent, state, group_is, refused):
    group = make_group(draft=group_is == "draft") if group_is else None
    typed = form_as_it_stands(admin_client.get(page(suggestion))) | {"state": state}

    answer, letters = sent(
        lambda: admin_client.post(page(suggestion), typed | ({"group": group.pk} if group else {}), follow=True)
    )

    form = answer.context["adminform"].form if refused else None
    assert (Suggestion.objects.get().state, len(letters)) == (("open", 0) if refused else (state, 1))
    assert refused in "".join(form.errors.get("state", [])) if form else True


@pytest.mark.parametrize(
    "state, draft, words",
    [
        ("drafted", True, "We have begun a listing for it."),
        ("drafted", False, "It has a page now:\nhttp"),
        ("known", True, "it has no page that everybody can see"),
        ("known", False, "We have it already."),
    ],
)
def test_suggestion_is_told_whether_there_is_a_page(admin_client, suggestion, sent, state, draft, words):
    group = make_group(draft=draft)
    typed = form_as_it_stands(admin_client.get(page(suggestion))) | {"state": state, "group": group.pk}

    _, letters = sent(lambda: admin_client.post(page(suggestion), typed))

    assert [(words in body, group.get_absolute_url() in body) for body in letters] == [(True, not draft)]


def test_suggestion_that_is_opened_again_says_that_what_was_written_stays_so(admin_client, suggestion, sent):
    typed = form_as_it_stands(admin_client.get(page(suggestion)))
    admin_client.post(page(suggestion), typed | {"state": "declined"})

    opened, none = sent(lambda: admin_client.post(page(suggestion), typed | {"state": "open"}, follow=True))
    _, letters = sent(lambda: admin_client.post(page(suggestion), typed | {"state": "declined"}))

    assert (len(sentence(opened, "warning")), none) == (1, [])
    assert [AGAIN in body for body in letters] == [True]


@pytest.mark.parametrize("outcome, state", [("", "asked"), ("The Example painters.", "met")])
def test_need_is_met_only_with_a_word_of_where(admin_client, outcome, state):
    need = baker.make(Need, what="Painting on Fridays", is_shown=True)
    typed = form_as_it_stands(admin_client.get(page(need))) | {"state": "met", "outcome": outcome}

    admin_client.post(page(need), typed)

    assert Need.objects.get().state == state
