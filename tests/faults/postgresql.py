"""A PostgreSQL cluster of one's own, to stop and kill: as Debian makes them, with `fsync` on."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

ROLE = "faults"


@dataclass(frozen=True)
class Cluster:
    version: str
    name: str
    port: int

    @property
    def url(self) -> str:
        return f"postgres://{ROLE}:{ROLE}@127.0.0.1:{self.port}/postgres"

    @property
    def folder(self) -> Path:
        return Path(f"/var/lib/postgresql/{self.version}/{self.name}")

    def kill(self) -> None:
        """End the server process by SIGKILL, as a machine without memory would; its children notice and end."""
        os.kill(int((self.folder / "postmaster.pid").read_text().splitlines()[0]), signal.SIGKILL)

    def stop(self) -> None:
        self._control("stop", "-m", "immediate")

    def start(self) -> None:
        """Start the server, and wait until it answers."""
        for _ in range(100):
            try:
                self._control("start")
            except subprocess.CalledProcessError:
                # Children of the server that was killed still hold its memory.
                time.sleep(0.2)
            else:
                return
        raise TimeoutError("PostgreSQL does not start.")

    def start_again(self) -> None:
        """Start the server, if it has ended by itself."""
        if not is_running(self):
            self.start()

    def size(self) -> int:
        """Return the bytes of all that it has on its disk."""
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())

    @contextmanager
    def moved_to(self, disk: Path) -> Iterator[None]:
        """Have its folder on another disk while in the context; it is there no more afterwards."""
        self.stop()
        elsewhere = self.folder.with_name(f"{self.name}-moved")
        subprocess.run(["cp", "-a", str(self.folder), str(disk / "cluster")], check=True)
        self.folder.rename(elsewhere)
        self.folder.symlink_to(disk / "cluster")
        self.start()
        try:
            yield
        finally:
            if is_running(self):
                self.stop()
            self.folder.unlink()
            elsewhere.rename(self.folder)

    def run(self, sql: str, database: str = "postgres") -> list[tuple]:
        """Run one statement outside of a transaction, and return its rows."""
        connection = psycopg2.connect(urlsplit(self.url)._replace(path=f"/{database}").geturl())
        try:
            connection.autocommit = True
            cursor = connection.cursor()
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def _control(self, *words: str) -> None:
        command = ["pg_ctlcluster", self.version, self.name, words[0], *words[1:]]
        subprocess.run(command, check=True, capture_output=True)


@contextmanager
def cluster(name: str, *, keep: bool, folder: Path | None = None) -> Iterator[Cluster]:
    """Make a cluster, or start one that was left by `keep`; drop it at the end, unless it is to be found again."""
    if shutil.which("pg_createcluster") is None or os.getuid() != 0:
        raise SystemExit("A cluster of its own needs Debian's pg_createcluster, and root.")
    made = _existing(name)
    if made is None:
        versions = sorted(Path("/usr/lib/postgresql").iterdir(), key=lambda path: int(path.name))
        place = ["--datadir", str(folder)] if folder else []
        command = ["pg_createcluster", *place, versions[-1].name, name]
        subprocess.run(command, check=True, capture_output=True)
        made = _existing(name)
    if not is_running(made):
        made.start()
    role = f"DO $$ BEGIN CREATE ROLE {ROLE} SUPERUSER LOGIN PASSWORD '{ROLE}'; EXCEPTION WHEN OTHERS THEN END $$"
    asked = ["runuser", "-u", "postgres", "--", "psql", "-p", str(made.port), "-c", role]
    subprocess.run(asked, check=True, capture_output=True, cwd="/")
    try:
        yield made
    finally:
        if keep:
            made.start() if not is_running(made) else None
        else:
            subprocess.run(["pg_dropcluster", "--stop", made.version, made.name], check=True)


def _existing(name: str) -> Cluster | None:
    for version, known, port, *_ in _clusters():
        if known == name:
            return Cluster(version, known, int(port))
    return None


def is_running(made: Cluster) -> bool:
    return any(known == made.name and status.startswith("online") for _, known, _, status, *_ in _clusters())


def _clusters() -> list[list[str]]:
    done = subprocess.run(["pg_lsclusters", "--no-header"], check=True, capture_output=True, text=True)
    return [line.split() for line in done.stdout.splitlines()]
