"""Pictures of every page, on a phone and on a desk, of the real directory with examples: `make pictures`.

For people to look at: nothing is compared. They go to `pictures/`, which git ignores, beside an `index.html`.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import django
from django.core.management import call_command
from playwright.sync_api import Page, sync_playwright
from tqdm import tqdm

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "pictures"
WIDTHS = {320: 640, 1280: 900}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=2000, help="How many example groups. Default: 2000.")
    parser.add_argument("--only", default="", help="Only pages with this in their name.")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="alongside-pictures-") as folder:
        port = _free_port()
        site = f"http://127.0.0.1:{port}"
        os.environ |= _environment(Path(folder))
        django.setup()
        _fill(asked.count)
        pages = [page for page in _pages() if asked.only in page[0]]
        PICTURES.mkdir(exist_ok=True)
        for old in PICTURES.glob("*.png"):
            if asked.only in old.name:
                old.unlink()
        with _served(port), _browser() as browser:
            for width, height in WIDTHS.items():
                context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
                page = context.new_page()
                _log_in(page, site)
                for name, path in tqdm(pages, desc=f"{width} px", disable=None, leave=False):
                    page.goto(site + path)
                    _take(page, name, height)
                for name in _steps(page, site) if "staff" in asked.only or not asked.only else ():
                    _take(page, f"staff-{name}", height)
                context.close()
    _write_index()
    sys.stdout.write(f"{len(list(PICTURES.glob('*.png')))} pictures: pictures/index.html\n")


def _take(page: Page, name: str, height: int) -> None:
    """A picture of a whole page, in a window so high that what sticks to an edge of it lies over nothing."""
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": width, "height": max(height, page.evaluate("document.body.scrollHeight"))})
    page.screenshot(path=PICTURES / f"{name}.{width}.png", full_page=True)
    page.set_viewport_size({"width": width, "height": height})


def _environment(folder: Path) -> dict[str, str]:
    """A site like the real one, on a database that goes when the pictures are taken."""
    return {
        "DJANGO_SETTINGS_MODULE": "peersupport.settings",
        "DATABASE_URL": f"sqlite:///{folder / 'pictures.sqlite3'}",
        "DEBUG": "0",
        "HTTPS": "0",
        "HASHED_STATIC_FILES": "0",
        "SECRET_KEY": "for-pictures-only-" * 4,
        "ALLOWED_HOSTS": "127.0.0.1",
        "CONTACT_EMAIL": "keepers@alongside.example",
        # Playwright keeps an event loop in this thread, and Django would refuse the database in it.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }


def _fill(count: int) -> None:
    """The real places and organisations, examples, and somebody who may edit."""
    from django.contrib.auth import get_user_model

    call_command("migrate", verbosity=0)
    for command in ("load_places", "load_directory"):
        call_command(command, stdout=open(os.devnull, "w"))  # noqa: SIM115 (ends with the process)
    call_command("make_examples", "--beside-real-listings", count=count)
    get_user_model().objects.create_superuser("manager@alongside.example", "manager@alongside.example")
    _work()


def _work() -> None:
    """What staff find after some time: changes, somebody's report, and something that people look for."""
    from groups.models import Need, Report
    from organisations.models import Organisation, one_version

    group = _newest_at_a_venue()
    for row, note in ((group, "stage_note"), (Organisation.objects.order_by("-pk")[0], "user_led_note")):
        for words in ("As they told us on the phone.", "As their new leaflet says."):
            with one_version(row, "From a leaflet"):
                setattr(row, note, words)
                row.save()
    Report.objects.create(group=group, part="time", what_is_right="It is at 7pm now, not at 6pm.")
    Need.objects.create(what="A walking group on a weekday evening", times_asked=4)


def _newest_at_a_venue():
    from groups.models import SupportGroup

    return SupportGroup.objects.exclude(venue=None).order_by("-pk")[0]


def _steps(page: Page, site: str) -> Iterator[str]:
    from tests.browser.staff_steps import steps

    return steps(page, site, _newest_at_a_venue())


def _pages() -> list[tuple[str, str]]:
    """Every page, by a name for its picture: public ones, searches, what goes wrong, and the staff's."""
    from django.urls import reverse

    from tests.browser.staff_addresses import of_everything
    from tests.pages.addresses import ABOUT, NOT_PAGES, REDIRECTS, SEARCHES, names_of_pages

    things = {f"groups:{name}": some for name, some in (("group_detail", _groups), ("area_detail", _areas))}
    things |= {
        "organisations:organisation_detail": _organisations,
        "organisations:role_detail": _roles,
    }
    pages = []
    for name in names_of_pages():
        if name in REDIRECTS or name in NOT_PAGES:
            continue
        picture = name.rpartition(":")[2]
        if name in things:
            pages += [(f"{picture}--{what}", path) for what, path in things[name]().items()]
        elif name in ABOUT:
            some = ABOUT[name]()[:4]
            pages += [(f"{picture}--{_slug(' '.join(about.values()))}", reverse(name, kwargs=about)) for about in some]
        else:
            pages.append((picture, reverse(name)))
    searches = [*SEARCHES, "?near=Birmingham&within=25", "?q=walk&page=3", "?area=london&joining=just-come"]
    pages += [(f"group_list--{_slug(search)}", reverse("groups:group_list") + search) for search in searches]
    pages.append(("page_not_found", "/there-is-no-such-page/"))
    staff = [(f"staff-{name}", path) for name, path in of_everything()]
    return [(f"public-{name}", path) for name, path in pages] + staff


