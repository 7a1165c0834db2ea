"""Files come back as they were saved, from a folder and from an object store alike."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from yijianshi.integrations.files import (
    DigestWrong,
    FileDamaged,
    FolderFiles,
    S3Files,
    check_folder,
    check_s3,
)
from yijianshi.services.ports import FileMissing, Files

CONTENT = "食品经营场所布局图".encode() * 100
SHA = hashlib.sha256(CONTENT).hexdigest()
ACCESS = {"access_key": "test", "secret_key": "test"}


@pytest.fixture(scope="module")
def object_store() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(object_store: str, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    client = boto3.client(
        "s3",
        endpoint_url=object_store,
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
    )
    name = "materials-" + hashlib.sha256(request.node.name.encode()).hexdigest()[:12]
    client.create_bucket(Bucket=name)
    yield object_store, name
    client.close()


@pytest.fixture(params=["folder", "s3"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "folder":
        return FolderFiles(tmp_path)
    endpoint, name = request.getfixturevalue("bucket")
    return S3Files.connect(endpoint=endpoint, bucket=name, prefix="site/", **ACCESS)


def test_what_is_dropped_is_gone_and_may_be_dropped_again(files: Files) -> None:
    files.save(SHA, CONTENT)
    files.drop(SHA)
    files.drop(SHA)
    with pytest.raises(FileMissing):
        files.open(SHA)
    with pytest.raises(DigestWrong):
        files.drop("../elsewhere")


def test_what_was_saved_comes_back(files: Files) -> None:
    files.save(SHA, CONTENT)
    with files.open(SHA) as stream:
        assert stream.read() == CONTENT


def test_saving_again_changes_nothing(files: Files) -> None:
    files.save(SHA, CONTENT)
    files.save(SHA, CONTENT)
    assert files.open(SHA).read() == CONTENT


def test_an_empty_file_is_a_file(files: Files) -> None:
    empty = hashlib.sha256(b"").hexdigest()
    files.save(empty, b"")
    assert files.open(empty).read() == b""


def test_what_was_never_saved_is_missing(files: Files) -> None:
    with pytest.raises(FileMissing, match="找不到文件"):
        files.open(SHA)


def test_bytes_of_another_digest_are_not_kept(files: Files) -> None:
    with pytest.raises(DigestWrong, match="没有保存"):
        files.save(SHA, CONTENT + b"!")
    with pytest.raises(FileMissing):
        files.open(SHA)


@pytest.mark.parametrize("name", ["../../etc/passwd", SHA.upper(), SHA[:-1], SHA + "\n", ""])
def test_no_path_can_be_smuggled_in_as_a_digest(files: Files, name: str) -> None:
    with pytest.raises(DigestWrong):
        files.open(name)
    with pytest.raises(DigestWrong):
        files.save(name, CONTENT)


def test_a_damaged_file_in_a_folder_is_never_handed_out_and_can_be_saved_again(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path)
    files.save(SHA, CONTENT)
    (place,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert place.relative_to(tmp_path).parts == (SHA[:2], SHA[2:4], SHA)
    place.write_bytes(CONTENT[:-1] + b"?")
    with pytest.raises(FileDamaged, match="已损坏"):
        files.open(SHA)
    files.save(SHA, CONTENT)
    assert files.open(SHA).read() == CONTENT


def test_a_damaged_object_is_never_handed_out(bucket: tuple[str, str]) -> None:
    endpoint, name = bucket
    files = S3Files.connect(endpoint=endpoint, bucket=name, **ACCESS)
    files._client.put_object(Bucket=name, Key=files._key(SHA), Body=b"other")
    with pytest.raises(FileDamaged):
        files.open(SHA)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        FolderFiles(tmp_path).save(SHA, CONTENT)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_others_on_the_machine_cannot_read_the_materials(tmp_path: Path) -> None:
    FolderFiles(tmp_path).save(SHA, CONTENT)
    (place,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert place.stat().st_mode & 0o077 == 0


def test_the_check_of_a_folder_names_what_is_wrong(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    enough_room: Callable[[str], bool] = lambda finding: "磁盘只剩" not in finding  # noqa: E731
    assert [f for f in check_folder(tmp_path) if enough_room(f)] == []
    assert "不存在" in check_folder(tmp_path / "none")[0]
    tmp_path.chmod(0o755)
    assert "其他用户" in "".join(check_folder(tmp_path))


def test_the_check_of_a_bucket_says_when_it_cannot_be_reached(bucket: tuple[str, str]) -> None:
    endpoint, name = bucket
    assert check_s3(S3Files.connect(endpoint=endpoint, bucket=name, **ACCESS)) == ()
    assert "对象存储不可用" in check_s3(S3Files.connect(endpoint=endpoint, bucket="none", **ACCESS))[0]
