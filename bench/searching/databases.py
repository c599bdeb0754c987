"""Scratch databases full of examples, made by the site's own commands."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(url: str) -> dict[str, str]:
    """The site's settings as it is served, on one database."""
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "bench.searching.settings",
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": "for-measuring-only-" * 4,
        "DEBUG": "0",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
    }


def made(kind: str, size: int, folder: Path, server: str, again: bool) -> str:
    """The address of a database that holds so many examples; one that was kept is taken as it is."""
    if kind == "sqlite":
        path = folder / f"search-{size}.sqlite3"
        url, is_here = f"sqlite:///{path}", path.exists()
    else:
        url = urlsplit(server)._replace(path=f"/bench_search_{size}").geturl()
        is_here = _postgresql_has(server, size)
    if is_here and not again:
        return url
    if is_here:
        dropped(url, server)
    if kind == "postgresql":
        _on_server(server, f"CREATE DATABASE bench_search_{size}")
    commands = (["migrate", "-v0"], ["load_places"], ["make_examples", "--count", str(size), "--seed", "1"])
    for command in commands:
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(url),
            check=True,
            stdout=subprocess.DEVNULL,
        )
    if kind == "postgresql":
        # A server does this by itself some time after so many rows were written; until then it reads by bad plans.
        _on_server(url, "VACUUM ANALYZE")
    return url


def dropped(url: str, server: str) -> None:
    """Take a scratch database away."""
    name = urlsplit(url).path
    if url.startswith("sqlite"):
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)
    else:
        _on_server(server, f"DROP DATABASE IF EXISTS {name.strip('/')}")


def _postgresql_has(server: str, size: int) -> bool:
    return bool(_on_server(server, f"SELECT 1 FROM pg_database WHERE datname = 'bench_search_{size}'"))


def _on_server(server: str, sql: str) -> list[tuple]:
    """What one statement outside of any transaction finds: databases are made and dropped so."""
    connection = psycopg2.connect(server)
    try:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
