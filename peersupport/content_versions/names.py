"""Which tables change which content versions.

Each table that a public page reads has a version of its own name. A row also changes the version of the organisation
whose pages show it (`organisation_version`), and, unless it is on no cached page, that of the whole site.
"""

from common.models.content_version import PLACES, SITE, SUPPORT, TERMS

_OWN = "SELECT r.organisation_id AS pk FROM {rows} r"
_OF_GROUP = "SELECT g.organisation_id AS pk FROM {rows} r JOIN groups_supportgroup g ON g.id = r.%s"
_OF_ROLE = "SELECT o.organisation_id AS pk FROM {rows} r JOIN organisations_peerrole o ON o.id = r.%s"
_OF_TRAINING = "SELECT o.organisation_id AS pk FROM {rows} r JOIN organisations_training o ON o.id = r.%s"
_OF_VENUE = (
    "SELECT g.organisation_id AS pk FROM {rows} r JOIN groups_supportgroup g ON g.venue_id = r.%s"
    " UNION SELECT g.organisation_id FROM {rows} r JOIN groups_schedule s ON s.venue_id = r.%s"
    " JOIN groups_supportgroup g ON g.id = s.group_id"
    " UNION SELECT g.organisation_id FROM {rows} r JOIN groups_schedulechange s ON s.venue_id = r.%s"
    " JOIN groups_supportgroup g ON g.id = s.group_id"
)
#: An organisation is named on the pages of its networks, its members and the groups of its members.
_WITH_NETWORKS = (
    "SELECT r.id AS pk FROM {rows} r"
    " UNION SELECT m.member_id FROM {rows} r JOIN organisations_membership m ON m.network_id = r.id"
    " UNION SELECT m.network_id FROM {rows} r JOIN organisations_membership m ON m.member_id = r.id"
)
#: A listing may name the contact of another organisation, whose own page shows it only while some listing does.
_CONTACTS_OF = " UNION SELECT c.organisation_id FROM {rows} r JOIN %s l ON l.%s_id = r.%s JOIN organisations_contact c"
_CONTACTS_OF += " ON c.id = l.contact_id"
_LISTINGS = {
    "supportgroup": ("groups_supportgroup", "groups_supportgroup_contacts"),
    "peerrole": ("organisations_peerrole", "organisations_peerrole_contacts"),
    "training": ("organisations_training", "organisations_training_contacts"),
}
_OF_CONTACT = _OWN + "".join(
    f" UNION SELECT o.organisation_id FROM {{rows}} r JOIN {links} l ON l.contact_id = r.id"
    f" JOIN {table} o ON o.id = l.{column}_id"
    for column, (table, links) in _LISTINGS.items()
)


def _of_venue(column: str) -> str:
    return _OF_VENUE.replace("%s", column)


def _listing(column: str) -> tuple[tuple[str, ...], str]:
    return ("id", "organisation_id"), _OWN + _CONTACTS_OF % (_LISTINGS[column][1], column, "id")


def _link_to_contact(column: str, of_listing: str) -> tuple[tuple[str, ...], str]:
    contacts = " UNION SELECT c.organisation_id FROM {rows} r JOIN organisations_contact c ON c.id = r.contact_id"
    return (f"{column}_id", "contact_id"), of_listing % f"{column}_id" + contacts


_OF_RECORD = (
    "SELECT r.organisation_id AS pk FROM {rows} r WHERE r.organisation_id IS NOT NULL"
    " UNION SELECT g.organisation_id FROM {rows} r JOIN groups_supportgroup g ON g.id = r.group_id"
)
_OF_SOURCE = (
    "SELECT s.organisation_id AS pk FROM {rows} r JOIN groups_sourcerecord s ON s.source_id = r.id"
    " WHERE s.organisation_id IS NOT NULL"
    " UNION SELECT g.organisation_id FROM {rows} r JOIN groups_sourcerecord s ON s.source_id = r.id"
    " JOIN groups_supportgroup g ON g.id = s.group_id"
)

