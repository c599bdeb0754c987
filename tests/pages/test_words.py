"""Our own words, wherever they stand: short sentences, plain words, nothing that puts a label on people.

The listings on the pages are made up here and say next to nothing: what organisations write is theirs.
"""

import re

import pytest

from groups.models import SupportGroup
from organisations.models import Statement
from tests.architecture.repository import ROOT
from tests.factories import (
    days_ago,
    make_contact,
    make_event,
    make_group,
    make_organisation,
    make_quotation,
    make_role,
    make_schedule,
    make_training,
    make_venue,
)
from tests.pages.our_words import Texts, in_code, in_letters, in_templates, on_paper, on_public_pages, on_staff_pages
from tests.pages.plain_words import reading_age, runs, sentences, syllables, words_of
from tests.peersupport.html import parse_text
from tests.staff.test_admin_pages import ROWS

pytestmark = pytest.mark.taste

MOST_WORDS = 25
OLDEST = 10
#: A page is only measured where there is enough to measure, in words of whole sentences.
ENOUGH = 90
#: Words of others that their licence asks for, letter by letter.
NOT_OURS = ("Contains Ordnance Survey data", "Outlines from UK-GeoJSON")

#: What we do not say, and why not or what instead. Each is looked for as a whole word.
AVOIDED = {
    r"service users?": "people",
    r"clients?": "people",
    r"patients?": "people",
    r"suffer(s|ing|ers?)?": "have, live with",
    r"victims?": "people it happened to",
    r"mentally ill": "with mental health problems",
    r"(the )?vulnerable": "says nothing that helps",
    r"beneficiar(y|ies)": "people",
    r"stakeholders?": "who is meant",
    r"commit(s|ted)? suicide": "it is not a crime",
    r"(click|tap) here": "say where a link leads",
    r"in order to": "to",
    r"please note": "say it",
    r"prior to": "before",
    r"utili[sz]\w*": "use",
    r"facilitat\w*": "run, help",
    r"signpost\w*": "tell where",
    r"pathways?": "way in",
    r"provisions?": "what there is",
    r"holistic": "what is meant",
    r"empower\w*": "what is meant",
    r"interventions?": "help",
    r"outcomes?": "what became of it",
    r"cohorts?": "people",
    r"commence\w*": "begin",
    r"regarding": "about",
    r"via": "by, through",
    r"e\.g\.|i\.e\.|etc": "for example, that is",
    r"invalid": "say what is wrong with it",
    r"oops": "somebody may be in distress",
    r"simply|just click|easily": "it may not be",
}
_AVOIDED = re.compile("|".join(rf"\b(?:{words})(?!\w)" for words in AVOIDED), re.IGNORECASE)


@pytest.fixture
def minimal_directory(db):
    """One or two of everything, in the states that have words of ours, saying next to nothing themselves."""
    stored = make_organisation(name="Rowan", summary="Tea.", areas=["Somerset"], website="https://example.org/")
    contacts = [
        make_contact(organisation=stored, role_title="Host", phone="01632 960001", email="host@house.example"),
        make_contact(organisation=stored, role_title="Clerk", released=False),
    ]
    usual = {"organisation": stored, "summary": "Tea.", "contacts": contacts, "town": "Chard"}
    states = [{}, {"closed": True}, {"forming": True}, {"paused": True}, {"ended": True}, {"stands_for_several": True}]
    for number, state in enumerate([*states, {"online": True, "town": None}, {"joining": "waiting list"}]):
        group = make_group(name=f"Rowan {number}", checked=days_ago(number * 80), **(usual | state))
        if not group.stands_for_several:
            make_schedule(group)
    safe = make_group(name="Rowan safe", **(usual | {"town": None}), venue=make_venue(confidential=True, name="Elm"))
    make_schedule(safe)
    make_group(name="Rowan hall", **(usual | {"town": None}), venue=make_venue(name="Oak", postcode="TA20 1AA"))
    make_role(title="Rowan role", organisation=stored, summary="Tea.", areas=["Somerset"], contacts=contacts)
    make_training(title="Rowan course", organisation=stored, summary="Tea.", contacts=contacts)
    make_event(name="Rowan day", organisation=stored)
    make_quotation(organisation=stored, words="Tea.", explains_peer_support=True)
    Statement.objects.create(organisation=stored, theme="what", heading="Tea", text="Tea.", explains_peer_support=True)


