"""Filled specimens and blank forms of materials (样表、空白表), for anyone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yijianshi.domain.codes import MaterialCode
from yijianshi.services.printing import sample_pdf

from .sending import public


@require_safe
def sample(request: HttpRequest, material: str, kind: str) -> HttpResponse:
    """Give the specimen (filled) or the blank form (blank) of a material."""
    return public(sample_pdf(MaterialCode(material), kind="filled" if kind == "sample" else kind))
