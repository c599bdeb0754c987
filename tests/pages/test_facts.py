"""Every fact of the first sources can be read on the page where it belongs, and is kept as a value."""

import datetime
from collections.abc import Callable
from xml.etree.ElementTree import Element

import pytest
from django.urls import reverse

from groups.choices import Focus, Frequency, Joining, LedBy, Route, Stage, Weekday, Wellbeing
from groups.models import SupportGroup
from organisations.choices import (
    LivedExperience,
    OrganisationKind,
    Pay,
    Purpose,
    Recruiting,
    SupportRoute,
    Theme,
    TrainingKind,
    YesNo,
)
from organisations.models import Contact, Event, Membership, Organisation, PeerRole, Resource, Statement, Training
from tests.pages.addresses import addresses_and_searches
from tests.pages.facts import FACILITATED, FACTS, GUISBOROUGH, INDEPENDENT, LOFTUS, PSW, THURSDAY, TRUST
from tests.pages.test_nothing_leaks import OPENED
from tests.peersupport.html import parse

# That both databases hold the same directory is tests/architecture/test_two_databases.py.
pytestmark = pytest.mark.one_database

IDS = [
    f"{letter}{n}"
    for letter, last in (("T", 11), ("O", 16), ("N", 13), ("K", 10), ("D", 6))
    for n in range(1, last + 1)
]
#: What stands round a page's own words: the way to it, and the questions that can be asked of it.
_NOT_ITS_OWN = {"nav", "form"}
#: What runs on in a line; anything else stands apart from what comes before and after it.
_IN_A_LINE = {"a", "abbr", "b", "em", "span", "strong", "time"}


def _own_words(element: Element) -> str:
    """What somebody reads in a part of a page that is its own."""
    if element.tag in _NOT_ITS_OWN:
        return f" {element.tail or ''}"
    inside = "".join([element.text or "", *(_own_words(child) for child in element)])
    return f"{inside}{element.tail or ''}" if element.tag in _IN_A_LINE else f" {inside} {element.tail or ''}"


def main_of(client, address: str) -> str:
    """What somebody reads in a page's own part, in one line."""
    response = client.get(address)
    assert (address, response.status_code) == (address, 200)
    return " ".join(_own_words(parse(response).find(".//main")).split())


def test_table_has_every_fact():
    assert list(FACTS) == IDS


@pytest.mark.parametrize("fact", IDS)
def test_fact_stands_on_its_page(seed_directory, client, fact):
    mistakes = []
    for page in FACTS[fact]:
        main = main_of(client, page.address)
        mistakes += [f"{page.address} does not say: {words}" for words in page.words if words not in main]
        mistakes += [f"{page.address} says: {words}" for words in page.never if words in main]

    assert mistakes == []


def _organisation(slug: str) -> Organisation:
    return Organisation.objects.get(slug=slug)


def _group(slug: str) -> SupportGroup:
    return SupportGroup.objects.get(slug=slug)


def _role(title: str) -> PeerRole:
    return PeerRole.objects.get(title=title)


def _names(queryset) -> list[str]:
    return sorted(str(row) for row in queryset.all())


def _patterns(slug: str) -> list[tuple]:
    return list(_group(slug).schedules.values_list("frequency", "weekday", "starts_at", "ends_at"))


def _of_both_forming(value: Callable[[SupportGroup], object]) -> list:
    return [value(_group(slug)) for slug in (LOFTUS, GUISBOROUGH)]


