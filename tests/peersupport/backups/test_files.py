"""The file of a backup: what was cut short, damaged or encrypted to somebody else is seen, and is never half there."""

import random
import stat
import subprocess
from pathlib import Path

import pyrage
import pytest

from peersupport.backups.files import BadBackup, read, written

#: Such that it does not compress away.
VALUES = [{"number": number, "words": random.Random(number).randbytes(60).hex()} for number in range(2000)]


@pytest.fixture(scope="module")
def secret_key(tmp_path_factory) -> Path:
    """The file of a secret key, as `age-keygen` writes it."""
    key = pyrage.x25519.Identity.generate()
    path = tmp_path_factory.mktemp("keys") / "key.txt"
    path.write_text(f"# created: 2026-11-29T10:00:00Z\n# public key: {key.to_public()}\n{key}\n")
    return path


@pytest.fixture(params=["plain", "encrypted"])
def stored(request, tmp_path, secret_key) -> tuple[Path, str]:
    """A file with some values in it, and the file of the key to read it with."""
    identity = str(secret_key) if request.param == "encrypted" else ""
    path = tmp_path / "backup"
    with written(path, public_key(secret_key) if identity else "") as lines:
        for value in VALUES:
            lines.write(value)
        lines.close(rows=len(VALUES))
    return path, identity


def public_key(secret_key: Path) -> str:
    return secret_key.read_text().splitlines()[1].removeprefix("# public key: ")


def refusal(path: Path, identity: str) -> str:
    with pytest.raises(BadBackup) as refused:
        list(read(path, identity))
    return str(refused.value)


def test_what_was_written_is_read(stored):
    assert list(read(*stored)) == VALUES


def test_only_its_owner_may_read_it(stored):
    assert stat.filemode(stored[0].stat().st_mode) == "-rw-------"


@pytest.mark.parametrize("share", [0.05, 0.3, 0.5, 0.9, 0.99])
def test_a_file_that_was_cut_short_is_refused(stored, share):
    path, identity = stored
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])

    assert "cut short" in refusal(path, identity)


@pytest.mark.parametrize("missing", [1, 8, 9, 20])
def test_a_file_without_its_last_bytes_is_refused(stored, missing):
    path, identity = stored
    path.write_bytes(path.read_bytes()[:-missing])

    assert "cut short" in refusal(path, identity)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.4, 0.7, 0.999])
def test_a_file_with_one_wrong_byte_is_refused(stored, share):
    path, identity = stored
    content = bytearray(path.read_bytes())
    content[int(len(content) * share)] ^= 0b100
    path.write_bytes(content)

    assert "damaged" in refusal(path, identity)


def test_a_file_that_somebody_changed_and_compressed_again_is_refused(tmp_path):
    path = tmp_path / "backup"
    with written(path) as lines:
        lines.write({"name": "one"})
        lines.write({"name": "another"})
        lines.close()
    changed = subprocess.run(["zcat", path], capture_output=True, check=True).stdout.replace(b"another", b"anothes")
    path.write_bytes(subprocess.run(["gzip"], input=changed, capture_output=True, check=True).stdout)

    assert refusal(path, "") == "It is damaged: its checksum is not that of what it holds."


def test_a_file_whose_last_lines_are_gone_is_refused(tmp_path):
    path = tmp_path / "backup"
    lines = b'{"alongside_backup":1}\n[1]\n[2]\n'
    path.write_bytes(subprocess.run(["gzip"], input=lines, capture_output=True, check=True).stdout)

    assert refusal(path, "") == "It is cut short: its end is missing."


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"PGDMP", b"[1, 2]\n"])
def test_another_kind_of_file_is_refused(tmp_path, content):
    path = tmp_path / "backup"
    path.write_bytes(content)

    assert refusal(path, "") == "It is no backup of this site, or its beginning is damaged."


def test_an_encrypted_file_is_read_with_its_own_key_alone(tmp_path, secret_key):
    path, other_key, empty = tmp_path / "backup", tmp_path / "other.txt", tmp_path / "empty.txt"
    other_key.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    empty.write_text("")
    with written(path, public_key(secret_key)) as lines:
        lines.write({"words": "Zyxwvutsecret"})
        lines.close()

    assert b"Zyxwvutsecret" not in path.read_bytes()
    assert refusal(path, "") == "It is encrypted. Give the file of its secret key with --identity."
    assert refusal(path, str(other_key)) == "It is damaged or cut short, or encrypted to another key."
    assert refusal(path, str(empty)) == f"There is no secret key of age in {empty}."
    assert list(read(path, str(secret_key))) == [{"words": "Zyxwvutsecret"}]


def test_a_public_key_that_is_none_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(BadBackup, match="it begins age1"), written(tmp_path / "backup", "age1nonsense"):
        pass

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_backup_that_fails_leaves_no_file(tmp_path, secret_key, encrypted):
    def write() -> None:
        with written(tmp_path / "backup", public_key(secret_key) if encrypted else "") as lines:
            for value in VALUES:
                lines.write(value)
            raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        write()

    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    path = tmp_path / "backup"
    path.write_text("of yesterday")

    with pytest.raises(FileExistsError), written(path):
        pass

    assert [file.read_text() for file in tmp_path.iterdir()] == ["of yesterday"]
