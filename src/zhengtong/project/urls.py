"""Where the faces are: one line each."""

from django.urls import include, path

from zhengtong.project.health import healthz

urlpatterns = [
    path("healthz", healthz),
    path("account/", include("zhengtong.faces.account.urls")),
    path("desk/", include("zhengtong.faces.desk.urls")),
    path("counter/", include("zhengtong.faces.counter.urls")),
    path("oversight/", include("zhengtong.faces.oversight.urls")),
    path("ledger/", include("zhengtong.faces.api.log_urls")),
    path("take-part/", include("zhengtong.faces.forum.urls")),
    path("open311/", include("zhengtong.faces.api.georeport.urls")),
    path("api/v1/", include("zhengtong.faces.api.urls")),
    path("", include("zhengtong.faces.shared.urls")),
    path("", include("zhengtong.faces.portal.urls")),
]

handler400 = "zhengtong.faces.shared.errors.bad_request"
handler403 = "zhengtong.faces.shared.errors.not_allowed"
handler404 = "zhengtong.faces.shared.errors.not_found"
handler500 = "zhengtong.faces.shared.errors.failed"
