"""Scratch databases full of examples, made by the site's own commands."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent.parent


def environment(url: str) -> dict[str, str]:
    """Return the environment variables of the site as it is served, on one database."""
    return os.environ | {
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "bench.searching.settings",
        "PYTHONPATH": str(ROOT),
        "SECRET_KEY": "for-measuring-only-" * 4,
        "DEBUG": "0",
        "HTTPS": "0",
        "ALLOWED_HOSTS": "127.0.0.1,testserver",
    }


def create(kind: str, size: int, folder: Path, server: str, again: bool) -> str:
    """Return the URL of a database with so many examples; an existing one is reused unless `again`."""
    if kind == "sqlite":
        path = folder / f"search-{size}.sqlite3"
        url, exists = f"sqlite:///{path}", path.exists()
    else:
        url = urlsplit(server)._replace(path=f"/bench_search_{size}").geturl()
        exists = _postgresql_has(server, size)
    if exists and not again:
        return url
    if exists:
        drop(url, server)
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
        # Autovacuum would do this later; until then query plans are bad.
        _on_server(url, "VACUUM ANALYZE")
    return url


def drop(url: str, server: str) -> None:
    """Delete a scratch database."""
    name = urlsplit(url).path
    if url.startswith("sqlite"):
        for ending in ("", "-wal", "-shm"):
            Path(name + ending).unlink(missing_ok=True)
    else:
        _on_server(server, f"DROP DATABASE IF EXISTS {name.strip('/')}")


def _postgresql_has(server: str, size: int) -> bool:
    return bool(_on_server(server, f"SELECT 1 FROM pg_database WHERE datname = 'bench_search_{size}'"))


def _on_server(server: str, sql: str) -> list[tuple]:
    """Run one statement outside of a transaction, as creating a database needs, and return its rows."""
    connection = psycopg2.connect(server)
    try:
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()
