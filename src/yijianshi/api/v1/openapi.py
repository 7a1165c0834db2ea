"""The document of the API (OpenAPI 3.1), made from the very structures that requests are decoded into."""

import re
from functools import cache
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse

from .endpoints import ENDPOINTS, Endpoint, Problem

_PARAMETER = re.compile(r"<(\w+):(\w+)>")
_REFERENCE = "#/components/schemas/{name}"


@cache
def document() -> dict[str, Any]:
    """Return the OpenAPI document."""
    structures = sorted(
        {kind for one in ENDPOINTS for kind in (one.takes, one.gives) if kind and kind not in (dict, bytes)}
        | {Problem},
        key=lambda kind: kind.__name__,
    )
    schemas, components = msgspec.json.schema_components(structures, ref_template=_REFERENCE)
    references = dict(zip(structures, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for one in ENDPOINTS:
        paths.setdefault("/api/v1/" + _PARAMETER.sub(r"{\2}", one.route), {})[one.method.lower()] = (
            _operation(one, references)
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "一件事一次办",
            "version": "1",
            "description": "提交一次，各部门同时办。写操作带 Idempotency-Key，重试不会办两次；错误按 RFC 9457 返回中文说明。",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def show(request: HttpRequest) -> HttpResponse:
    """Answer with the document."""
    return HttpResponse(msgspec.json.encode(document()), content_type="application/json")


def _operation(one: Endpoint, references: dict[type, Any]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": _path_schema(kind)}
        for kind, name in _PARAMETER.findall(one.route)
    ]
    parameters += [
        {"name": name, "in": "query", "description": text, "schema": {"type": "string"}}
        for name, text in one.query
    ]
    if one.keyed:
        parameters.append(
            {
                "name": "Idempotency-Key", "in": "header", "required": True,
                "schema": {"type": "string", "minLength": 8, "maxLength": 200},
            }
        )  # fmt: skip
    refusal = {
        "description": "没有办成：说明原因和办法",
        "content": {"application/problem+json": {"schema": references[Problem]}},
    }
    operation: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": parameters,
        "responses": {
            str(one.status): {
                "description": "办成了",
                "content": {kind: {} for kind in one.media}
                or {"application/json": {"schema": references.get(one.gives, {"type": "object"})}},
            },
            "4XX": refusal,
        },
        "security": [] if one.public else [{"token": []}],
    }
    if one.takes:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": references[one.takes]}},
        }
    elif one.binary:
        operation["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
    return operation


def _path_schema(kind: str) -> dict[str, str]:
    return {"type": "string", "format": "uuid"} if kind == "uuid" else {"type": "string"}
