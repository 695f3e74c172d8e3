"""Lists have pages."""

PAGE = 50  # rows of a list on a page


def on_page(page: int | None) -> slice:
    """The part of a list that is on a page, counted from 1; all of it without one."""
    return slice(None) if page is None else slice((page - 1) * PAGE, page * PAGE)
