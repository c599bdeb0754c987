"""What all measurements share: databases of examples, the site as it is served, its processor time, and tables."""

import math
import os
import re
import resource
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from subprocess import DEVNULL, CompletedProcess, Popen, run
from urllib.request import urlopen

import psycopg2

ROOT = Path(__file__).resolve().parent.parent


def create_database(kind: str, size: int, folder: Path, server: str) -> str:
    """Return the URL of a database with so many examples. One of an earlier run with the same folder is used again."""
    name = f"{folder.name}_{size}".replace("-", "_")
    made = folder / f"{kind}-{name}.made"
    url = f"{server.rpartition('/')[0]}/{name}" if kind == "postgresql" else f"sqlite:///{folder}/{name}.sqlite3"
    fill = [] if made.exists() else [["load_places"], ["make_examples", "--count", str(size), "--seed", "1"]]
    if fill and kind == "postgresql":
        with closing(psycopg2.connect(server)) as connection, suppress(psycopg2.errors.DuplicateDatabase):
            connection.autocommit = True
            connection.cursor().execute(f"CREATE DATABASE {name}")
    for command in [["migrate"], *fill, ["encode_services"]]:
        run_python(url, folder, "manage.py", *command, stdout=DEVNULL)
    made.touch()
    return url


def run_python(url: str, folder: Path, *arguments: str, **options) -> CompletedProcess:
    """Run Python with the site's environment as it is served, on a database."""
    hosts = {"ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "0", "BEHIND_PROXY": "1", "HASHED_STATIC_FILES": "0"}
    keys = {"SECRET_KEY": "for-measuring-only-" * 4, "DEBUG": "0", "DATABASE_URL": url}
    paths = {"DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": str(ROOT), "LOCK_DIR": f"{folder}/{os.getpid()}"}
    command = [sys.executable, "-W", "ignore", *arguments]
    return run(command, cwd=ROOT, env=os.environ | hosts | keys | paths, check=True, **options)


class Site:
    """The site on the database of this process's environment: gunicorn, behind nginx where there is one. It answers."""

    def __init__(self, port: int, scratch: Path) -> None:
        commands = [[sys.executable, "-m", "gunicorn", "peersupport.wsgi", "-b", f"127.0.0.1:{port}"]]
        nginx = shutil.which("nginx", path=f"{os.environ.get('PATH')}:/usr/sbin")
        self.port, self.name = (port + 1, "nginx and gunicorn") if nginx else (port, "gunicorn alone")
        if nginx:
            (scratch / "nginx.conf").write_text(_nginx_configuration(port, self.port, scratch))
            commands += [[nginx, "-c", f"{scratch}/nginx.conf", "-e", "stderr", "-g", "daemon off; user root;"]]
        self.processes = [Popen(command, cwd=ROOT, stdout=DEVNULL, stderr=DEVNULL) for command in commands]
        ready, until = set[int](), time.monotonic() + 120
        # Each worker reads the directory for itself, and answers 503 until then.
        while time.monotonic() < until and not (ready and ready >= {*_children(self.processes[0].pid)}):
            with suppress(OSError), urlopen(f"http://127.0.0.1:{self.port}/readyz") as answer:
                ready.add(int(answer.headers["X-Work"].split()[0]))
            time.sleep(0.1)

    def work(self) -> float:
        """Return the processor seconds that all has taken: nginx, gunicorn, its workers, and PostgreSQL for them."""
        own = [process.pid for process in self.processes]
        return sum(map(_work_of, [*own, *(child for pid in own for child in _children(pid)), *_backends()]))

    def memory(self) -> float:
        """Return the most memory that a worker has as its own share (PSS), in MB."""
        rollups = (Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in _children(self.processes[0].pid))
        return max(int(re.search(r"^Pss: +(\d+)", rollup, re.MULTILINE)[1]) for rollup in rollups) / 1024

    def close(self) -> None:
        for process in self.processes:
            process.terminate()
            process.wait(30)


def _nginx_configuration(site_port: int, port: int, scratch: Path) -> str:
    """Return that of deploy/, at our ports, with its files in `scratch`, and no bounds by address: we have but one."""
    text = re.sub(r"^ *limit_(req|conn) .*\n", "", (ROOT / "deploy/nginx.conf").read_text(), flags=re.MULTILINE)
    folders = [f"{kind}_temp_path {scratch}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    changes = {"web:8000": f"127.0.0.1:{site_port}", "listen 8080": f"listen 127.0.0.1:{port}"}
    changes |= {"/tmp/nginx.pid": f"{scratch}/nginx.pid", "http {": " ".join(["http {", *folders])}
    changes |= {"/etc/nginx/site_proxy.conf": f"{ROOT}/deploy/site_proxy.conf"}
    for old, new in changes.items():
        text = text.replace(old, new)
    return text


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _backends() -> list[int]:
    """Return the processes of PostgreSQL, on this machine, that serve our database; this process's own rests."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return [pid for (pid,) in cursor]


def _work_of(pid: int) -> float:
    """Return the processor seconds of a process, and of its children that have ended."""
    threads = [int(file.read_text().split()[0]) for file in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    ended = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[13:15]
    return sum(threads) / 1e9 + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")


def milliseconds(action: Callable[..., object], *arguments: object) -> float:
    """Return the milliseconds of a processor that a call takes: here, in children that end, and in PostgreSQL."""
    from django.db import connection

    def used() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        in_database = connection.vendor == "postgresql" and _work_of(connection.connection.info.backend_pid)
        return time.process_time() + children.ru_utime + children.ru_stime + in_database

    connection.ensure_connection()
    began = used()
    action(*arguments)
    return (used() - began) * 1000


def say(line: str) -> None:
    print(line.rstrip(), flush=True)  # noqa: T201


def heading(title: str, *columns: str) -> None:
    say(f"\n{title:<48}" + "".join(f"{column:>11}" for column in columns))


def row(title: str, *figures: float | str, note: str = "") -> None:
    """Print figures under their columns."""
    shown = [figure if isinstance(figure, str) else f"{figure:,.{0 if figure >= 1000 else 2}f}" for figure in figures]
    say(f"  {title:<46.46}{''.join(f'{figure:>11}' for figure in shown)}  {note}")


def sign(value: float, limit: float | None, unit: str = " ms", *, at_least: bool = False) -> str:
    """Return an aim, and whether it was reached; "" if there is none."""
    reached = limit is not None and (value >= limit if at_least else value <= limit)
    return "" if limit is None else f"{'≥' if at_least else '≤'} {limit:g}{unit} {'✓' if reached else '✗'}"


def report_walk(title: str, found: dict[int, dict[str, tuple[int, float, float, float]]]) -> None:
    """Print the pages by number of listings. Those of over 10 ms that grow as the data, or faster, are named."""
    small, large = min(found), max(found)
    columns = [f"{size // 1000}k {which}" for size in found for which in ("first", "again")]
    heading(title, "status", *columns, "odd", "growth")
    for label, (status, *_) in found[large].items():
        pages = [found[size][label] for size in found]
        last, odd = pages[-1][1], max(page[3] for page in pages)
        # The power of the number of listings: 1 is as the data, 2 as its square.
        power = math.log(last / pages[0][1]) / math.log(large / small) if large > small else 0.0
        notes = ["FASTER THAN THE DATA" if power > 1.1 else "as the data"] if power > 0.7 and last > 10 else []
        notes += ["an odd question > 200 ms"] if odd > 200 else []
        row(label, str(status), *(time for page in pages for time in page[1:3]), odd, power, note=", ".join(notes))
