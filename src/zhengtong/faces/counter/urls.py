"""The clerk's pages: an application on paper becomes the same case as one from the web."""

from django.urls import include, path

from zhengtong.faces.counter import applications, arrivals, corrections

_post = [
    path("", arrivals.identify, name="counter"),
    path("applicants/<uuid:handle>", arrivals.services, name="counter-services"),
    path("applicants/<uuid:handle>/<slug:procedure>", applications.application, name="counter-application"),
    path("cases/<str:number>/receipt", applications.receipt, name="counter-receipt"),
    path("corrections", corrections.find, name="counter-corrections"),
    path("cases/<str:number>/correction", corrections.correction, name="counter-correction"),
]

urlpatterns = [path("<slug:office>/<slug:seat>/", include(_post))]
