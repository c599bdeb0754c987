"""What is written to which tables changes which versions.

Each table that a public page reads has a version of its own name. A row also changes the version of the organisation
whose pages show it (`organisation_version`), and, unless it is on no page that is cached, that of the whole site.
"""

#: The version of everything on pages that are cached, and of all that says where something is.
SITE, PLACES = "site", "places"


def organisation_version(pk: int) -> str:
    """Return the name of the version of an organisation: of its page, and of its groups' and roles' pages."""
    return f"organisation:{pk}"


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


def _of_venue(column: str) -> str:
    return _OF_VENUE.replace("%s", column)


#: For each table, the columns that its query needs, and the query for the organisations whose pages show some rows;
#: "" where pages of any organisation may.
OWNERS: dict[str, tuple[tuple[str, ...], str]] = {
    "organisations_organisation": (("id",), _WITH_NETWORKS),
    "organisations_organisation_areas_served": (
        ("organisation_id",),
        _OWN,
    ),
    "organisations_organisationcheck": (("listing_id",), "SELECT r.listing_id AS pk FROM {rows} r"),
    "organisations_resource": (("organisation_id",), _OWN),
    "organisations_contact": (("organisation_id",), _OWN),
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
    "organisations_peerrole": (("organisation_id",), _OWN),
    "organisations_peerrole_areas_served": (("peerrole_id",), _OF_ROLE % "peerrole_id"),
    "organisations_peerrole_contacts": (("peerrole_id",), _OF_ROLE % "peerrole_id"),
    "organisations_peerrolecheck": (("listing_id",), _OF_ROLE % "listing_id"),
    "organisations_training": (("organisation_id",), _OWN),
    "organisations_training_areas_served": (("training_id",), _OF_TRAINING % "training_id"),
    "organisations_training_contacts": (("training_id",), _OF_TRAINING % "training_id"),
    "organisations_trainingcheck": (("listing_id",), _OF_TRAINING % "listing_id"),
    "groups_supportgroup": (("organisation_id",), _OWN),
    **{
        f"groups_supportgroup_{relation}": (("supportgroup_id",), _OF_GROUP % "supportgroup_id")
        for relation in ("topics", "activities", "audiences", "areas_served", "languages", "contacts")
    },
    "groups_groupcheck": (("listing_id",), _OF_GROUP % "listing_id"),
    "groups_joiningroute": (("group_id",), _OF_GROUP % "group_id"),
    "groups_schedule": (("group_id",), _OF_GROUP % "group_id"),
    "groups_schedulechange": (("group_id",), _OF_GROUP % "group_id"),
    "groups_venue": (("id",), _of_venue("id")),
    "groups_venue_access_features": (("venue_id",), _of_venue("venue_id")),
    **{f"groups_{term}": ((), "") for term in ("topic", "activity", "audience", "language", "accessfeature")},
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
#: What strangers, and owners by signed links, write, and only pages that are never cached show: forms.
ON_FORMS = ("groups_need", "groups_need_topics", "groups_checkrequest", "groups_askedlisting")
#: The tables whose rows the page of any organisation, group or role may show.
SHARED = (*(table for table, (_, query) in OWNERS.items() if not query), *PLACE_TABLES)
TABLES = (*OWNERS, *PLACE_TABLES, *ON_FORMS)


def versions_of(table: str) -> tuple[str, ...]:
    """Return the names of the versions that any write to a table changes."""
    names = [table]
    if table not in ON_FORMS:
        names.append(SITE)
    if table in PLACE_TABLES:
        names.append(PLACES)
    return tuple(names)
