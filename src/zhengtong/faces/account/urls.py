"""Sign-in and security."""

from django.urls import path

from zhengtong.faces.account import factors, overview, passkeys, password, tokens

urlpatterns = [
    path("", overview.account, name="account"),
    path("log", overview.log, name="account-log"),
    path("sessions/end", overview.end_others, name="sessions-end"),
    path("sessions/<slug:mark>/end", overview.end_one, name="session-end"),
    path("password", password.change, name="password"),
    path("code-app", factors.code_app, name="code-app"),
    path("code-app/remove", factors.remove_code_app, name="code-app-remove"),
    path("recovery-codes", factors.recovery_codes, name="recovery-codes"),
    path("passkeys", passkeys.add, name="passkey-add"),
    path("passkeys/question", passkeys.question, name="passkey-make"),
    path("passkeys/<int:pk>/remove", passkeys.remove, name="passkey-remove"),
    path("identities/<int:pk>/leave", passkeys.leave, name="identity-leave"),
    path("tokens", tokens.issue, name="token-issue"),
    path("tokens/<int:pk>/end", tokens.end, name="token-end"),
]
