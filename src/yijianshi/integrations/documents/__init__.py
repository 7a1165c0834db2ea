"""Letters and licences, printed as PDF/A by typst."""

from .printer import (
    TEMPLATE_FOLDER,
    FontsMissing,
    PackageImportRefused,
    TypstDocuments,
    UnknownTemplate,
    ValuesDoNotFit,
)

__all__ = [
    "TEMPLATE_FOLDER",
    "FontsMissing",
    "PackageImportRefused",
    "TypstDocuments",
    "UnknownTemplate",
    "ValuesDoNotFit",
]
