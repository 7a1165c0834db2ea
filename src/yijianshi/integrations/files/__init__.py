"""Where the bytes of materials and letters lie: a folder, or an object store."""

from .digest import DigestWrong, FileDamaged
from .folder import FolderFiles
from .folder import check as check_folder
from .s3 import S3Files, S3Missing
from .s3 import check as check_s3

__all__ = ["DigestWrong", "FileDamaged", "FolderFiles", "S3Files", "S3Missing", "check_folder", "check_s3"]
