"""Scratch databases full of examples, made by the site's own commands and copied, and the environment of the site."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from tests.architecture.repository import ROOT
from tests.faults.postgresql import Cluster

#: How many example groups a fault is tried with, where it is not 500.
LISTINGS = {
    "help_now": 5_000,
    "killed_long_import": 1_500,
    "database_gone": 1_500,
    "fresh_answers": 1_500,
    "many_visitors": 20_000,
    "reload": 5_000,
}


def environment(url: str, scratch: Path) -> dict[str, str]:
    """Return the environment variables of the site as it is served, on one database."""
    return {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "peersupport.settings",
        "SECRET_KEY": "for-breaking-things-only-" * 3,
        "DEBUG": "0",
        "HTTPS": "0",
        # Collected and hashed files would need a folder of their own.
        "HASHED_STATIC_FILES": "0",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
        # So that each visitor can have an address of their own, for the limits of forms and of signing in.
        "BEHIND_PROXY": "1",
        "LOCK_DIR": str(scratch / "locks"),
    }


def create(cluster: Cluster | None, listings: int, scratch: Path) -> str:
    """Return the URL of a database with so many examples: a copy of one that is made first where it has to be."""
    scratch.mkdir(parents=True, exist_ok=True)
    if cluster is None:
        original, copy = scratch / f"examples-{listings}.sqlite3", scratch / "site.sqlite3"
        if not original.exists():
            unfinished = original.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            _fill(f"sqlite:///{unfinished}", listings, scratch)
            unfinished.rename(original)
        for ending in ("-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)
        shutil.copyfile(original, copy)
        return f"sqlite:///{copy}"
    original = f"examples_{listings}"
    if not cluster.run(f"SELECT 1 FROM pg_database WHERE datname = '{original}'"):
        cluster.run("DROP DATABASE IF EXISTS unfinished")
        cluster.run("CREATE DATABASE unfinished")
        _fill(_on(cluster, "unfinished"), listings, scratch)
        cluster.run("VACUUM ANALYZE", "unfinished")
        cluster.run(f"ALTER DATABASE unfinished RENAME TO {original}")
    cluster.run("DROP DATABASE IF EXISTS site WITH (FORCE)")
    cluster.run(f"CREATE DATABASE site TEMPLATE {original}")
    return _on(cluster, "site")


def _on(cluster: Cluster, name: str) -> str:
    return urlsplit(cluster.url)._replace(path=f"/{name}").geturl()


def _fill(url: str, listings: int, scratch: Path) -> None:
    for command in (["migrate", "-v0"], ["load_places"], ["make_examples", "--count", str(listings), "--seed", "1"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=os.environ | environment(url, scratch),
            check=True,
            stdout=subprocess.DEVNULL,
        )
