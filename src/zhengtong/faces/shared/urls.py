"""What every face shares: signing in and out, the language."""

from django.urls import path
from django.views.i18n import set_language

from zhengtong.faces.shared import sign_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("language", set_language, name="language"),
]
