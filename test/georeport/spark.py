"""Reads the XML of GeoReport with Python's own reader and prints it as JSON by the Spark convention: an element whose
children are all of one kind that repeats is a list, an empty one null, everything else text or an object."""
import json
import sys
import xml.etree.ElementTree as tree

LISTS = {"services": "service", "attributes": "attribute", "values": "value", "service_requests": "request",
         "endpoints": "endpoint", "formats": "format", "errors": "error"}


def spark(element):
    children = list(element)
    if element.tag in LISTS:
        assert all(child.tag == LISTS[element.tag] for child in children), element.tag
        assert not (element.text or "").strip(), element.tag
        return [spark(child) for child in children]
    if children:
        assert len({child.tag for child in children}) == len(children), f"{element.tag} has a field twice"
        return {child.tag: spark(child) for child in children}
    return element.text


raw = sys.stdin.buffer.read()
assert raw.startswith(b'<?xml version="1.0" encoding="utf-8"?>'), raw[:60]
json.dump(spark(tree.fromstring(raw)), sys.stdout)