def _groups() -> dict[str, str]:
    """A group in each state, the one of which most is said, those with the longest names, and a real one."""
    from django.db.models import Count
    from django.db.models.functions import Length

    from groups.choices import Joining, Stage
    from groups.examples.marks import examples_of
    from groups.models import SupportGroup

    public = SupportGroup.objects.published().filter(organisation__publication="published").order_by("pk")
    groups = examples_of(SupportGroup) & public
    said = groups.exclude(agreement="").exclude(who_meets_you="").exclude(what_it_is_like="").exclude(accessibility="")
    said = said.annotate(schedule_count=Count("schedules"))
    states = {
        "full": said.filter(stage=Stage.RUNNING, venue__address_is_confidential=False).order_by("-schedule_count"),
        "long_name": groups.order_by(Length("name").desc()),
        "closed": groups.filter(joining=Joining.CLOSED),
        "waiting_list": groups.filter(joining=Joining.WAITING_LIST),
        "confidential": groups.filter(venue__address_is_confidential=True, stage=Stage.RUNNING).exclude(
            joining=Joining.CLOSED
        ),
        "online": groups.filter(meets_in_person=False),
        "hybrid": groups.filter(meets_in_person=True, meets_online=True),
        "several": groups.filter(stands_for_several=True),
        "with_changes": groups.annotate(changes=Count("schedule_changes")).order_by("-changes", "pk"),
        "never_checked": groups.filter(checks=None),
        "real": public.exclude(pk__in=groups.values("pk")),
    } | {stage: groups.filter(stage=stage) for stage in Stage.values if stage != Stage.RUNNING}
    return {state: some[0].get_absolute_url() for state, some in states.items() if some.exists()}


def _areas() -> dict[str, str]:
    from places.models import Area

    names = ("England", "Northern Ireland", "South West", "Kent", "East Kent", "Birmingham", "Thanet", "Gwynedd")
    return {_slug(name): Area.objects.get(name=name).get_absolute_url() for name in names}


def _organisations() -> dict[str, str]:
    from django.db.models import Count
    from django.db.models.functions import Length

    from organisations.models import Organisation

    published = Organisation.objects.published().order_by("pk")
    most = {"groups": "groups", "roles": "roles", "words": "statements", "events": "events", "members": "member_links"}
    some = {f"most_{what}": published.annotate(n=Count(name)).order_by("-n", "pk") for what, name in most.items()}
    some |= {"long_name": published.order_by(Length("name").desc()), "ended": published.exclude(ended_on=None)}
    some["real"] = published.filter(name="WATCH")
    return {what: rows[0].get_absolute_url() for what, rows in some.items() if rows.exists()}


def _roles() -> dict[str, str]:
    from organisations.models import PeerRole

    roles = PeerRole.objects.published().of_listed_organisations().order_by("pk")
    some = {"real": roles.exclude(title__startswith="Example"), "example": roles.filter(title__startswith="Example")}
    return {what: rows[0].get_absolute_url() for what, rows in some.items()}


def _slug(text: str) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in text).split()
    return "_".join(words).lower() or "all"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextmanager
def _served(port: int) -> Iterator[None]:
    """The site, served from another process for as long as it is needed."""
    command = [sys.executable, "manage.py", "runserver", "--insecure", "--noreload", "--verbosity", "0"]
    log = open(os.devnull, "w")  # noqa: SIM115 (the server's, until it ends)
    server = subprocess.Popen([*command, f"127.0.0.1:{port}"], cwd=ROOT, stdout=log, stderr=log)
    try:
        for _ in range(60):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2).close()
                break
            except urllib.error.URLError:
                time.sleep(0.5)
        yield
    finally:
        server.terminate()
        server.wait()
        log.close()


@contextmanager
def _browser():
    from tests.browser.conftest import CHROMIUM, FLAGS

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


def _log_in(page: Page, site: str) -> None:
    """Sign the manager in, second factor and all, without the pages on which that is done."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from tests.staff.people import sign_in

    client = sign_in(Client(), get_user_model().objects.get(is_superuser=True))
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}])


def _write_index() -> None:
    """A page to leaf through, with each picture under its name."""
    names = sorted({path.name.rpartition(".")[0].rpartition(".")[0] for path in PICTURES.glob("*.png")})
    rows = [
        f"<h2>{escape(name)}</h2>"
        + "".join(
            f'<a href="{name}.{width}.png"><img src="{name}.{width}.png" height="480" alt=""></a> ' for width in WIDTHS
        )
        for name in names
    ]
    page = "<!doctype html><meta charset=utf-8><title>Pictures</title><h1>Pictures</h1>" + "\n".join(rows)
    (PICTURES / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    if shutil.which("chromium") is None and not os.environ.get("CHROMIUM"):
        sys.exit("Pictures need Chromium: apt install chromium libatomic1, or set CHROMIUM to its path.")
    main()
