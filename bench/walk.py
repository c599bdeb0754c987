"""Every public URL, found in the URLconf, with parameters from the data: its processor time at each size."""

import json
import re
from gzip import decompress
from itertools import product

from django.contrib.admindocs.views import extract_views_from_urlpatterns
from django.db.models import Count
from django.urls import get_resolver, reverse
from django.utils import timezone

from bench.inside import ask
from bench.shared import milliseconds, say
from groups.models import SupportGroup, Venue
from groups.shortlist import MOST
from groups.verification.models import AskedListing, CheckRequest
from groups.verification.tokens import make_token
from organisations.models import Contact, Organisation, PeerRole, Training
from peersupport.sitemaps import SITEMAPS

#: Questions that no form sends.
ODD = ["near=" + "9" * 5000, "q=" + "a%20" * 1500, "near=%00&q=%F0%9F%91%A9&page=-1", "list=" + "00000," * 2000]


def addresses() -> dict[str, str]:
    """Return the address of each public page, of a large row where it is about one, by a label without the row."""
    groups = SupportGroup.objects.listed(today := timezone.localdate()).order_by("pk")
    training = Training.objects.published().of_listed_organisations()[0]
    group = groups.filter(organisation__in=Contact.objects.filter(email__contains="@").values("organisation"))[0]
    contact = group.organisation.contacts.filter(email__contains="@")[0]
    asked = CheckRequest.objects.create(organisation=group.organisation, contact=contact, sent_on=today)
    token = f"?t={make_token(asked)}&listing={AskedListing.objects.create(request=asked, group=group).pk}"
    biggest = Organisation.objects.published().annotate(size=Count("groups")).order_by("-size", "pk")[0]
    rows = {"group": groups[0], "organisation": biggest, "role": PeerRole.objects.published()[0], "training": training}
    venue = Venue.objects.filter(pk__in=groups.values("venue")).annotate(size=Count("groups")).order_by("-size")[0]
    values = {"path": ["unknown"], "section": [*SITEMAPS], "kind": ["csv", "txt", "ics", "xlsx", "pdf"]}
    lists = (f"{kind}_list" for kind in ("service", "place", "organization", "taxonomy", "taxonomy_term"))
    records = {name: json.loads(decompress(ask(reverse(f"open_referral:{name}"))[1]))["contents"][0] for name in lists}
    codes = f"?list={','.join(groups.values_list('code', flat=True)[:MOST])}"
    term = records["taxonomy_term_list"]["code"]
    queries = {"group_list": ["", "?near=Leeds", "?q=art", "?area=england&page=5", codes], "list_file": [codes]}
    queries |= {"group_map": ["?near=Leeds", "?area=england"], "organisation_list": ["", "?q=example"]}
    queries |= {"list_own": [codes], "list_print": [codes], "area_print": ["", "?layout=pocket"]}
    queries |= dict.fromkeys(["check_listings", "check_change", "check_ended"], [token])
    near = ["role_list", "training_list", "event_list", "start_a_group", "start_a_group_contacts", "search_feed"]
    queries |= dict.fromkeys([*near, "search_embed"], ["", "?near=Leeds"])
    found = {}
    for _, path, spaces, name in extract_views_from_urlpatterns(get_resolver("peersupport.urls").url_patterns):
        if not name or path.startswith("staff/"):
            continue
        about, parameters = name.partition("_")[0], re.findall(r"<(?:\w+:)?(\w+)>", path)
        record = records.get(name.replace("_detail", "_list"), {"id": venue.public_id})
        values["public_id"], values["code"] = [record["id"]], [term if name == "term_detail" else groups[0].code]
        values["slug"] = ["england", "kent"] if about == "area" else [getattr(rows.get(about), "slug", None)]
        for chosen, query in product(product(*(values[each] for each in parameters)), queries.get(name, [""])):
            shown = [each for each in chosen if each in ("england", "kent", *values["kind"], *SITEMAPS)]
            label = " ".join([name, *shown, re.sub(r"[?](list|t)=.*", r"?\1=", query)])
            found[label] = reverse(":".join([*(spaces or []), name]), args=chosen) + query
    return found


def measure(*_: int) -> None:
    """Write, as JSON, each page's status by its label, and milliseconds: first, asked again, of the worst question."""
    ask("/groups/?near=Leeds")
    found, every = {}, addresses()
    for label, address in every.items():
        statuses: list[int] = []
        first = milliseconds(lambda to=address, into=statuses: into.append(ask(to)[0]))
        again = milliseconds(ask, address) if first < 2000 else first
        odd = [milliseconds(ask, f"{address}?{each}") for each in ODD if "?" not in address and first < 2000]
        found[label] = (statuses[0], first, again, max(odd, default=0.0))
    say(json.dumps(found))
