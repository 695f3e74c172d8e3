"""Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): apps of other makers report what is wrong in the city.

A report becomes an application of the procedure that declares `georeport` in the charter, with the same clocks and acts
as any other; its `api_key` is a token of the person who reports.
"""
