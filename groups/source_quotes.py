"""Short quotations for the steps of "Start a group", word for word as the source documents have them."""

from typing import NamedTuple

from organisations.models import Organisation

_OLD_PAGE = "“{}”, an old web page"


class SourceQuote(NamedTuple):
    """Words of an organisation, with the inputs of `components/quotation.html`."""

    words: str
    #: The name of the organisation.
    attribution: str
    source_name: str


_NORTH_EAST = "North East Together", _OLD_PAGE.format("New Peer Support in East Cleveland")
_TAKE_OFF = "Take Off", _OLD_PAGE.format("A Brief Introduction")

#: By the step they belong to.
QUOTES = {
    "who": SourceQuote(
        "When everyone is in “the same boat” it is easier to feel trusting, accepted and understood; "
        "the support is relaxed and mutual",
        *_NORTH_EAST,
    ),
    "what": SourceQuote(
        "The intention is that the “doing” groups also enable people to share experiences but with a positive "
        "distraction. This makes social interaction easier",
        *_TAKE_OFF,
    ),
    "open": SourceQuote(
        "Groups would have the potential to operate on an open ‘drop-in’ basis or they can be ‘closed’ groups.",
        *_NORTH_EAST,
    ),
    "room": SourceQuote("groups will develop in response to members’ identified needs", *_NORTH_EAST),
    "agreement": SourceQuote(
        "The group agreement/ rules will always involve confidentiality, in accordance with safeguarding procedures "
        "and respect for each other’s views.",
        *_NORTH_EAST,
    ),
    "evening": SourceQuote(
        "There isn’t any pressure; it is ok to participate in whatever way you are able", *_NORTH_EAST
    ),
}


def shown_quotes() -> dict[str, SourceQuote]:
    """Return the quotations of the organisations that are published now, by step: one query."""
    names = {quote.attribution for quote in QUOTES.values()}
    published = set(Organisation.objects.published().filter(name__in=names).values_list("name", flat=True))
    return {step: quote for step, quote in QUOTES.items() if quote.attribution in published}
