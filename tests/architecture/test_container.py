"""The container: what its files name is there, and what must be the same in several of them is."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch

import pytest
from django.core.management import get_commands
from django.urls import resolve, reverse

from groups import urls as groups_urls
from tests.architecture.repository import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = (ROOT / "compose.yaml").read_text()
NGINX = (ROOT / "deploy/nginx.conf").read_text()
SITE_PROXY = (ROOT / "deploy/site_proxy.conf").read_text()


def copied() -> list[str]:
    """What the Dockerfile copies from the repository."""
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.M)
    return [path for line in lines for path in line.split()[:-1]]


def test_everything_that_the_image_copies_is_there():
    missing = [path for path in copied() if not (ROOT / path).exists()]

    assert copied()
    assert missing == []


def test_everything_that_the_image_copies_may_be_sent_to_it():
    """The list of what is kept out begins with all there is."""
    rules = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    let_in = [rule[1:] for rule in rules if rule.startswith("!")]

    kept_out = [path for path in copied() if not any(fnmatch(path, f"{row}*") for row in let_in)]

    assert rules[0] == "*"
    assert kept_out == []
    assert {".env", "db.sqlite3", "tests"} & set(let_in) == set()


def test_the_image_holds_every_app_and_nothing_for_developers_only():
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}

    assert apps <= set(copied())
    assert [path for path in copied() if path.startswith("tests") or "dev" in path] == []
    assert re.findall(r"pip install (.+)", DOCKERFILE) == ["--require-hashes -r requirements.txt"]


def test_the_site_does_not_run_as_root():
    stage = DOCKERFILE.partition(" AS site")[2].partition("FROM ")[0]

    assert re.findall(r"^USER (.+)$", stage, re.M) == ["alongside"]
    assert "useradd" in stage


def test_the_health_of_the_site_is_asked_at_an_address_that_it_has():
    asked = re.search(r'"(/\w+)"', (ROOT / "deploy/healthcheck.py").read_text()).group(1)

    assert resolve(asked).view_name == "healthz"
    assert 'CMD ["python", "deploy/healthcheck.py"]' in DOCKERFILE


def test_healthcheck_passes_when_the_site_answers_to_its_first_name(live_server):
    port = live_server.url.rpartition(":")[2]

    asked = ask_health(port, "localhost,elsewhere.example")
    under_no_name_of_its_own = ask_health(port, ".elsewhere.example,localhost")

    assert (asked.returncode, asked.stderr) == (0, "")
    assert (under_no_name_of_its_own.returncode, under_no_name_of_its_own.stderr[:5]) == (1, "400: ")


def test_healthcheck_fails_and_says_why_where_nobody_answers(unused_port):
    asked = ask_health(str(unused_port), "localhost")

    assert asked.returncode == 1
    assert asked.stderr.startswith("no answer: ")


def ask_health(port: str, hosts: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "deploy/healthcheck.py", port],
        cwd=ROOT,
        env=os.environ | {"ALLOWED_HOSTS": hosts},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def unused_port() -> Iterator[int]:
    """A port of this machine at which nobody listens: it is taken, so that nobody begins to meanwhile."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_gunicorn_accepts_its_settings_and_keeps_no_list_of_visits():
    checked = subprocess.run(
        [sys.executable, "-m", "gunicorn", "peersupport.wsgi", "--check-config", "--print-config"],
        cwd=ROOT,
        env=os.environ | {"WEB_CONCURRENCY": "3"},
        capture_output=True,
        text=True,
        check=False,
    )
    message = dict(re.findall(r"^(\w+) += (.*)$", checked.stdout, re.M))

    assert checked.returncode == 0, checked.stderr
    assert {name: message[name] for name in ("accesslog", "workers", "worker_class", "bind")} == {
        "accesslog": "None",
        "workers": "3",
        "worker_class": "sync",
        "bind": "['0.0.0.0:8000']",
    }


