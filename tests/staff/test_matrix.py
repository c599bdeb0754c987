"""Every address of the staff pages, with everybody who might ask for it, for their own and for another organisation.

The addresses are found in the URLconf and what is expected in what each page declares: a new model is tried the
minute it is registered. Whatever is asked, nothing of the other organisation may stand in an answer or change.
"""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from groups.models import SupportGroup, Venue
from groups.seed_data.models import Loaded
from groups.spreadsheets.actions import FILE_ACTIONS
from organisations.models import Contact, Organisation
from organisations.permissions import ADD, CHANGE, VIEW, permissions_of
from tests.staff.people import make_contributor, make_editor, make_manager, sign_in
from tests.staff.two_organisations import SECRET, Kept, make_two

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]  # Python decides who may do what.

PAGES = admin.site._registry
#: Pages before the staff pages: somebody who is not let in yet may open them.
BEFORE = {
    *("login", "logout", "second_factor", "second_factor_set_up", "jsi18n"),
    *("password_reset", "password_reset_done", "password_reset_confirm"),
}


@pytest.fixture
def two(settings) -> tuple[Kept, Kept]:
    return make_two()


def patterns(resolver: URLResolver | None = None, above: tuple = ()) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of all addresses of the staff pages, and of what they are made."""
    resolver = resolver or next(top for top in get_resolver().url_patterns if getattr(top, "namespace", "") == "admin")
    for each in resolver.url_patterns:
        made_of = (*above, *(getattr(each.pattern, "converters", None) or each.pattern.regex.groupindex))
        if isinstance(each, URLResolver):
            yield from patterns(each, made_of)
        elif isinstance(each, URLPattern) and each.name:
            yield each.name, made_of


NAMES = dict(patterns())


def model_of(name: str) -> type | None:
    return next(
        (model for model in PAGES if name.startswith(f"{model._meta.app_label}_{model._meta.model_name}_")), None
    )


def address(name: str, row=None) -> str | None:
    """An address, for a row where it is of one; None where the row has no such page."""
    known = {
        "uidb64": "MQ",
        "token": "set-password",
        "app_label": "organisations",
        "content_type_id": ContentType.objects.get_for_model(type(row)).pk if row else 1,
        "url": "nowhere",
    }
    if row is not None:
        known |= {"object_id": row.pk, "id": row.pk}
        if "version_id" in NAMES[name]:
            known["version_id"] = row.history.first().pk
    return reverse(f"admin:{name}", kwargs={part: known[part] for part in NAMES[name]})


def addresses_of(stored: Kept) -> Iterator[tuple[str, str, type | None]]:
    """Every address, with the rows of one organisation: its name, itself, and the model that it is of."""
    for name, made_of in NAMES.items():
        model = model_of(name)
        if not {"object_id", "id"} & set(made_of):
            yield name, address(name), model
        elif model in stored.rows:
            yield name, address(name, stored.rows[model]), model
        elif name == "view_on_site":
            yield from ((name, address(name, row), type(row)) for row in stored.rows.values())


def answer_text(response) -> str:
    """All that somebody learns from an answer."""
    return f"{response.get('Location', '')} {response.content.decode()}".casefold()


def message(client: Client, stored: Kept, *, post: dict | None = None) -> tuple[dict[str, int], list[str]]:
    """What each address of an organisation answers, and the addresses at which the secret is told."""
    statuses, telling = {}, []
    for name, url, _ in addresses_of(stored):
        if name == "logout":
            continue
        response = client.get(url) if post is None else client.post(url, post)
        statuses[url] = response.status_code
        if SECRET in answer_text(response):
            telling.append(url)
    return statuses, telling


def test_every_page_says_how_its_rows_belong_or_is_closed():
    open_pages = {model.__name__ for model, page in PAGES.items() if _is_open_to_editors(page)}

    assert {
        model.__name__ for model, page in PAGES.items() if _is_open_to_editors(page) and _says_nothing(page)
    } == set()
    assert {"User", "Loaded", "Need", "Postcode"} & open_pages == set()


def _is_open_to_editors(page) -> bool:
    editor = permissions_of(User())
    everything = type(editor)(User(), edits=frozenset([1]), proposes=frozenset([2]))
    return everything.may(VIEW, page, None)


def _says_nothing(page) -> bool:
    return not (getattr(page, "belongs_by", ()) or page.is_shared)


def test_manager_finds_the_secret_where_it_is(two):
    """Without this, a matrix of empty pages would be green."""
    _, other = two
    client = sign_in(Client(), make_manager())

    silent = {
        model.__name__
        for model, row in other.rows.items()
        if SECRET not in answer_text(client.get(address(f"{row._meta.app_label}_{row._meta.model_name}_change", row)))
    }

    assert silent == set()
    assert SECRET in answer_text(client.get(address("organisations_contact_history", other.rows[Contact])))


@pytest.mark.parametrize("who", ["anonymous", "manager without a second factor"])
def test_nobody_comes_in_without_signing_in(two, who):
    client = Client()
    if who != "anonymous":
        client.force_login(make_manager())
    before = two[1].values()

    for post in (None, {"post": "yes", "action": "withdraw", "_selected_action": two[1].rows[SupportGroup].pk}):
        for stored in two:
            statuses, telling = message(client, stored, post=post)
            names = {url: name for name, url, _ in addresses_of(stored)}
            assert {url: code for url, code in statuses.items() if code != 302 and names[url] not in BEFORE} == {}
            assert telling == []
    assert two[1].values() == before


@pytest.mark.parametrize("make", [make_editor, make_contributor], ids=["editor", "contributor"])
def test_pages_are_open_as_they_declare_and_tell_nothing_of_another_organisation(two, make):
    mine, other = two
    user = make(mine.organisation)
    client, rights = sign_in(Client(), user), permissions_of(user)
    wrong, telling = {}, []

    for stored in two:
        statuses, tells = message(client, stored)
        telling += tells
        for name, url, model in addresses_of(stored):
            if model and name != "view_on_site" and url in statuses:
                expected = _expected(name, PAGES[model], rights, stored is mine)
                if statuses[url] not in expected:
                    wrong[url] = (statuses[url], expected)

    assert wrong == {}
    assert telling == []


def _expected(name: str, page, rights, is_mine: bool) -> set[int]:
    """What a page answers: it opens, is refused, or says that there is no such row."""
    kind = name.rpartition("_")[2]
    if not rights.may(VIEW, page):
        # To versions and other pages of rows it is not said whether there is such a row.
        return {302, 403, 404}
    if kind == "changelist":
        return {200}
    if kind == "add":
        return {200, 403} if rights.may(ADD, page) else {403}
    if getattr(page, "is_shared", False):
        return {200, 403}
    if kind == "import":
        # It opens for who publishes; the file that somebody said yes to is only posted.
        return ({302} if "process" in name else {200}) if rights.edits else {403}
    if kind in {"export", "template"}:
        return {200}
    if not is_mine:
        return {302, 403, 404}
    if kind == "version" and page.model is Venue and not rights.edits:
        return {404}
    if kind in {"change", "history", "version"}:
        return {200}
    return {200, 302, 403}


@pytest.mark.parametrize("make", [make_editor, make_contributor], ids=["editor", "contributor"])
def test_nothing_of_another_organisation_is_changed_whatever_is_posted(two, make):
    mine, other = two
    client = sign_in(Client(), make(mine.organisation))
    before = other.values()
    forged = _forged(other)
    telling = []

    # What a contributor posts to pages of their own is in test_rights.py.
    for stored in (other, mine)[: 2 if make is make_editor else 1]:
        for name, url, model in addresses_of(stored):
            if name == "logout":
                continue
            for post in _posts(name, model, other, forged):
                if SECRET in answer_text(client.post(url, post)):
                    telling.append(url)

    assert other.values() == before
    # A page that is refused repeats what was typed into it; nothing of that was the secret.
    assert telling == []
    group = SupportGroup.objects.get(pk=mine.rows[SupportGroup].pk)
    assert other.rows[Venue] not in {group.venue, *(schedule.venue for schedule in group.schedules.all())}
    assert other.rows[Contact] not in group.contacts.all()


def _forged(other: Kept) -> dict[str, str]:
    """Boxes of all pages, filled with what is another organisation's; and its rows below pages, to be deleted."""
    fields = {
        field.name: other.rows[field.related_model].pk
        for page in PAGES
        for field in (*page._meta.fields, *page._meta.many_to_many)
        if field.is_relation and field.related_model in other.rows
    }
    texts = {
        **dict.fromkeys(("name", "title", "heading", "role_title", "summary", "words", "text", "what"), "Forged"),
        "publication": "published",
        "is_released": "on",
        "email": "forged@example.org",
        "theme": "why",
        "starts_on": "2026-11-20",
        "post": "yes",
        "purpose": "general",
        "part": "time",
        "state": "done",
    }
    rows = {}
    for page in PAGES.values():
        for inline in page.inlines:
            owner = inline.model._meta.get_field(inline.fk_name or _owner(inline, page))
            prefix = owner.remote_field.get_accessor_name()
            whole = other.rows.get(page.model)
            theirs = inline.model._base_manager.filter(**{owner.name: whole}) if whole else inline.model.objects.none()
            rows |= {f"{prefix}-TOTAL_FORMS": "2", f"{prefix}-INITIAL_FORMS": "1", f"{prefix}-0-DELETE": "on"}
            rows |= {f"{prefix}-0-id": theirs.first().pk if theirs.exists() else ""}
            rows |= {f"{prefix}-{at}-{name}": value for at in (0, 1) for name, value in (fields | texts).items()}
            rows |= {f"{prefix}-1-weekday": "3", f"{prefix}-1-frequency": "weekly"}
    return {name: value for name, value in (fields | texts | rows).items() if name != "version"}


