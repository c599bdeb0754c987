"""Pictures of every page, on a phone and on a desk, of the real directory with examples: `make pictures`.

For people to look at: nothing is compared. They go to `pictures/`, which git ignores, beside an `index.html`.
"""

import argparse
import os
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
#: A map has no body.
_HEIGHT = "(document.body || document.documentElement).scrollHeight"


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
        from tests.browser.layout_checks import open_state

        _fill(asked.count)
        pages = [page for page in _pages() if asked.only in page.name]
        PICTURES.mkdir(exist_ok=True)
        for old in PICTURES.glob("*.png"):
            if asked.only in old.name:
                old.unlink()
        with _served(port), _browser() as browser:
            for width, height in WIDTHS.items():
                context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
                page = context.new_page()
                _log_in(page, site)
                for state in tqdm(pages, desc=f"{width} px", disable=None, leave=False):
                    open_state(page, site, state)
                    _take(page, state.name, height)
                for name in _steps(page, site) if "staff" in asked.only or not asked.only else ():
                    _take(page, f"staff-{name}", height)
                context.close()
    _write_index()
    sys.stdout.write(f"{len(list(PICTURES.glob('*.png')))} pictures: pictures/index.html\n")


def _take(page: Page, name: str, height: int) -> None:
    """A picture of a whole page, in a window so high that what sticks to an edge of it lies over nothing."""
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": width, "height": max(height, page.evaluate(_HEIGHT))})
    # Of a picture by itself, such as a map, Chromium never answers for a full page.
    page.screenshot(path=PICTURES / f"{name}.{width}.png", full_page=page.evaluate("!!document.body"))
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
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "CONTACT_EMAIL": "keepers@alongside.example",
        # Playwright keeps an event loop in this thread, and Django would refuse the database in it.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    }


def _fill(count: int) -> None:
    """The real places and organisations, examples, and somebody who may edit."""
    from django.contrib.auth import get_user_model

    from tests.pages.full_directory import fill

    call_command("migrate", verbosity=0)
    for command in ("load_places", "load_directory"):
        call_command(command, stdout=open(os.devnull, "w"))  # noqa: SIM115 (ends with the process)
    fill(count)
    get_user_model().objects.create_superuser("manager@alongside.example", "manager@alongside.example")


def _steps(page: Page, site: str) -> Iterator[str]:
    from tests.browser.staff_steps import steps
    from tests.pages.full_directory import newest_at_a_venue

    return steps(page, site, newest_at_a_venue())


def _pages() -> list:
    """Every page, by a name for its picture: public ones in every state, maps, and the staff's."""
    from django.urls import reverse

    from tests.browser.staff_addresses import of_everything
    from tests.pages.states import State, states

    maps = [State("map--of_an_area", reverse("groups:area_map", args=["kent"]))]
    maps.append(State("map--of_a_search", reverse("groups:group_map") + "?near=Birmingham&within=25"))
    public = [state._replace(name=f"public-{state.name}") for state in [*states(), *maps]]
    return public + [State(f"staff-{name}", path) for name, path in of_everything()]


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
                urllib.request.urlopen(f"http://127.0.0.1:{port}/groups/", timeout=2).close()
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

    if not CHROMIUM:
        sys.exit("Pictures need Chromium: apt install chromium-headless-shell libatomic1, or set CHROMIUM to its path.")

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield chromium
        chromium.close()


def _log_in(page: Page, site: str) -> None:
    """Sign the manager in, second factor and all, without the pages on which that is done."""
    from django.contrib.auth import get_user_model

    from tests.browser.navigation import sign_in_browser

    sign_in_browser(page, site, get_user_model().objects.filter(is_superuser=True).earliest("pk"))


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
    main()
