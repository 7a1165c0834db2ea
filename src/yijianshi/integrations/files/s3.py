"""An object store that speaks S3, as private clouds do."""

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from yijianshi.services.ports import FileMissing

from .digest import demand_digest, demand_match, demand_whole

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_ABSENT = {"404", "NoSuchKey", "NotFound"}


class S3Missing(Exception):
    """The library for object stores is not installed."""


class S3Files:
    """The Files port on an S3 bucket; the store itself makes a write whole or nothing."""

    def __init__(self, client: "S3Client", *, bucket: str, prefix: str = "") -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = prefix

    @classmethod
    def connect(
        cls,
        *,
        endpoint: str,
        bucket: str,
        access_key: str,
        secret_key: str,
        region: str = "us-east-1",
        prefix: str = "",
    ) -> "S3Files":
        """Return the bucket at `endpoint`. :raises S3Missing: if boto3 is not installed."""
        try:
            import boto3
            from botocore.config import Config
        except ImportError:
            raise S3Missing(
                "没有安装 boto3，不能使用对象存储。请安装 requirements/s3.txt，或改用文件夹。"
            ) from None
        config = Config(
            connect_timeout=3,
            read_timeout=20,
            retries={"max_attempts": 2},
            # Stores other than Amazon's refuse the newer checksum trailers; we compare SHA-256 ourselves.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"},
        )
        client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            aws_access_key_id=access_key,
            aws_secret_access_key=secret_key,
            region_name=region,
            config=config,
        )
        return cls(client, bucket=bucket, prefix=prefix)

    def save(self, sha256: str, content: bytes) -> None:
        """
        Keep the bytes; saving the same bytes again changes nothing.

        :raises DigestWrong: if the bytes do not have this digest.
        """
        demand_match(sha256, content)
        if self._length(sha256) != len(content):
            self._client.put_object(Bucket=self._bucket, Key=self._key(sha256), Body=content)

    def open(self, sha256: str) -> BinaryIO:
        """
        Return the bytes as a stream, looked over first.

        :raises FileMissing: if they were never saved, are gone, or are damaged (`FileDamaged`).
        """
        key = self._key(demand_digest(sha256))
        try:
            content = self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        except self._client.exceptions.ClientError as reason:
            if _code(reason) not in _ABSENT:
                raise
            raise FileMissing(f"找不到文件 {sha256[:12]}…。请从备份恢复，或请申请人重新上传。") from None
        return BytesIO(demand_whole(sha256, content))

    def drop(self, sha256: str) -> None:
        """Forget bytes that nobody refers to any more; dropping what is not there changes nothing."""
        self._client.delete_object(Bucket=self._bucket, Key=self._key(demand_digest(sha256)))

    def _length(self, sha256: str) -> int | None:
        try:
            return self._client.head_object(Bucket=self._bucket, Key=self._key(sha256))["ContentLength"]
        except self._client.exceptions.ClientError as reason:
            if _code(reason) not in _ABSENT:
                raise
            return None

    def _key(self, sha256: str) -> str:
        return f"{self._prefix}{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def reach(self) -> None:
        """Ask for the bucket. :raises Exception: whatever the library raises if it cannot be reached."""
        self._client.head_bucket(Bucket=self._bucket)


def _code(reason: Exception) -> str:
    return str(getattr(reason, "response", {}).get("Error", {}).get("Code", ""))


def check(files: S3Files) -> tuple[str, ...]:
    """Return what keeps the bucket from being used, one sentence each; nothing means all is well."""
    try:
        files.reach()
    except Exception as reason:  # the library's errors are made at run time and share no other parent
        return (f"对象存储不可用（{type(reason).__name__}）。请检查地址、密钥和桶名。",)
    return ()