def _owner(inline, page) -> str:
    return next(field.name for field in inline.model._meta.fields if field.related_model is page.model)


def _posts(name: str, model: type | None, other: Kept, forged: dict) -> Iterator[dict]:
    """What is posted to an address: the forged page; to a list, each of its actions with the other's row chosen."""
    if name.endswith("_changelist") and model in other.rows:
        for action in (*PAGES[model].actions, *FILE_ACTIONS, "delete_selected"):
            yield {"action": action, "_selected_action": [other.rows[model].pk], "post": "yes"}
    else:
        yield forged


def test_boxes_and_lists_find_nothing_of_another_organisation(two):
    mine, other = two
    client = sign_in(Client(), make_editor(mine.organisation))
    part = SECRET[:-1]  # What was typed stands in the answer again.
    asked = []

    for model, page in PAGES.items():
        app_label, name = model._meta.app_label, model._meta.model_name
        for field in page.autocomplete_fields:
            box = {"app_label": app_label, "model_name": name, "field_name": field, "term": part}
            asked.append((reverse("admin:autocomplete"), box))
        queries = [{"q": part}, {"organisation__id__exact": other.organisation.pk}, {"_popup": "1", "_to_field": "id"}]
        queries += [{f"{field}__startswith": part[0]} for field in getattr(page, "for_managers", ())]
        asked += [(reverse(f"admin:{app_label}_{name}_changelist"), query) for query in queries]

    assert [(url, query) for url, query in asked if SECRET in answer_text(client.get(url, query))] == []


def test_models_of_managers_are_not_even_named_to_editors(two):
    client = sign_in(Client(), make_editor(two[0].organisation))

    index = client.get(reverse("admin:index"))

    listed = {model["model"] for app in index.context["app_list"] for model in app["models"]}
    assert {Loaded, User} & listed == set()
    assert {SupportGroup, Organisation} - listed == set()
    assert CHANGE in PAGES[Organisation].editors_may