def test_the_same_ports_are_named_everywhere():
    assert re.findall(r"server web:(\d+);", NGINX) == ["8000"]
    assert re.findall(r"^EXPOSE (.+)$", DOCKERFILE, re.M) == ["8000", "8080 8443"]
    assert re.findall(r"listen (\d+)", NGINX)[0] == "8080"
    assert re.findall(r"\}:(\d+)\"", COMPOSE) == ["8080"]


def test_the_images_that_compose_builds_are_stages_of_the_dockerfile():
    stages = set(re.findall(r"^FROM \S+ AS (\w+)$", DOCKERFILE, re.M))

    targets = re.findall(r"^ +target: (\w+)$", COMPOSE, re.M)

    assert targets == ["site", "front"]
    assert set(targets) <= stages


def test_the_commands_that_compose_runs_are_there():
    named = re.findall(r"manage\.py (\w+)", COMPOSE)

    assert named == ["migrate", "load_places", "load_directory", "send_emails"]
    assert [command for command in named if command not in get_commands()] == []


def test_services_wait_for_services_that_there_are():
    services = set(re.findall(r"^  (\w+):$", COMPOSE.partition("services:")[2].partition("\nvolumes:")[0], re.M))
    waited_for = re.findall(r"^      (\w+):\n        condition: ", COMPOSE, re.M)

    assert services == {"database", "release", "web", "emails", "front"}
    assert waited_for == ["database", "release", "release", "web"]


def test_the_front_server_writes_down_nothing_of_a_visit():
    """Its lines of errors name the address and the search, so only what stops it from starting is written."""
    assert re.findall(r"^ *access_log (.+);$", NGINX, re.M) == ["off"]
    assert re.findall(r"^ *error_log (.+);$", NGINX, re.M) == ["/dev/stderr emerg"]


def test_the_front_server_says_itself_whether_a_visit_is_safe():
    """The site believes this header where it is told that a front server sets it."""
    assert re.findall(r"proxy_set_header X-Forwarded-Proto (.+);", SITE_PROXY) == ["$scheme"]
    assert re.findall(r'BEHIND_PROXY: "(.)"', COMPOSE) == ["1"]


def test_the_front_server_hands_every_location_on_in_the_same_way():
    """A header that one of them forgot would be the visitor's own word."""
    assert "proxy_pass" not in NGINX
    assert NGINX.count("include /etc/nginx/site_proxy.conf;") == 3
    assert "COPY deploy/site_proxy.conf /etc/nginx/site_proxy.conf" in DOCKERFILE


def test_the_front_server_slows_down_whoever_asks_for_much_that_is_costly():
    costly, passwords = re.findall(r'location ~ "(\^/(?!static)[^"]+)"', NGINX)
    sample = {"slug": "kent", "kind": "pdf"}
    found = {
        "/" + re.sub(r"<slug:(\w+)>", lambda name: sample[name[1]], str(pattern.pattern))
        for pattern in groups_urls.urlpatterns
        if getattr(pattern.callback, "is_costly", False)
    }
    sheets = ("groups_supportgroup", "groups_venue", "organisations_contact")
    staff = {reverse(f"admin:{kind}_{name}") for kind in sheets for name in ("import", "process_import", "export")}

    assert len(found) == 7
    assert [path for path in sorted(found | staff) if not re.search(costly, path)] == []
    assert [
        path for path in ("/help-now/", "/areas/kent/", "/groups/", "/lists/print/") if re.search(costly, path)
    ] == []
    asks = ("login", "second_factor", "password_reset", "password_change")
    assert [name for name in asks if not re.search(passwords, reverse(f"admin:{name}"))] == []


def test_the_front_server_offers_the_newest_tls_and_none_that_is_broken():
    assert re.findall(r"ssl_protocols (.+);", NGINX) == ["TLSv1.2 TLSv1.3"]


def test_the_front_server_says_when_to_come_again():
    page = (ROOT / "deploy/too_many.html").read_text()

    assert re.findall(r"limit_(?:req|conn)_status (\d+);", NGINX) == ["429", "429"]
    assert "add_header Retry-After 60 always;" in NGINX
    assert "COPY deploy/too_many.html /srv/errors/too_many.html" in DOCKERFILE
    assert 'href="/help-now/"' in page
