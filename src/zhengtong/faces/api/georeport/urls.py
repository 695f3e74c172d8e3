"""The addresses of GeoReport v2: each ends with the format of its answer."""

from django.urls import path, re_path

from zhengtong.faces.api.georeport import views

_FORM = r"\.(?P<form>json|xml)$"

urlpatterns = [
    path("v2/openapi.json", views.openapi, name="georeport-openapi"),
    re_path(r"^v2/services" + _FORM, views.services),
    re_path(r"^v2/services/(?P<code>[^/]{1,130})" + _FORM, views.definition),
    re_path(r"^v2/requests" + _FORM, views.requests, name="georeport-requests"),
    re_path(r"^v2/requests/(?P<number>[^/]{1,60})" + _FORM, views.one),
    re_path(r"^v2/tokens/(?P<number>[^/]{1,60})" + _FORM, views.token),
]
