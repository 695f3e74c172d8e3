"""A place that people write as a position."""

import re

_WRITTEN = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,8})?)\s*[,，]\s*(-?[0-9]{1,3}(?:\.[0-9]{1,8})?)")


def position(place: str) -> tuple[float, float] | None:
    """The longitude and latitude, in degrees, of a place that is written as `10.3, 150.4`, latitude first; None for any
    other, and for what is nowhere on earth.
    """
    found = _WRITTEN.fullmatch(place.strip())
    if found is None:
        return None
    latitude, longitude = float(found[1]), float(found[2])
    return (longitude, latitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None
