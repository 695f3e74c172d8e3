"""What every face shares: signing in and out, the language."""

from django.urls import path
from django.views.i18n import set_language

from zhengtong.faces.shared import forgotten, passkeys, providers, proving, sign_in

urlpatterns = [
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-in/second-step", sign_in.second_step, name="second-step"),
    path("sign-in/passkey", passkeys.question, name="passkey-question"),
    path("sign-in/with/<slug:provider>", providers.start, name="provider"),
    path("sign-in/with/<slug:provider>/back", providers.back, name="provider-back"),
    path("sign-in/again", proving.prove, name="prove"),
    path("sign-in/forgotten", forgotten.forgotten, name="forgotten"),
    path("sign-in/new-password", forgotten.new_password, name="new-password"),
    path("sign-in/new-password/<int:account>/<slug:token>", forgotten.open_link, name="new-password-link"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
    path("language", set_language, name="language"),
]
