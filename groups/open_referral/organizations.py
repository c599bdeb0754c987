"""Organisations as records of Open Referral UK."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from msgspec import UNSET

from organisations.choices import OrganisationKind, Purpose, YesNo
from organisations.models import Contact, Organisation

from . import records
from .fixed_terms import OF_PURPOSE, WHATSAPP
from .headings import OF_ORGANISATION, values_of, with_headings
from .identifiers import derived_id
from .locations import Addresses, office
from .records import Attribute, OrganizationIdentifier, Phone, TaxonomyTerm, known

_REGISTER = "https://register-of-charities.charitycommission.gov.uk/charity-search/-/charity-details/"
#: The registers of charities, as org-id.guide names them, by how their numbers look.
_SCHEMES = (("GB-SC", re.compile(r"SC\d{6}")), ("GB-NIC", re.compile(r"NIC?\d{6}")), ("GB-CHC", re.compile(r"\d{6,7}")))


def organization(organisation: Organisation) -> records.Organization:
    """Return the record of an organisation as it stands in its services."""
    organization_id = str(organisation.public_id)
    identifier = _charity(organisation, organization_id)
    number = identifier.identifier if identifier and identifier.identifier_scheme == "GB-CHC" else ""
    return records.Organization(
        id=organization_id,
        name=organisation.name,
        description=_description(organisation),
        alternate_name=known(", ".join(organisation.former_names)),
        legal_status=known(_kind(organisation)),
        website=known(organisation.website),
        uri=f"{_REGISTER}{number}" if number else UNSET,
        organization_identifiers=[identifier] if identifier else [],
    )


def full_organization(
    organisation: Organisation, terms: Mapping[str, TaxonomyTerm], addresses: Addresses
) -> records.Organization:
    """Return the record of an organisation on its own: how it works, too, its office, and its contacts.

    These were read as far as its page names them. `terms` are those of our taxonomy, by their codes.
    """
    record = organization(organisation)
    record.description = _full_description(organisation)
    place = office(organisation, addresses)
    record.locations = [place] if place is not None else []
    record.contacts = [
        contact_record(contact, terms, organization_id=record.id)
        for contact in organisation.contacts.all()
        if contact.is_released
    ]
    record.email = next((contact.email for contact in record.contacts if contact.email), UNSET)
    return record


def contact_record(contact: Contact, terms: Mapping[str, TaxonomyTerm], **owner: Any) -> records.Contact:
    """Return the record of a released contact: a role, never a person, with the numbers that somebody has checked.

    Clients make a link of a number, to be tapped: a wrong one would ring at a stranger's.
    """
    contact_id = str(contact.public_id)
    phones = []
    if contact.number_is_checked:
        numbers = ((contact.phone, "voice"), (contact.text_number, "text"))
        phones = [
            Phone(
                id=derived_id(contact_id, kind),
                contact_id=contact_id,
                number=international(number),
                type=kind,
                description=known(contact.hours),
            )
            for number, kind in numbers
            if number
        ]
    return records.Contact(
        id=contact_id,
        title=contact.title,
        email=known(contact.email),
        phones=phones,
        attributes=_attributes(contact_id, contact, terms),
        **owner,
    )


def _attributes(contact_id: str, contact: Contact, terms: Mapping[str, TaxonomyTerm]) -> list[Attribute]:
    """Return the terms of what a contact is for, but for questions of any kind, and that it takes WhatsApp."""
    purpose = OF_PURPOSE.get(Purpose(contact.purpose))
    found = [(purpose, "contact_purpose")] if purpose is not None else []
    if contact.takes_whatsapp and contact.number_is_checked:
        found.append((WHATSAPP, "contact_means"))
    return [
        Attribute(
            id=derived_id(contact_id, "attribute", term.code),
            link_id=contact_id,
            link_entity="contact",
            link_type=link_type,
            taxonomy_term_id=terms[term.code].id,
            taxonomy_term=terms[term.code],
        )
        for term, link_type in found
    ]


def international(number: str) -> str:
    """Return a telephone number of the United Kingdom as it is dialled from anywhere: "+44 1632 960001"."""
    return f"+44 {number[1:]}" if number.startswith("0") and not number.startswith("00") else number


def _description(organisation: Organisation) -> str:
    paragraphs = [organisation.summary, organisation.what_it_does]
    found = "\n\n".join(text.strip() for text in paragraphs if text.strip())
    return found or f"{organisation.name} is on {settings.SITE_NAME}."


def _full_description(organisation: Organisation) -> str:
    values = values_of(organisation, OF_ORGANISATION)
    is_led = {YesNo.YES: "Yes.", YesNo.NO: "No."}.get(YesNo(organisation.user_led), "")
    values["user_led"] = "\n\n".join(filter(None, [is_led, organisation.user_led_note]))
    return "\n\n".join([_description(organisation), *with_headings(values, OF_ORGANISATION)])


def _kind(organisation: Organisation) -> str:
    """Return what kind of body an organisation is; "" if nobody said."""
    kind = OrganisationKind(organisation.kind)
    return "" if kind == OrganisationKind.NOT_SAID else kind.label


def _charity(organisation: Organisation, organization_id: str) -> OrganizationIdentifier | None:
    number = organisation.charity_number.replace(" ", "").upper()
    scheme = next((scheme for scheme, pattern in _SCHEMES if pattern.fullmatch(number)), None)
    if scheme is None:
        return None
    return OrganizationIdentifier(
        id=derived_id(organization_id, scheme),
        organization_id=organization_id,
        identifier_scheme=scheme,
        identifier_type="Charity number",
        identifier=number,
    )
