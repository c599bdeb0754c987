"""Our crispy forms pack: label, hint, error, then what to fill in, with the ids that Django points to."""

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Fieldset, Layout, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template import Context, Template

from tests.peersupport.html import parse_text, with_id, words


class ReportForm(forms.Form):
    """A form with each kind of question."""

    what = forms.ChoiceField(
        label="What is wrong?",
        help_text="The closest answer will do.",
        choices=[("place", "The place"), ("time", "The time")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what is wrong"},
    )
    email = forms.EmailField(label="Email", help_text="Only if you want an answer.", required=False)
    days = forms.MultipleChoiceField(
        label="Which days?", choices=[("mon", "Monday")], widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(label="I am sure", error_messages={"required": "Tick the box"})
    code = forms.CharField(widget=forms.HiddenInput, required=False)


def render_component(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


def inside(element) -> list[tuple[str, str]]:
    """What stands in a field, from top to bottom: each with its tag, and its id or what it is for."""
    return [(e.tag, e.get("id") or e.get("for") or "") for e in element.iter() if e.get("id") or e.get("for")]


@pytest.fixture
def form() -> ReportForm:
    return ReportForm({"email": "not an address"})


def test_field_has_label_hint_error_and_input_in_this_order(form):
    html = render_component("{% load crispy_forms_filters %}{{ form.email|as_crispy_field }}", form=form)

    assert inside(parse_text(html)) == [
        ("label", "id_email"),
        ("div", "id_email_helptext"),
        ("p", "id_email_error"),
        ("input", "id_email"),
    ]


def test_field_is_described_by_its_hint_and_its_error(form):
    html = parse_text(render_component("{% load crispy_forms_filters %}{{ form.email|as_crispy_field }}", form=form))

    field = html.find(".//input")
    assert (field.get("aria-describedby"), field.get("aria-invalid")) == ("id_email_helptext id_email_error", "true")
    assert words(with_id(html, "id_email_helptext")) == "Only if you want an answer."
    assert words(with_id(html, "id_email_error")) == "Error: Enter a valid email address."


def test_choices_stand_in_a_group_with_its_question(form):
    html = parse_text(render_component("{% load crispy_forms_filters %}{{ form.what|as_crispy_field }}", form=form))

    fieldset = html.find(".//fieldset")
    assert fieldset.get("aria-describedby") == "id_what_helptext id_what_error"
    assert words(fieldset.find("legend")) == "What is wrong?"
    assert inside(fieldset)[1:] == [
        ("div", "id_what_helptext"),
        ("p", "id_what_error"),
        ("label", "id_what_0"),
        ("input", "id_what_0"),
        ("label", "id_what_1"),
        ("input", "id_what_1"),
    ]


def test_single_box_stands_in_its_label(form):
    html = parse_text(render_component("{% load crispy_forms_filters %}{{ form.sure|as_crispy_field }}", form=form))

    assert inside(html) == [("p", "id_sure_error"), ("label", "id_sure"), ("input", "id_sure")]


def test_hidden_field_shows_nothing_else(form):
    html = parse_text(render_component("{% load crispy_forms_filters %}{{ form.code|as_crispy_field }}", form=form))

    assert inside(html) == [("input", "id_code")]


def test_error_summary_takes_the_focus_and_leads_to_each_answer(form):
    html = parse_text(
        render_component('{% include "crispy_alongside/error_summary.html" with form=form only %}', form=form)
    )

    [summary] = html.iterfind(".//*[@class='error-summary']")
    assert (summary.get("tabindex"), "autofocus" in summary.attrib) == ("-1", True)
    assert [(link.get("href"), words(link)) for link in summary.iter("a")] == [
        ("#id_what_0", "Choose what is wrong"),
        ("#id_email", "Enter a valid email address."),
        ("#id_sure", "Tick the box"),
    ]


def test_error_summary_leads_to_what_is_wrong_with_the_whole(form):
    form.add_error(None, "These do not fit together")

    summary = parse_text(
        render_component('{% include "crispy_alongside/error_summary.html" with form=form only %}', form=form)
    )
    whole = parse_text(render_component("{% load crispy_forms_filters %}{{ form|crispy }}", form=form))

    assert summary.find(".//a").get("href") == "#form_error"
    assert words(with_id(whole, "form_error")) == "Error: These do not fit together"


def test_error_summary_is_absent_when_all_is_well():
    form = ReportForm({"what": "time", "sure": "on"})

    assert (
        render_component('{% include "crispy_alongside/error_summary.html" with form=form only %}', form=form).strip()
        == ""
    )


def test_whole_form_leaves_checking_to_us(form):
    html = parse_text(render_crispy_form(form, FormHelper()))

    [element] = html.iter("form")
    assert (element.get("method"), "novalidate" in element.attrib) == ("post", True)


def test_search_form_keeps_its_button_and_token_out_of_the_address(form):
    helper = FormHelper()
    helper.form_method = "get"
    helper.add_input(Submit("search", "Search"))

    html = parse_text(render_crispy_form(form, helper, {"csrf_token": "a-token"}))

    [button] = [field for field in html.iter("input") if field.get("type") == "submit"]
    assert (button.get("name"), button.get("value")) == (None, "Search")
    assert "csrfmiddlewaretoken" not in [field.get("name") for field in html.iter("input")]


def test_layout_keeps_its_order_and_its_groups(form):
    helper = FormHelper()
    helper.layout = Layout(Fieldset("About it", "what", "days"), Div(Field("email"), css_id="reply"), "sure")

    html = parse_text(render_crispy_form(form, helper))

    assert [words(legend) for legend in html.iter("legend")] == ["About it", "What is wrong?", "Which days?"]
    assert [field.get("name") for field in with_id(html, "reply").iter("input")] == ["email"]
    assert [field.get("name") for field in html.iter("input")] == ["what", "what", "days", "email", "sure"]


def test_optional_answers_are_marked_where_a_form_asks_for_it(form):
    helper = FormHelper()
    helper.mark_optional = True

    html = parse_text(render_crispy_form(form, helper))

    assert [words(label) for label in html.iter() if label.get("class") == "field__label"] == [
        "What is wrong?",
        "Email (optional)",
        "Which days? (optional)",
    ]
