"""Nothing is said to be put right with nothing changed, and nobody is written what is not so."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from model_bakery import baker

from groups.choices import ProposalSource, ReportPart
from groups.models import Need, Proposal, Report, Suggestion
from groups.telling import propose, propose_from, take_report
from organisations.models import one_version
from tests.factories import days_ago, make_group, make_organisation
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_contributor, make_editor, make_manager, sign_in
from tests.staff.test_proposals import change_times, page
from tests.staff.test_venue_pages import said

pytestmark = pytest.mark.django_db

ADDRESS = "somebody@example.org"
LIST = reverse("admin:groups_report_changelist")
PUT_RIGHT, RIGHT_NOW = "You were right. We have put it right.", "As far as we know, the page is right now."
CHANGED, LEFT = "The page has been changed since you told us.", "We looked into it, and have left the page as it is."
TICKED = {"_all": "1", "note_is_done": "1"}


@pytest.fixture
def group():
    return make_group(name="Example walkers", cost_note="£1")


@pytest.fixture
def report(group) -> Report:
    return take_report(group, ReportPart.TIME, "At 7pm.", ADDRESS)


@pytest.fixture
def proposal(report) -> Proposal:
    return propose_from(report)


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Do something, and say what its answer was and what was written to whom since."""

    def doing(something):
        del mailoutbox[:]
        with django_capture_on_commit_callbacks(execute=True):
            answer = something()
        return answer, [letter.body for letter in mailoutbox]

    return doing


def decided(client, proposal, **typed):
    return client.post(page(proposal), {"revision": proposal.listing.revision, **typed}, follow=True)


def carried(answer, button: str = "_close_all") -> dict:
    """What the page that asks would send, with one of its buttons."""
    asked = [str(case.told.pk) for case in answer.context["cases"]]
    fields: dict[str, list[str]] = {"_asked": asked, button: ["1"]}
    for name, value in answer.context["carried"]:
        fields.setdefault(name, []).append(value)
    return fields


def is_asking(answer) -> bool:
    return "Nothing has been closed yet, and nobody has been written to." in answer.text


# A proposal made of a report


def test_done_without_the_tick_is_refused_and_nobody_is_written_to(admin_client, proposal, sent):
    answer, letters = sent(lambda: decided(admin_client, proposal, _all="1"))

    assert answer.context["problem"].startswith("You have not ticked “I have put it in”.")
    assert (Proposal.objects.get().state, Report.objects.get().state, letters) == ("open", "open", [])


def test_done_with_the_tick_and_nothing_changed_is_asked_about_first(admin_client, group, proposal, sent):
    asking, before = sent(lambda: decided(admin_client, proposal, **TICKED))
    states = (Proposal.objects.get().state, Report.objects.get().state)
    answer, after = sent(lambda: admin_client.post(page(proposal), carried(asking), follow=True))

    assert (is_asking(asking), states, before) == (True, ("open", "open"), [])
    assert "The day or time has not been changed since this came on" in asking.text
    assert "At 7pm." in asking.text
    assert (Proposal.objects.get().state, Report.objects.get().state) == ("accepted", "done")
    assert [(RIGHT_NOW in body, PUT_RIGHT in body) for body in after] == [(True, False)]
    assert said(answer, "success")[-1] == "We write to whoever wanted to hear what became of it."


def test_done_with_the_tick_and_a_change_is_written_as_put_right(admin_client, group, proposal, sent):
    change_times(group)
    proposal.refresh_from_db()

    _, letters = sent(lambda: decided(admin_client, proposal, **TICKED))

    assert (Report.objects.get().state, [PUT_RIGHT in body for body in letters]) == ("done", [True])


def test_change_of_something_else_is_asked_about_too(admin_client, group, proposal, sent):
    group.cost_note = "£2"
    with one_version(group):
        group.save()
    proposal.refresh_from_db()

    asking, letters = sent(lambda: decided(admin_client, proposal, **TICKED))

    assert (is_asking(asking), letters) == (True, [])


def test_answer_to_another_question_confirms_nothing(admin_client, proposal):
    other = propose_from(take_report(make_group(), ReportPart.TIME, "At 9pm."))

    answer = decided(admin_client, proposal, **TICKED, _close_all="1", _asked=str(other.pk))

    assert (is_asking(answer), Proposal.objects.get(pk=proposal.pk).state) == (True, "open")


def test_report_that_a_group_has_ended_is_put_right_by_taking_that(admin_client, group, sent):
    proposal = propose_from(take_report(group, ReportPart.ENDED, "They said so.", ADDRESS))

    _, letters = sent(lambda: decided(admin_client, proposal, **TICKED))

    assert (Report.objects.get().state, [PUT_RIGHT in body for body in letters]) == ("done", [True])