TERM_TABLES = ("groups_topic", "groups_activity", "groups_audience", "groups_language", "groups_accessfeature")
#: For each table, the columns that its query needs, and the query for the organisations whose pages show some rows;
#: "" where pages of any organisation may.
OWNERS: dict[str, tuple[tuple[str, ...], str]] = {
    "organisations_organisation": (("id",), _WITH_NETWORKS),
    "organisations_organisation_areas_served": (("organisation_id",), _OWN),
    "organisations_organisationcheck": (("listing_id",), "SELECT r.listing_id AS pk FROM {rows} r"),
    "organisations_resource": (("organisation_id",), _OWN),
    "organisations_contact": (("id", "organisation_id"), _OF_CONTACT),
    "organisations_statement": (("organisation_id",), _OWN),
    "organisations_quotation": (("organisation_id",), _OWN),
    "organisations_event": (("organisation_id",), _OWN),
    "organisations_eventseries": (
        ("id", "organisation_id"),
        f"{_OWN} UNION SELECT e.organisation_id FROM {{rows}} r JOIN organisations_event e ON e.series_id = r.id",
    ),
    "organisations_membership": (
        ("network_id", "member_id"),
        "SELECT r.network_id AS pk FROM {rows} r UNION SELECT r.member_id FROM {rows} r",
    ),
    "organisations_peerrole": _listing("peerrole"),
    "organisations_peerrole_areas_served": (("peerrole_id",), _OF_ROLE % "peerrole_id"),
    "organisations_peerrole_contacts": _link_to_contact("peerrole", _OF_ROLE),
    "organisations_peerrolecheck": (("listing_id",), _OF_ROLE % "listing_id"),
    "organisations_training": _listing("training"),
    "organisations_training_areas_served": (("training_id",), _OF_TRAINING % "training_id"),
    "organisations_training_contacts": _link_to_contact("training", _OF_TRAINING),
    "organisations_trainingcheck": (("listing_id",), _OF_TRAINING % "listing_id"),
    "groups_supportgroup": _listing("supportgroup"),
    **{
        f"groups_supportgroup_{relation}": (("supportgroup_id",), _OF_GROUP % "supportgroup_id")
        for relation in ("topics", "activities", "audiences", "areas_served", "languages")
    },
    "groups_supportgroup_contacts": _link_to_contact("supportgroup", _OF_GROUP),
    "groups_groupcheck": (("listing_id",), _OF_GROUP % "listing_id"),
    "groups_joiningroute": (("group_id",), _OF_GROUP % "group_id"),
    "groups_schedule": (("group_id",), _OF_GROUP % "group_id"),
    "groups_schedulechange": (("group_id",), _OF_GROUP % "group_id"),
    "groups_venue": (("id",), _of_venue("id")),
    "groups_venue_access_features": (("venue_id",), _of_venue("venue_id")),
    "groups_source": (("id",), _OF_SOURCE),
    "groups_sourcerecord": (("group_id", "organisation_id"), _OF_RECORD),
    **dict.fromkeys(TERM_TABLES, ((), "")),
}
#: Tables of places. Of the postcodes, 1.7 million rows, each load writes a row in the last.
PLACE_TABLES = (
    "places_area",
    "places_areapart",
    "places_locality",
    "places_postcodesector",
    "places_town",
    "places_gazetteerload",
)
#: Who gives other support than groups, and where.
SUPPORT_TABLES = (
    "organisations_organisation",
    "organisations_organisation_areas_served",
    "organisations_peerrole",
    "organisations_peerrole_areas_served",
    "organisations_peerrolecheck",
)
#: What decides in which areas a group is counted: the columns of each table that do; () where any write may.
COUNTED: dict[str, tuple[str, ...]] = {
    "groups_supportgroup": ("publication", "stage", "joining", "organisation_id", "venue_id", "town_id"),
    "groups_supportgroup_areas_served": (),
    "groups_groupcheck": (),
    "groups_venue": ("address_is_confidential", "town_id", "district_id", "outward_code", "latitude", "longitude"),
    "organisations_organisation": ("publication",),
    **dict.fromkeys(PLACE_TABLES, ()),
}
#: What strangers, and owners by signed links, write, and only pages that are never cached show: forms.
ON_FORMS = ("groups_need", "groups_need_topics", "groups_checkrequest", "groups_askedlisting")
#: Which sites may frame lists: in the headers of these.
ON_FRAMES = ("groups_embedhost",)
TABLES = (*OWNERS, *PLACE_TABLES, *ON_FRAMES, *ON_FORMS)


def versions_of(table: str) -> tuple[str, ...]:
    """Return the names of the versions that a write to a table changes; for some, `COUNTED` says when."""
    names = [table]
    if table not in ON_FORMS:
        names.append(SITE)
    if table in PLACE_TABLES:
        names.append(PLACES)
    if table in TERM_TABLES:
        names.append(TERMS)
    if table in SUPPORT_TABLES:
        names.append(SUPPORT)
    return tuple(names)