@pytest.fixture
def message(client, minimal_directory, django_capture_on_commit_callbacks) -> Texts:
    """Every text of ours that is read in one go, by where it stands."""
    # One of the letters asks whether listings are right, and its link leads to pages.
    everywhere = in_letters(SupportGroup.objects.get(name="Rowan 0"), django_capture_on_commit_callbacks)
    everywhere |= on_public_pages(client)
    for row in ROWS.values():
        row()
    everywhere |= on_staff_pages()
    # The button that asks where somebody is has its words in its script.
    everywhere["near.js"] = re.findall(r': "(.*?)",\n', (ROOT / "static" / "js" / "near.js").read_text())
    everywhere |= in_templates() | on_paper() | in_code()
    return {where: [text for text in texts if not text.startswith(NOT_OURS)] for where, texts in everywhere.items()}


def test_words_are_plain_wherever_they_stand(message):
    long = {
        sentence
        for texts in message.values()
        for text in texts
        for sentence in sentences(text)
        if len(words_of(sentence)) > MOST_WORDS
    }
    avoided = {
        (where, match[0], text[:80])
        for where, texts in message.items()
        for text in texts
        for match in _AVOIDED.finditer(text)
    }
    ages = {where: round(reading_age(prose), 1) for where, texts in message.items() if (prose := _enough(texts))}

    assert long == set()
    assert avoided == set()
    assert len(ages) > 60
    assert {where: age for where, age in ages.items() if age > OLDEST} == {}


def test_words_are_found_wherever_they_stand(minimal_directory, django_capture_on_commit_callbacks):
    letters = in_letters(SupportGroup.objects.get(name="Rowan 0"), django_capture_on_commit_callbacks)

    # Of a report four, of a suggestion five, of a proposal three; an account, a password, and the question.
    assert len(letters) == 4 + 5 + 3 + 1 + 1 + 1
    assert "Please check before you travel." in on_paper()["pocket.typ"]
    assert (
        "You were right. We have put it right. Thank you for taking the time."
        in in_templates()["emails/report_closed.txt"]
    )
    assert (
        "If there is something to check, we will write to you again."
        in in_templates()["groups/verification/check_no_link.html"]
    )
    assert "Tell us what is wrong, in a few words." in in_code()["groups/feedback/report_form.py"]


def _enough(texts: list[str]) -> list[str]:
    """The whole sentences of a page that are its own; nothing where they are too few to say how hard it is."""
    prose = [text for text in dict.fromkeys(texts) if text.endswith((".", "?", "!"))]
    return prose if sum(len(words_of(text)) for text in prose) >= ENOUGH else []


def test_reading_age_is_that_of_flesch_and_kincaid():
    counted = {
        "tea": 1,
        "people": 2,
        "listening": 3,
        "organisation": 5,
        "joined": 1,
        "wanted": 2,
        "places": 2,
        "table": 2,
    }

    assert {word: syllables(word) for word in counted} == counted
    # Three words with three syllables in all, in one sentence: 0.39 x 3 + 11.8 - 15.59 + 5.
    assert round(reading_age(["We drink tea."]), 2) == 2.38


def test_page_is_read_in_runs_and_sentences():
    page = parse_text(
        '<main><p>We <b>drink</b> tea. Do you?</p><ul><li>Yes <a href="#">please</a></li></ul><img alt="A cup"></main>'
    )

    assert list(runs(page)) == ["We drink tea. Do you?", "Yes please", "A cup"]
    assert sentences("We drink tea. Do you? Yes: at 6.30pm.") == ["We drink tea.", "Do you?", "Yes: at 6.30pm."]