def test_field_that_is_taken_puts_no_note_in(admin_client, group, sent):
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£2"}, "At 7pm now.", email=ADDRESS)

    unticked, first = sent(lambda: decided(admin_client, proposal, _all="1"))
    asking, second = sent(lambda: decided(admin_client, proposal, **TICKED))
    group.refresh_from_db()

    assert "press “Take what is ticked”" in unticked.context["problem"]
    assert (is_asking(asking), group.cost_note, first, second) == (True, "£1", [], [])
    assert "Nothing on it, nor on its venue and contacts, has been changed" in asking.text


def test_nothing_ticked_is_not_the_same_as_taking_none(admin_client, group, sent):
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£2"}, email=ADDRESS)

    answer, letters = sent(lambda: decided(admin_client, proposal, _some="1"))
    nothing, more = sent(lambda: decided(admin_client, proposal))

    assert [one.context["problem"] for one in (answer, nothing)] == [
        "Nothing is ticked. Tick what you take, or press “Take none of it”."
    ] * 2
    assert (Proposal.objects.get().state, letters, more) == ("open", [], [])


@pytest.mark.parametrize("changes, words", [(True, CHANGED), (False, LEFT)])
def test_report_that_is_declined_is_told_truly_whether_the_page_was_changed(
    admin_client, group, proposal, sent, changes, words
):
    if changes:
        change_times(group)
    proposal.refresh_from_db()

    _, letters = sent(lambda: decided(admin_client, proposal, _none="1"))

    assert (Report.objects.get().state, [words in body for body in letters]) == ("declined", [True])


# Opening again


def test_decided_proposal_is_opened_again_with_its_report_and_decided_anew(admin_client, group, proposal, sent):
    change_times(group)
    proposal.refresh_from_db()
    decided(admin_client, proposal, _none="1")
    shown = admin_client.get(page(proposal)).text

    opened, first = sent(lambda: decided(admin_client, proposal, _reopen="1"))
    states = (Proposal.objects.get().state, Report.objects.get().state, Report.objects.get().closed_on)
    answer, letters = sent(lambda: decided(admin_client, proposal, **TICKED))

    assert "We have written to somebody about this. That cannot be taken back." in shown
    assert (states, first) == (("open", "open", None), [])
    assert "Not taken" in opened.text
    now = Proposal.objects.get()
    assert (now.state, [one["state"] for one in now.earlier_decisions]) == ("accepted", ["refused"])
    assert now.reopened_on == days_ago(0)
    assert [("We may have written to you about this before." in body, PUT_RIGHT in body) for body in letters] == [
        (True, True)
    ]
    assert "Decided before" in answer.text
    logged = [entry.change_message for entry in LogEntry.objects.order_by("pk")]
    assert logged == ["Not taken.", "Opened again. It was: Not taken.", "Taken."]


def test_proposal_that_is_open_is_not_opened_again(admin_client, proposal):
    answer = decided(admin_client, proposal, _reopen="1")

    assert answer.context["problem"] == "It is open already."
    assert Proposal.objects.get().earlier_decisions == []


def test_only_who_may_decide_may_open_again(client, group):
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£2"})
    decided(sign_in(client, make_manager()), proposal, _none="1")

    contributor = sign_in(client, make_contributor(group.organisation))
    shown = contributor.get(page(proposal)).text
    refused = contributor.post(page(proposal), {"_reopen": "1"}).status_code
    state = Proposal.objects.get().state
    other = sign_in(client, make_editor(make_organisation())).post(page(proposal), {"_reopen": "1"}).status_code
    editor = decided(sign_in(client, make_editor(group.organisation)), proposal, _reopen="1").status_code

    assert ("Open it again" in shown, refused, state, other, editor) == (False, 403, "refused", 302, 200)
    assert Proposal.objects.get().state == "open"


def test_field_that_was_taken_before_stays_taken_when_more_is_taken(admin_client, group, sent):
    proposal = propose(group, ProposalSource.LINK, {"cost_note": "£2", "summary": "By the sea."}, email=ADDRESS)
    decided(admin_client, proposal, _some="1", take=["cost_note"])
    decided(admin_client, proposal, _reopen="1")
    proposal = Proposal.objects.get()

    _, letters = sent(lambda: decided(admin_client, proposal, _some="1", take=["summary"]))

    group.refresh_from_db()
    assert (group.cost_note, group.summary, Proposal.objects.get().state) == ("£2", "By the sea.", "accepted")
    assert ["We have put it in." in body for body in letters] == [True]


# Reports, one by one and many at once


def test_page_of_a_report_asks_before_it_is_put_right_with_nothing_changed(admin_client, group, report, sent):
    typed = form_as_it_stands(admin_client.get(page(report))) | {"state": "done", "staff_note": "Rang them."}

    asking, before = sent(lambda: admin_client.post(page(report), typed))
    state = Report.objects.get().state
    _, after = sent(lambda: admin_client.post(page(report), carried(asking)))

    report.refresh_from_db()
    assert (is_asking(asking), state, before) == (True, "open", [])
    assert (report.state, report.staff_note) == ("done", "Rang them.")
    assert [RIGHT_NOW in body for body in after] == [True]


