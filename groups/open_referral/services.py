"""Groups as services of Open Referral UK. Pure: of what was read, a setting or two, and the day."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from msgspec import UNSET

from common.dates import format_date
from common.models import related_rows
from organisations.choices import CheckedBy, Freshness, YesNo
from organisations.freshness import LAPSED_AFTER, freshness
from places.choices import AreaKind
from places.models import Area

from ..choices import Joining, LedBy, Route, Stage
from ..models import SupportGroup
from ..presenters import beside_services, stage_words, wanted
from . import fixed_terms
from .headings import AGREED_ON, MORE_ABOUT_THE_STAGE, OF_GROUP, ONLY_FOR, SOURCES, values_of, with_headings
from .identifiers import derived_id
from .language_codes import CODES
from .locations import Addresses, public_places
from .organizations import contact_record, organization
from .records import Attribute, CostOption, Language, Phone, Service, ServiceArea, Status, Url, known
from .schedules import dates_in_words, schedules_of
from .taxonomy import EDITED_TERMS, Vocabulary

_AREA_URI = "http://statistics.data.gov.uk/id/statistical-geography/"
_CLOSED_WORDS = "This group is closed to new people. Its place, times and contacts are not public."
#: What kind of link an attribute is, by the parent of its term.
_LINK_TYPES = {
    "kind": "service_type",
    "scope": "service_type",
    "led": "service_type",
    "topic": "service_type",
    "activity": "service_type",
    "audience": "intended_audience",
    "access": "attending_access",
    "joining": "attending_access",
    "route": "attending_access",
    "wellbeing": "service_type",
    "services": "eligibility",
    "status": "service_status",
    "wants": "service_status",
    "checked": "assurance",
}


@dataclass(frozen=True)
class Context:
    """What a group's record depends on besides the group."""

    today: datetime.date
    vocabulary: Vocabulary
    addresses: Addresses


def encode_service(group: SupportGroup, context: Context) -> Service:
    """Return the record of a group that was read whole by `read_whole`, with all that is nested in it.

    Of a closed group it says that it is closed, and of whom it is; of one that has ended, no place, time or contact.
    """
    service = minimal_service(group, context.today)
    service.organization = organization(group.organisation)
    service.organization_id = service.organization.id
    service.url = f"{settings.SITE_ADDRESS}{group.get_absolute_url()}"
    service.attributes = _attributes(service.id, group, context)
    if group.is_closed and not group.has_ended:
        service.application_process = _CLOSED_WORDS
        return service
    return _with_details(service, group, context)


def minimal_service(group: SupportGroup, today: datetime.date) -> Service:
    """Return enough of the record of a group to know what changed."""
    moment = known(group.__dict__.get("last_modified"))
    return Service(id=str(group.public_id), name=group.name, status=status_of(group, today), last_modified=moment)


def status_of(group: SupportGroup, today: datetime.date) -> Status:
    """Return the status of a group. One that nobody has checked for very long is not active."""
    if group.has_ended:
        return "defunct"
    if group.is_paused:
        return "temporarily closed"
    has_not_begun = group.is_forming and not _has_first_date(group, today)
    return "inactive" if has_not_begun or _is_lapsed(group, today) else "active"


def _is_lapsed(group: SupportGroup, today: datetime.date) -> bool:
    return freshness(group.last_checked_on, today).value == Freshness.LAPSED


def _has_first_date(group: SupportGroup, today: datetime.date) -> bool:
    return group.shows_dates and any(row.first_date for row in group.schedules_in_force(today))


