"""The interface for programs, and a problem document for every other path below it."""

from django.urls import URLPattern, path

from zhengtong.faces.api.interface import api, unknown
from zhengtong.faces.api.problems import with_problems

_patterns, _app, _namespace = api.urls
for pattern in _patterns:
    if isinstance(pattern, URLPattern):
        pattern.callback = with_problems(pattern.callback)

urlpatterns = [
    path("", (_patterns, _app, _namespace)),
    path("<path:path>", unknown),
    path("", unknown),
]