def test_page_of_a_report_says_first_what_is_wrong_with_its_form(admin_client, report):
    typed = form_as_it_stands(admin_client.get(page(report))) | {"state": "done", "part": "colour"}

    answer = admin_client.post(page(report), typed)

    assert (is_asking(answer), "part" in answer.context["adminform"].form.errors) == (False, True)


def test_report_that_was_declined_is_not_made_put_right_without_asking(admin_client, report):
    typed = form_as_it_stands(admin_client.get(page(report)))
    admin_client.post(page(report), typed | {"state": "declined"})

    answer = admin_client.post(page(report), typed | {"state": "done"})

    assert (is_asking(answer), Report.objects.get().state) == (True, "declined")


def test_report_that_is_opened_again_says_that_what_was_written_stays_so(admin_client, report, sent):
    typed = form_as_it_stands(admin_client.get(page(report)))
    admin_client.post(page(report), typed | {"state": "declined"})

    opened, none = sent(lambda: admin_client.post(page(report), typed | {"state": "open"}, follow=True))
    dates = Report.objects.values_list("state", "closed_on", "reopened_on").get()
    _, letters = sent(lambda: admin_client.post(page(report), typed | {"state": "declined"}))

    assert said(opened, "warning") == [
        "It is open again. If somebody was written to when it was closed, that cannot be taken back."
    ]
    assert (dates, none) == (("open", None, days_ago(0)), [])
    assert ["We may have written to you about this before." in body for body in letters] == [True]


@pytest.fixture
def reports(report, group) -> list[Report]:
    """Two reports of which nothing was changed, and one of a group whose time was."""
    place = take_report(group, ReportPart.PLACE, "The library.")
    other = make_group(name="Example swimmers")
    put_right = take_report(other, ReportPart.TIME, "At 8pm.", "other@example.org")
    change_times(other)
    return [report, place, put_right]


def chosen(reports: list[Report], **more) -> dict:
    return {"action": "put_right", "_selected_action": [report.pk for report in reports], **more}


def states() -> list[str]:
    return list(Report.objects.order_by("pk").values_list("state", flat=True))


def test_many_reports_are_asked_about_before_any_is_closed(admin_client, reports, sent):
    asking, letters = sent(lambda: admin_client.post(LIST, chosen(reports)))

    assert (is_asking(asking), states(), letters) == (True, ["open"] * 3, [])
    assert [case.told for case in asking.context["cases"]] == [reports[1], reports[0]]
    assert "Close only the 1 with a change" in asking.text


@pytest.mark.parametrize(
    "button, closed, written",
    [
        ("_close_changed", ["open", "open", "done"], [PUT_RIGHT]),
        ("_close_all", ["done"] * 3, [RIGHT_NOW, PUT_RIGHT]),
    ],
)
def test_many_reports_are_closed_as_was_answered(admin_client, reports, sent, button, closed, written):
    asking = admin_client.post(LIST, chosen(reports))

    _, letters = sent(lambda: admin_client.post(LIST, carried(asking, button)))

    assert states() == closed
    assert sorted(next(one for one in (PUT_RIGHT, RIGHT_NOW) if one in body) for body in letters) == sorted(written)


def test_many_reports_with_a_change_are_closed_at_once(admin_client, reports, group):
    change_times(group)

    answer = admin_client.post(LIST, chosen([reports[0], reports[2]]), follow=True)

    assert (states(), said(answer, "success")) == (["done", "open", "done"], ["2 reports closed."])


def test_more_reports_than_anybody_reads_are_not_closed_at_once(admin_client, reports, monkeypatch):
    monkeypatch.setattr("groups.admin.told.MOST_ASKED_ABOUT", 1)

    answer = admin_client.post(LIST, chosen(reports), follow=True)

    assert (states(), said(answer, "error")) == (
        ["open"] * 3,
        ["Nothing was closed: nothing was changed for 2 of these. Choose fewer at once."],
    )


def test_report_that_came_since_the_question_is_asked_about_itself(admin_client, reports):
    asking = admin_client.post(LIST, chosen(reports[:1]))

    answer = admin_client.post(LIST, carried(asking) | {"_selected_action": [report.pk for report in reports[:2]]})

    assert (is_asking(answer), states()) == (True, ["open"] * 3)


# Suggestions and needs


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

    assert (len(said(opened, "warning")), none) == (1, [])
    assert ["We may have written to you about this before." in body for body in letters] == [True]


@pytest.mark.parametrize("outcome, state", [("", "asked"), ("The Example painters.", "met")])
def test_need_is_met_only_with_a_word_of_where(admin_client, outcome, state):
    need = baker.make(Need, what="Painting on Fridays", is_shown=True)
    typed = form_as_it_stands(admin_client.get(page(need))) | {"state": "met", "outcome": outcome}

    admin_client.post(page(need), typed)

    assert Need.objects.get().state == state