def _with_details(service: Service, group: SupportGroup, context: Context) -> Service:
    places = public_places(group, context.today, context.addresses)
    service.description = _description(group)
    service.alert = known(" ".join(_alerts(group, context.today)))
    service.eligibility_description = known(_eligibility(group, context.vocabulary))
    service.minimum_age = group.age_from or UNSET
    service.maximum_age = group.age_to or UNSET
    if group.last_checked_on is not None:
        service.assured_date = group.last_checked_on
        service.assurer_email = known(settings.CONTACT_EMAIL)
    service.service_areas = [_service_area(service.id, area) for area in group.areas]
    if group.eligible_area is not None:
        service.service_areas.append(_service_area(service.id, group.eligible_area, ONLY_FOR))
    service.languages = [_language(service.id, row) for row in related_rows(group, "languages")]
    if not group.can_be_visited:
        return service
    service.contacts = [
        contact_record(row, context.vocabulary.nested, service_id=service.id) for row in group.released_contacts
    ]
    service.email = next((contact.email for contact in service.contacts if contact.email), UNSET)
    service.phones = [_phone_of_service(phone, service.id) for contact in service.contacts for phone in contact.phones]
    service.application_process = known(_application_process(group))
    service.additional_urls = _own_website(group, service.id)
    service.schedules = schedules_of(group, places, context.today)
    service.service_at_locations = list(places.values())
    return _with_cost(service, group)


def _phone_of_service(phone: Phone, service_id: str) -> Phone:
    return Phone(
        id=derived_id(service_id, "phone", phone.id),
        service_id=service_id,
        number=phone.number,
        type=phone.type,
        description=phone.description,
    )


def _description(group: SupportGroup) -> str:
    paragraphs = [group.summary]
    if group.can_be_visited:
        values = values_of(group, OF_GROUP)
        if group.agreement and group.agreed_on:
            values["agreement"] += f"\n\n{AGREED_ON}{format_date(group.agreed_on)}."
        paragraphs += [group.what_it_is_like, *with_headings(values, OF_GROUP)]
    sources = "\n\n".join(source.attribution for source in group.attributions)
    paragraphs += [f"{SOURCES}\n{sources}"] if sources else []
    return "\n\n".join(text.strip() for text in paragraphs if text.strip())


def _alerts(group: SupportGroup, today: datetime.date) -> list[str]:
    words = [group.stage_flag, _stage(group), group.back]
    if group.is_forming and group.can_be_visited and (looked_for := wanted(group)):
        words.append(f"When we were told of it, it was looking for {looked_for}.")
    if not group.has_ended and _is_lapsed(group, today):
        words.append(f"Nobody has checked for over {LAPSED_AFTER} months whether this is right.")
    return [text.strip() for text in (*words, *dates_in_words(group, today)) if text.strip()]


def _stage(group: SupportGroup) -> str:
    """Return sentences on a group's stage; of a break what else is said of it stands apart from why there is one."""
    words, note = stage_words(group), group.stage_note.strip()
    if not (group.is_paused and note):
        return words
    return f"{words.removesuffix(note)}{MORE_ABOUT_THE_STAGE}{note}"


def _eligibility(group: SupportGroup, vocabulary: Vocabulary) -> str:
    codes = (vocabulary.codes.get(("audiences", row.pk)) for row in related_rows(group, "audiences"))
    names = ", ".join(vocabulary.records[code].name for code in codes if code)
    by_place = f"Only if you are {group.eligible_by_place}." if group.eligible_by_place else ""
    services = [
        f"{question} {answer[0].lower()}{answer[1:]}"
        for question, answers in (beside_services(group) if group.can_be_visited else {}).items()
        for answer in answers
    ]
    return " ".join(filter(None, [f"For: {names}." if names else "", *services, by_place]))


def _application_process(group: SupportGroup) -> str:
    """Return how to join: in a line what is made of answers, then the group's own words, a line for each note."""
    lines = [f"{Route(row.route).label}: {row.note}" for row in related_rows(group, "routes") if row.note]
    if group.look_again_on:
        lines.append(f"We will ask again on {format_date(group.look_again_on)}.")
    if group.joining == Joining.NOT_SAID and not (group.joining_note or lines):
        return ""
    answers = " ".join(filter(None, [f"{group.joining_label}.", group.joining_reason, group.referral_words]))
    return "\n".join(text.strip() for text in (answers, group.joining_note, *lines) if text.strip())


