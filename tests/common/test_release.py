"""A release is another one when any file changes that decides what pages say."""

import pytest
from django.test import Client

from common import release
from peersupport.page_cache import signed_etags


@pytest.mark.parametrize(
    "path, is_another",
    [
        ("groups/search/phrases.toml", True),
        ("templates/base.html", True),
        ("static/site.css", True),
        ("places/areas.py", True),
        ("groups/__pycache__/views.pyc", False),
        ("tests/test_release.py", False),
    ],
)
def test_file_that_decides_what_pages_say_makes_another_release(tmp_path, monkeypatch, path, is_another):
    monkeypatch.setattr(release, "_ROOT", tmp_path)
    before = release._digest_of_files()
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_text("example")

    assert (release._digest_of_files() != before) is is_another


@pytest.mark.django_db
@pytest.mark.parametrize("running, status", [(release.RELEASE, 304), ("another", 200)])
def test_page_of_another_release_is_sent_again(monkeypatch, running, status):
    etag = Client().get("/groups/?q=walking")["ETag"]
    monkeypatch.setattr(signed_etags, "RELEASE", running)

    assert Client().get("/groups/?q=walking", headers={"If-None-Match": etag}).status_code == status
