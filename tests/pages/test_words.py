"""Our own words, on every page as it is shown: short sentences, plain words, nothing that puts a label on people.

The listings on the pages are made up here and say next to nothing: what organisations write is theirs.
"""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.urls import reverse

from organisations.help_lines import SECTIONS
from organisations.models import Statement
from peersupport import views
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
from tests.house.repository import ROOT
from tests.pages.addresses import addresses_and_searches
from tests.pages.plain_words import reading_age, runs, sentences, syllables, words_of
from tests.peersupport.html import parse, parse_text

MOST_WORDS = 25
OLDEST = 10
#: A page is only measured where there is enough to measure, in words of whole sentences.
ENOUGH = 90
#: Words of others that their licence asks for, letter by letter.
NOT_OURS = ("Contains Ordnance Survey data",)

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
    kept = make_organisation(name="Rowan", summary="Tea.", areas=["Somerset"], website="https://example.org/")
    contacts = [
        make_contact(organisation=kept, role_title="Host", phone="01632 960001"),
        make_contact(organisation=kept, role_title="Clerk", released=False),
    ]
    usual = {"organisation": kept, "summary": "Tea.", "contacts": contacts, "town": "Chard"}
    states = [{}, {"closed": True}, {"forming": True}, {"paused": True}, {"ended": True}, {"stands_for_several": True}]
    for number, state in enumerate([*states, {"online": True, "town": None}, {"joining": "waiting list"}]):
        group = make_group(name=f"Rowan {number}", checked=days_ago(number * 80), **(usual | state))
        if not group.stands_for_several:
            make_schedule(group)
    safe = make_group(name="Rowan safe", **(usual | {"town": None}), venue=make_venue(confidential=True, name="Elm"))
    make_schedule(safe)
    make_group(name="Rowan hall", **(usual | {"town": None}), venue=make_venue(name="Oak", postcode="TA20 1AA"))
    make_role(title="Rowan role", organisation=kept, summary="Tea.", areas=["Somerset"], contacts=contacts)
    make_training(title="Rowan course", organisation=kept, summary="Tea.", contacts=contacts)
    make_event(name="Rowan day", organisation=kept)
    make_quotation(organisation=kept, words="Tea.", explains_peer_support=True)
    Statement.objects.create(organisation=kept, theme="what", heading="Tea", text="Tea.", explains_peer_support=True)


def pages(client) -> dict[str, object]:
    """Every public page, forms sent empty, and what is shown when something goes wrong."""
    found = {address: parse(client.get(address)) for address in addresses_and_searches()}
    for name in ("missing", "group_suggest"):
        address = reverse(f"groups:{name}")
        found[f"{address} sent empty"] = parse(client.post(address, {}, headers={"origin": "http://testserver"}))
    request = RequestFactory().get("/")
    request.session, request.user = {}, SimpleNamespace(is_active=False, is_staff=False)
    wrong = {
        "400": views.bad_request(request, Exception()),
        "403": views.permission_denied(request, PermissionDenied()),
        "404": views.page_not_found(request, Http404()),
        "500": views.server_error(request),
    }
    return found | {status: parse_text(response.content.decode()) for status, response in wrong.items()}


def letters() -> dict[str, list[str]]:
    """What we write to people, without what is filled in."""
    texts = {}
    for path in sorted((ROOT / "templates" / "letters").glob("*.txt")):
        plain = re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", path.read_text(), flags=re.DOTALL)
        texts[path.name] = [" ".join(one.split()) for one in re.sub(r"\{\{.*?\}\}", "Rowan", plain).split("\n\n")]
    return texts


@pytest.fixture
def said(client, minimal_directory) -> dict[str, list[str]]:
    """Every text of ours that is read in one go, by where it stands."""
    everywhere = {where: list(runs(page)) for where, page in pages(client).items()}
    # The button that asks where somebody is has its words in its script.
    everywhere["near.js"] = re.findall(r': "(.*?)",\n', (ROOT / "static" / "js" / "near.js").read_text())
    everywhere["help lines"] = [text for one in SECTIONS for line in one.lines for text in (line.expect, line.hours)]
    return {
        where: [text for text in texts if not text.startswith(NOT_OURS)]
        for where, texts in (everywhere | letters()).items()
    }


def test_words_of_every_page_are_plain(said):
    long = {
        sentence
        for texts in said.values()
        for text in texts
        for sentence in sentences(text)
        if len(words_of(sentence)) > MOST_WORDS
    }
    avoided = {
        (where, match[0], text[:80])
        for where, texts in said.items()
        for text in texts
        for match in _AVOIDED.finditer(text)
    }
    ages = {where: round(reading_age(prose), 1) for where, texts in said.items() if (prose := _enough(texts))}

    assert long == set()
    assert avoided == set()
    assert len(ages) > 20
    assert {where: age for where, age in ages.items() if age > OLDEST} == {}


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