def _own_website(group: SupportGroup, service_id: str) -> list[Url]:
    if not group.public_website:
        return []
    return [
        Url(
            id=derived_id(service_id, "website"),
            service_id=service_id,
            label="The group's own website",
            url=group.public_website,
        )
    ]


def _with_cost(service: Service, group: SupportGroup) -> Service:
    if group.is_free == YesNo.NOT_SAID:
        service.fees_description = known(group.cost_note)
        return service
    is_free = group.is_free == YesNo.YES
    service.fees = "Free" if is_free else group.cost_note
    service.fees_description = known(group.cost_note)
    service.cost_options = [
        CostOption(
            id=derived_id(service.id, "cost"),
            service_id=service.id,
            option="Free" if is_free else "There is a charge",
            amount=0 if is_free else UNSET,
            currency="GBP" if is_free else UNSET,
            amount_description=known(group.cost_note),
        )
    ]
    return service


def _service_area(service_id: str, area: Area, limit: str = "") -> ServiceArea:
    return ServiceArea(
        id=derived_id(service_id, "area", area.public_id, *filter(None, [limit])),
        service_id=service_id,
        name=area.name,
        service_area=f"{limit}{area.name} ({AreaKind(area.kind).label})",
        uri=f"{_AREA_URI}{area.gss_code}" if area.gss_code else UNSET,
    )


def _language(service_id: str, language: Any) -> Language:
    return Language(
        id=derived_id(service_id, "language", language.slug),
        service_id=service_id,
        name=language.name,
        code=known(CODES.get(str(language.slug), "")),
    )


def _attributes(service_id: str, group: SupportGroup, context: Context) -> list[Attribute]:
    terms = context.vocabulary.nested
    return [
        Attribute(
            id=derived_id(service_id, "attribute", code),
            link_id=service_id,
            link_entity="service",
            link_type=_LINK_TYPES[code.partition("-")[0]],
            taxonomy_term_id=terms[code].id,
            taxonomy_term=terms[code],
        )
        for code in _codes(group, context)
        if code in terms
    ]


def _codes(group: SupportGroup, context: Context) -> list[str]:
    """Return the codes of the terms of a group; of a closed one, that it is closed."""
    if group.is_closed and not group.has_ended:
        return [fixed_terms.CLOSED.code, fixed_terms.OF_STAGE[Stage(group.stage)].code]
    terms = [*fixed_terms.of_focus(group.focus), fixed_terms.OF_STAGE[Stage(group.stage)]]
    terms += [fixed_terms.OF_LEADER[LedBy(group.led_by)]] if group.led_by in fixed_terms.OF_LEADER else []
    if group.can_be_visited:
        joining = group.public_joining
        terms += [fixed_terms.OPEN] if joining != Joining.NOT_SAID else []
        terms += [fixed_terms.OF_JOINING[joining]] if joining in fixed_terms.OF_JOINING else []
        terms += [fixed_terms.OF_ROUTE[row.route] for row in related_rows(group, "routes")]
        terms += [term for (name, answer), term in fixed_terms.OF_SERVICES.items() if getattr(group, name) == answer]
    if group.is_forming and group.can_be_visited:
        terms += [term for name, term in fixed_terms.OF_WANTS.items() if getattr(group, name)]
    terms += [fixed_terms.SEVERAL] if group.stands_for_several else []
    terms += [term for value, term in fixed_terms.OF_WELLBEING.items() if value in group.wellbeing]
    means = group.__dict__.get("last_checked_by")
    terms += [fixed_terms.OF_CHECK[CheckedBy(means)]] if means else []
    codes = context.vocabulary.codes
    edited = [
        codes[relation, row.pk]
        for relation in EDITED_TERMS
        for row in related_rows(group, relation)
        if (relation, row.pk) in codes
    ]
    return [*(term.code for term in terms), *edited]
