"""Files that programs fetch again and again."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import conditional_page, require_safe


def fetched(view: Callable[..., HttpResponse]) -> Callable[..., Any]:
    """By GET and HEAD, with an ETag: what has not changed since is answered by 304, and not sent again."""
    return require_safe(conditional_page(view))
