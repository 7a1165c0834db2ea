"""Letters and licences, printed as PDF/A by typst."""

from .check import check, describe
from .printer import (
    TEMPLATE_FOLDER,
    FontsMissing,
    SampleNotPrintable,
    TypstDocuments,
    UnknownTemplate,
    ValuesDoNotFit,
)

__all__ = [
    "TEMPLATE_FOLDER",
    "FontsMissing",
    "SampleNotPrintable",
    "TypstDocuments",
    "UnknownTemplate",
    "ValuesDoNotFit",
    "check",
    "describe",
]
