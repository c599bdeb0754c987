"""The staff pages as a whole: their name, and what wants doing, on the first of them."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone

from organisations.choices import Freshness, Publication
from organisations.rights import page_of
from peersupport.accounts.pages import BeforeStaffPages, LoginForm

#: What is said of listings that want a check, the most pressing first.
WANTS_A_CHECK = {
    Freshness.LAPSED: "not checked for so long that lists leave them out",
    Freshness.OVERDUE: "whose check is overdue",
    Freshness.UNCHECKED: "that nobody has checked yet",
    Freshness.DUE: "whose check is due",
}


#: Apps and kinds of thing in the order in which editors want them; what is not named comes after, by its name.
APPS = ("groups", "organisations", "places", "auth")
OFTEN = ("SupportGroup", "Venue", "Report", "Need", "Organisation", "Contact", "PeerRole", "Training", "Area", "Town")


@dataclass(frozen=True)
class Task:
    """Something that wants doing: how many there are, in words, and the list of them."""

    number: int
    words: str
    url: str


class StaffSite(BeforeStaffPages, AdminSite):
    """The pages where editors keep the listings."""

    site_header = f"{settings.SITE_NAME} for staff"
    site_title = f"{settings.SITE_NAME} for staff"
    index_title = "Everything that is kept here"
    site_url = "/"
    logout_template = "admin/logged_out.html"
    login_form = LoginForm

    def get_urls(self) -> list:
        """With a way to the public page of a row that asks, as every page does, who may see the row."""
        see = path("r/<int:content_type_id>/<path:object_id>/", self.admin_view(self.see_on_site), name="view_on_site")
        return [see, *(url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site")]

    def see_on_site(self, request: HttpRequest, content_type_id: int, object_id: str) -> HttpResponse:
        """Lead to the public page of a row that somebody may see here."""
        kind = get_object_or_404(ContentType, pk=content_type_id)
        page = self._registry.get(kind.model_class())
        if page is None or not page.has_view_permission(request):
            raise Http404
        row = page.get_object(request, object_id)
        if row is None or not hasattr(row, "get_absolute_url"):
            raise Http404
        return HttpResponseRedirect(row.get_absolute_url())

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The kinds of thing, those that an editor opens most often first."""
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda model: (_place(OFTEN, model["object_name"]), model["name"]))
        return sorted(apps, key=lambda app: _place(APPS, app["app_label"]))

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The first page, with what wants doing for whoever may see it."""
        return super().index(request, {"to_do": tasks(request), **(extra_context or {})})


def tasks(request: HttpRequest) -> list[Task]:
    """What wants doing, of what somebody may see: a query for each kind of thing, however many there are."""
    from groups.models import Report, SupportGroup
    from organisations.models import Organisation

    found = []
    if request.user.has_perm("groups.view_report"):
        number = page_of(Report).get_queryset(request).filter(state="open").count()
        found.append(_task(Report, number, "to look into", state__exact="open"))
    for model in (SupportGroup, Organisation):
        if request.user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"):
            found += _listing_tasks(request, model)
    return [task for task in found if task.number]


def _listing_tasks(request: HttpRequest, model: type[Model]) -> list[Task]:
    from organisations.admin.filters import checked_when

    public = Q(publication=Publication.PUBLISHED)
    counts = (
        page_of(model)
        .get_queryset(request)
        .aggregate(
            draft=Count("pk", filter=Q(publication=Publication.DRAFT)),
            **{
                freshness: Count("pk", filter=public & condition)
                for freshness, condition in checked_when(timezone.localdate()).items()
            },
        )
    )
    published = {"publication__exact": Publication.PUBLISHED}
    return [
        *(_task(model, counts[each], words, **published, freshness=each) for each, words in WANTS_A_CHECK.items()),
        _task(model, counts["draft"], "in draft, which only staff can see", publication__exact=Publication.DRAFT),
    ]


def _place(names: tuple[str, ...], name: str) -> int:
    return names.index(name) if name in names else len(names)


def _task(model: type[Model], number: int, words: str, **filters: str) -> Task:
    noun = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist", query=filters)
    return Task(number, f"{noun} {words}", url)
