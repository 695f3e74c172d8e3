"""Where the ledger is served: the prefix of the log, by C2SP tlog-tiles, and the prefix of the witness."""

from django.urls import path, re_path

from zhengtong.faces.api import log

urlpatterns = [
    path("checkpoint", log.checkpoint, name="ledger-checkpoint"),
    re_path(r"^tile/entries/(?P<place>.+)$", log.entries, name="ledger-entries"),
    re_path(r"^tile/(?P<level>0|[1-9][0-9]?)/(?P<place>.+)$", log.tile, name="ledger-tile"),
    path("keys", log.keys, name="ledger-keys"),
    path("state", log.state, name="ledger-state"),
    path("zhengtong_verify.py", log.program, name="ledger-program"),
    path("witness/add-checkpoint", log.witness, name="witness"),
    path("witness/disputes", log.disputed, name="witness-disputes"),
]
