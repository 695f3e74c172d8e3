"""XML for BPMN and DMN: no DTD, no entities, no network, bounded depth."""

import re

from lxml import etree

from zhengtong.charter.finding import Place
from zhengtong.charter.reading import faults
from zhengtong.charter.reading.tree import decoded, stop

ZT = "https://zhengtong.example/ns/charter"
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

_DOCTYPE = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


def read_xml(file: str, content: bytes) -> etree._Element:
    """The root of an XML file; raises `Unreadable`."""
    source = decoded(file, content)
    doctype = _DOCTYPE.search(source)
    if doctype:
        raise stop(faults.XML_ENTITIES, file, source.count("\n", 0, doctype.start()) + 1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content.removeprefix(b"\xef\xbb\xbf"), parser)
    except etree.XMLSyntaxError as fault:
        line, column = fault.position
        raise stop(faults.NOT_XML, file, max(line, 1), column or None, detail=fault.msg) from fault
    except (ValueError, LookupError) as fault:
        raise stop(faults.NOT_XML, file, 1, detail=str(fault)) from fault
    if getattr(root.getroottree().docinfo, "doctype", ""):  # declared in an encoding that hides it from the look above
        raise stop(faults.XML_ENTITIES, file, 1)
    return root


def place(file: str, element: etree._Element) -> Place:
    """Where an element stands."""
    return Place(file, getattr(element, "sourceline", None) or 1)
