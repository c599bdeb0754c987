"""The file format of a backup: lines of JSON, compressed with gzip and optionally encrypted with age.

The first line says what wrote it, the last has the number of rows and the SHA-256 of all lines before, so that a
truncated or damaged file is detected, encrypted or not.
"""

import contextlib
import gzip
import hashlib
import json
import os
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import pyrage

#: Fast, and little larger than the best.
_COMPRESSION = 3
_AGE = b"age-encryption.org/"
_GZIP = b"\x1f\x8b"


class BadBackup(Exception):
    """A file that cannot be restored; the message is a sentence that says why."""


class Lines:
    """Writes lines of JSON to a file, and computes their SHA-256."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def write(self, value: Any) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._digest.update(line)
        self._file.write(line)

    def close(self, **counted: Any) -> None:
        """Write the last line: the number of rows, and the SHA-256."""
        self.write({**counted, "sha256": self._digest.hexdigest()})


@contextmanager
def written(path: Path, recipient: str = "") -> Iterator[Lines]:
    """Write a backup that only its owner may read. It appears under its name complete, or not at all.

    Raises `OSError` if it cannot be written, `FileExistsError` if there is such a file, and `BadBackup` if the
    recipient is not a public key of age.
    """
    if path.exists():
        raise FileExistsError(f"There is a file {path} already.")
    key = _recipient(recipient) if recipient else None
    part = path.with_name(f"{path.name}.part")
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            with (
                _encrypted(file, key) if key else contextlib.nullcontext(file) as stored,
                gzip.GzipFile(fileobj=stored, mode="wb", compresslevel=_COMPRESSION, mtime=0) as compressed,
            ):
                yield Lines(compressed)
            file.flush()
            os.fsync(file.fileno())
        # Not `rename`, which would replace a file that was created meanwhile.
        os.link(part, path)
    finally:
        part.unlink(missing_ok=True)


def read(path: Path, identity: str = "") -> Iterator[Any]:
    """Yield the content of each line of a backup but the last, which is verified against the lines before.

    Raises `BadBackup` if it is damaged, truncated, not a backup, or encrypted to another key; `OSError` if it cannot be
    read. Trust nothing before the end is reached.
    """
    digest = hashlib.sha256()
    try:
        with _opened(path, identity) as stored, gzip.GzipFile(fileobj=stored, mode="rb") as lines:
            last = b""
            for line in lines:
                if last:
                    digest.update(last)
                    yield json.loads(last)
                last = line
        end = json.loads(last or b"null")
    except EOFError as error:
        raise BadBackup("It is cut short: its end is missing.") from error
    except (gzip.BadGzipFile, zlib.error, ValueError) as error:
        raise BadBackup("It is damaged: what it holds cannot be read.") from error
    if not isinstance(end, dict) or "sha256" not in end:
        raise BadBackup("It is cut short: its end is missing.")
    if end["sha256"] != digest.hexdigest():
        raise BadBackup("It is damaged: its checksum is not that of what it holds.")


@contextmanager
def _opened(path: Path, identity: str) -> Iterator[BinaryIO]:
    """Open a backup, decrypted where it is encrypted."""
    with path.open("rb") as file:
        start = file.read(len(_AGE))
        file.seek(0)
        if start.startswith(_GZIP):
            yield file
        elif start != _AGE:
            raise BadBackup("It is no backup of this site, or its beginning is damaged.")
        elif not identity:
            raise BadBackup("It is encrypted. Give the file of its secret key with --identity.")
        else:
            with _decrypted(file, _identity(identity)) as plain:
                yield plain


@contextmanager
def _encrypted(file: BinaryIO, recipient: Any) -> Iterator[BinaryIO]:
    """Yield a file to write to, which encrypts into `file`."""
    reading, writing = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    with _running(lambda: pyrage.encrypt_io(reading, file, [recipient]), reading), writing:
        yield writing  # type: ignore[misc]  # One of a pair of kinds, and this is the second.


@contextmanager
def _decrypted(file: BinaryIO, identity: Any) -> Iterator[BinaryIO]:
    """Yield a file to read from, which decrypts `file`. Raises `BadBackup` if it cannot."""
    reading, writing = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    try:
        with _running(lambda: pyrage.decrypt_io(file, writing, [identity]), writing), reading:
            yield reading  # type: ignore[misc]  # One of a pair of kinds, and this is the first.
    except (pyrage.DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise BadBackup("It is damaged or cut short, or encrypted to another key.") from error


@contextmanager
def _running(work: Callable[[], None], end: Any) -> Iterator[None]:
    """Run a function in a thread at the other end of a pipe, and re-raise its error first."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as error:
            errors.append(error)
        finally:
            with contextlib.suppress(OSError):
                end.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    except BaseException:
        thread.join()
        if errors and not isinstance(errors[0], BrokenPipeError):
            raise errors[0] from None
        raise
    thread.join()
    if errors:
        raise errors[0]


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as error:
        raise BadBackup("The public key to encrypt to is none of age: it begins age1.") from error


def _identity(path: str) -> Any:
    """Return the secret key in a file written by `age-keygen`: one line, besides comments."""
    lines = [line for line in Path(path).read_text().splitlines() if line.startswith("AGE-SECRET-KEY-")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0])
    except (IndexError, pyrage.IdentityError) as error:
        raise BadBackup(f"There is no secret key of age in {path}.") from error
