"""How each public page may be cached: by visitors, proxies and this process."""

from dataclasses import dataclass
from enum import Enum


class Names(Enum):
    """What a page names, which decides who may store it."""

    #: Nothing of the directory: always the same, but for its date.
    NOTHING = "nothing"
    #: Areas, and numbers of groups.
    AREAS = "areas"
    #: Groups, venues, contacts, organisations, or what somebody searched for.
    LISTINGS = "listings"


class Changes(Enum):
    """When a page changes that nobody edits."""

    DAILY = "daily"
    #: When the next meeting of any group begins.
    AS_MEETINGS_BEGIN = "as meetings begin"
    #: When any meeting begins or ends, at most once a minute.
    EACH_MINUTE = "each minute"


@dataclass(frozen=True)
class Page:
    """A public page that is no form."""

    names: Names = Names.LISTINGS
    changes: Changes = Changes.EACH_MINUTE


_CONSTANT = Page(Names.NOTHING, Changes.DAILY)
_OF_AREAS = Page(Names.AREAS, Changes.DAILY)
_SEARCHED = Page(changes=Changes.AS_MEETINGS_BEGIN)
_DAILY = Page(changes=Changes.DAILY)

#: The pages by the names of their views. Forms are not here: nobody may store them (`common.requests`).
PAGES = {
    "home": _OF_AREAS,
    "about": _CONSTANT,
    "for_professionals": _CONSTANT,
    "family_and_friends": _CONSTANT,
    "help_now": _CONSTANT,
    "contact": _CONSTANT,
    "listing_policy": _CONSTANT,
    "privacy": _CONSTANT,
    "accessibility": _CONSTANT,
    "data": _DAILY,
    "robots": _CONSTANT,
    "groups:group_list": _SEARCHED,
    "groups:group_list_map": _SEARCHED,
    "groups:group_map": _SEARCHED,
    "groups:group_week": Page(),
    "groups:group_detail": Page(),
    "groups:area_list": _OF_AREAS,
    "groups:area_detail": _SEARCHED,
    "groups:area_map": _SEARCHED,
    "groups:area_week": Page(),
    "groups:venue_detail": Page(),
    "groups:area_print": Page(),
    "groups:list_own": Page(),
    "groups:list_print": Page(),
    "groups:embed_line": _DAILY,
    "groups:group_calendar": _DAILY,
    "groups:organisation_calendar": _DAILY,
    "groups:area_calendar": _DAILY,
    "groups:area_embed": _SEARCHED,
    "groups:search_embed": _SEARCHED,
    "groups:term_list": _DAILY,
    "groups:term_detail": _DAILY,
    "groups:start_a_group": Page(),
    "groups:start_a_group_contacts": _DAILY,
    "open_referral:root": _CONSTANT,
    "open_referral:openapi_document": _CONSTANT,
    "open_referral:service_list": _DAILY,
    "open_referral:service_detail": _DAILY,
    "open_referral:place_list": _DAILY,
    "open_referral:place_detail": _DAILY,
    "open_referral:organization_list": _DAILY,
    "open_referral:organization_detail": _DAILY,
    "open_referral:taxonomy_list": _DAILY,
    "open_referral:taxonomy_detail": _DAILY,
    "open_referral:taxonomy_term_list": _DAILY,
    "open_referral:taxonomy_term_detail": _DAILY,
    "organisations:organisation_list": _DAILY,
    "organisations:organisation_detail": Page(),
    "organisations:role_list": _DAILY,
    "organisations:role_detail": _DAILY,
    "organisations:training_list": _DAILY,
    "organisations:event_list": _DAILY,
    "organisations:peer_support": _DAILY,
}