#: For each fact that is more than words: what the directory keeps, and what it must be.
VALUES: dict[str, tuple[Callable[[], object], object]] = {
    "T2": (lambda: _names(Organisation.objects.filter(user_led=YesNo.YES)), ["Take Off"]),
    "T4": (
        lambda: list(
            SupportGroup.objects.filter(organisation__slug="take-off").values_list("focus", "stands_for_several")
        ),
        [(Focus.DOING, True), (Focus.TALKING, True)],
    ),
    "T4 when": (
        lambda: _patterns("take-off-talking-groups") + _patterns("take-off-doing-groups"),
        [(Frequency.ASK, None, None, None)] * 2,
    ),
    "T5": (
        lambda: [_names(item.areas_served) for item in (_organisation("take-off"), _group("take-off-doing-groups"))],
        [["East Kent"], ["East Kent"]],
    ),
    "T5 network": (
        lambda: list(Membership.objects.values_list("member__name", "words", "network__name")),
        [
            ("Take Off", "runs services with", "Live Well Kent"),
            ("WATCH", "is the peer specialist organisation of", "Open Mental Health"),
        ],
    ),
    "T6": (lambda: [_names(group.audiences) for group in SupportGroup.objects.all()], [[]] * 7),
    "T8": (lambda: Statement.objects.get(organisation__slug="take-off").theme, Theme.NEEDS),
    "T10": (
        lambda: [_role("Peer worker").pay, _role("Peer worker").recruiting, _role("Peer worker").lived_experience],
        [Pay.PAID, Recruiting.WAS, LivedExperience.NEEDED],
    ),
    "T10 training": (lambda: Training.objects.get(title="Train with Take Off").kind, TrainingKind.WORK),
    "O1": (
        lambda: [_organisation("open-mental-health").kind, _names(_organisation("open-mental-health").areas_served)],
        [OrganisationKind.NETWORK, ["Somerset"]],
    ),
    "O4": (
        lambda: [
            _group(FACILITATED).led_by,
            _group(FACILITATED).stands_for_several,
            _group(FACILITATED).focus,
            _names(_group(FACILITATED).areas_served),
            _patterns(FACILITATED),
        ],
        [LedBy.FACILITATED, True, Focus.NOT_SAID, ["Somerset"], [(Frequency.ASK, None, None, None)]],
    ),
    "O5": (
        lambda: [
            _patterns(THURSDAY),
            str(_group(THURSDAY).town),
            _group(THURSDAY).venue,
            _group(THURSDAY).joining,
            list(_group(THURSDAY).routes.values_list("route", flat=True)),
        ],
        [
            [(Frequency.WEEKLY, Weekday.THURSDAY, None, None)],
            "Chard, Somerset",
            None,
            Joining.MEMBERS,
            [Route.MEMBERSHIP],
        ],
    ),
    "O6": (lambda: Training.objects.get(title="Free courses").is_free, YesNo.YES),
    "O7": (
        lambda: [
            _group(INDEPENDENT).led_by,
            _group(INDEPENDENT).joining,
            _group(INDEPENDENT).stands_for_several,
            _patterns(INDEPENDENT),
            _names(_group(INDEPENDENT).contacts),
        ],
        [LedBy.INDEPENDENT, Joining.CLOSED, True, [], []],
    ),
    "O8": (
        lambda: _names(Training.objects.towards_starting_a_group()),
        ["Help to set up a peer support group, WATCH", "Peer support courses, WATCH"],
    ),
    "O9": (
        lambda: list(Contact.objects.filter(is_released=True).values_list("organisation__name", "email", "purpose")),
        [("WATCH", "info@watchproject.org.uk", Purpose.GENERAL)],
    ),
    "O10": (
        lambda: list(
            Contact.objects.filter(purpose=Purpose.STARTING).values_list(
                "role_title", "is_released", "trainings__title"
            )
        ),
        [("Peer Engagement Lead", False, "Help to set up a peer support group")],
    ),
    "O14": (
        lambda: [_role("Peer Mentor").pay, _role("Peer Mentor").one_to_one],
        [Pay.VOLUNTARY, YesNo.YES],
    ),
    "O15": (lambda: _role("Peer Supporter or Peer Support Worker").pay, Pay.EITHER),
    "N1": (
        lambda: [_organisation("north-east-together").kind, _names(_organisation("north-east-together").areas_served)],
        [OrganisationKind.NETWORK, ["North East"]],
    ),
    "N2": (lambda: _names(_role("Peer Support Co-ordinator").areas_served), ["Redcar and Cleveland"]),
    "N3": (
        lambda: [
            _role("Peer support volunteer").recruiting,
            _role("Peer support volunteer").pay,
            _role("Peer support volunteer").lived_experience,
            _of_both_forming(lambda group: (group.wants_members, group.wants_volunteers)),
        ],
        [Recruiting.WAS, Pay.VOLUNTARY, LivedExperience.WELCOME, [(True, True)] * 2],
    ),
    "N4": (
        lambda: _of_both_forming(lambda group: (group.stage, str(group.town), group.stands_for_several)),
        [
            (Stage.FORMING, "Loftus, Redcar and Cleveland", False),
            (Stage.FORMING, "Guisborough, Redcar and Cleveland", False),
        ],
    ),
    "N5": (
        lambda: _of_both_forming(lambda group: (group.focus, group.joining, _patterns(group.slug))),
        [(Focus.MEMBERS_DECIDE, Joining.MEMBERS_DECIDE, [(Frequency.TO_BE_AGREED, None, None, None)])] * 2,
    ),
    "N9": (
        lambda: _of_both_forming(lambda group: (group.while_waiting, group.alongside_services, group.after_services)),
        [(YesNo.YES, YesNo.YES, YesNo.YES)] * 2,
    ),
    "N10": (
        lambda: [
            _names(contact.groups) + _names(contact.roles)
            for contact in Contact.objects.filter(phone="07505769996", is_released=False)
        ],
        [
            [
                "Self-help group in Guisborough",
                "Self-help group in Loftus",
                "Peer Support Co-ordinator, North East Together",
                "Peer support volunteer, North East Together",
            ]
        ],
    ),
    "K3": (
        lambda: [
            _organisation(TRUST).former_names,
            _organisation(TRUST).kind,
            _names(_organisation(TRUST).areas_served),
        ],
        [["KMPT"], OrganisationKind.NHS_TRUST, ["Kent and Medway"]],
    ),
    "K4": (lambda: PeerRole.objects.get(slug=PSW).support_route, SupportRoute.CARE_COORDINATOR),
    "K6": (lambda: len(PeerRole.objects.get(slug=PSW).where_they_work), 7),
    "K7": (
        lambda: list(Event.objects.filter(series__name="Peer Support Awareness Week").values_list("name", "starts_on")),
        [
            ("Art exhibition", datetime.date(2016, 7, 1)),
            ("Fun day at The Beacon", datetime.date(2016, 7, 4)),
            ("Activities and a personal story at Ash Eton", datetime.date(2016, 7, 4)),
            ("Talk at North Kent Mind", datetime.date(2016, 7, 5)),
            ("Talk at Highlands House about a food bank", datetime.date(2016, 7, 5)),
            ("Talk at Dartford Mind by two patients", datetime.date(2016, 7, 5)),
            ("Filming for the Live It Library with Charlton Athletic", datetime.date(2016, 7, 6)),
            ("Rivendell team day", datetime.date(2016, 7, 6)),
            ("Staff football match", datetime.date(2016, 7, 7)),
        ],
    ),
    "K8": (lambda: _names(Resource.objects.filter(organisation__slug=TRUST)), ["Live It Library"]),
    "D1": (lambda: _organisation("dudley-mind").kind, OrganisationKind.CHARITY),
    "D3": (lambda: Wellbeing.labels, ["Be active", "Give", "Keep learning", "Take notice", "Connect"]),
}


@pytest.mark.parametrize("fact", VALUES)
def test_fact_is_a_value_that_can_be_asked(seed_directory, fact):
    stored, expected = VALUES[fact]

    assert stored() == expected


def test_events_stand_in_the_order_of_their_dates(seed_directory, client):
    main = main_of(client, reverse("organisations:event_list"))
    names = list(Event.objects.order_by("starts_on", "pk").values_list("name", flat=True))

    assert sorted(names, key=main.index) == names


def test_closed_group_shows_no_time_of_its_own(seed_directory, client):
    own, _, near_by = main_of(client, reverse("groups:group_detail", args=[INDEPENDENT])).partition(
        "What is open or being set up near by"
    )

    assert [words for words in ("When", "Day and time", "Every", "Who can I ask?") if words in own] == []
    assert "Next Thu " in near_by


def test_what_belongs_to_one_person_is_on_no_page(seed_directory, client):
    secrets = ("07505", "769996", "gemmaadams")

    shown = {
        address: [secret for secret in secrets if secret in text]
        for address in addresses_and_searches()
        for text in [OPENED.sub("", client.get(address).content.decode())]
    }

    assert {address: found for address, found in shown.items() if found} == {}
    assert len(shown) > 40
