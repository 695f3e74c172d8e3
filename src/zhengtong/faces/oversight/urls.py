"""Supervision, and what the public may see of every office."""

from django.urls import path

from zhengtong.faces.oversight import (
    attempts,
    figures,
    looks,
    notices,
    powers,
    processes,
    record,
    supervision,
    versions,
)

urlpatterns = [
    path("figures", figures.statistics, name="statistics"),
    path("figures.csv", figures.statistics_csv, name="statistics-csv"),
    path("record", record.record, name="record"),
    path("powers", powers.power_list, name="powers"),
    path("<slug:office>/<slug:seat>/", supervision.supervise, name="supervision"),
    path("<slug:office>/<slug:seat>/attempts", attempts.attempts, name="supervised-attempts"),
    path("<slug:office>/<slug:seat>/looks", looks.looks, name="supervised-looks"),
    path("<slug:office>/<slug:seat>/notices", notices.notices, name="supervised-notices"),
    path("<slug:office>/<slug:seat>/process", processes.process, name="supervised-process"),
    path("<slug:office>/<slug:seat>/process.<str:form>", processes.process_file, name="supervised-process-file"),
    path("<slug:office>/<slug:seat>/versions", versions.versions, name="supervised-versions"),
    path("<slug:office>/<slug:seat>/versions/<slug:procedure>", versions.move, name="supervised-version"),
    path("<slug:office>/<slug:seat>/tasks/<int:task_id>/assign", supervision.assign, name="task-assign"),
]
