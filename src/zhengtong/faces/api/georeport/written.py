"""Answers in the two formats of GeoReport: JSON, and XML with one element for each value."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from django.http import HttpResponse

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEDIA = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}

Told = Mapping[str, Any]


class Failure(Exception):
    """What GeoReport tells with a status: 400, 403 or 404."""

    def __init__(self, status: int, *told: str) -> None:
        super().__init__(*told)
        self.status, self.told = status, told


def listed(form: str, name: str, item: str, told: Sequence[Told], *, status: int = 200) -> HttpResponse:
    """Several things: a list in JSON, `<name><item>…` in XML."""
    if form == "json":
        return _json(list(told), status)
    root = ET.Element(name)
    for each in told:
        _fill(ET.SubElement(root, item), each)
    return _xml(root, status)


def single(form: str, name: str, told: Told) -> HttpResponse:
    """One thing."""
    if form == "json":
        return _json(told, 200)
    root = ET.Element(name)
    _fill(root, told)
    return _xml(root, 200)


def failed(form: str, failure: Failure) -> HttpResponse:
    """The errors, each with its code and what is wrong."""
    told = [{"code": failure.status, "description": each} for each in failure.told]
    return listed(form, "errors", "error", told, status=failure.status)


def _fill(at: ET.Element, told: Told) -> None:
    for name, value in told.items():
        child = ET.SubElement(at, name)
        if isinstance(value, list):
            for each in value:
                _fill(ET.SubElement(child, _ONE[name]), each)
        elif value is not None:
            child.text = _NOT_IN_XML.sub("", str(value).lower() if isinstance(value, bool) else str(value))


_ONE = {"attributes": "attribute", "values": "value"}


def _json(told: Any, status: int) -> HttpResponse:
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=_MEDIA["json"], status=status)


def _xml(root: ET.Element, status: int) -> HttpResponse:
    written = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(written, content_type=_MEDIA["xml"], status=status)
