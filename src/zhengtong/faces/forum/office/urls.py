"""The office's pages name the post, as those of the desk do."""

from django.urls import path

from zhengtong.faces.forum.office import (
    answers,
    ballots,
    costs,
    draws,
    limits,
    meetings,
    moderation,
    opening,
    openings,
    overview,
    papers,
    promises,
    reports,
)

urlpatterns = [
    path("", overview.overview, name="forum-post"),
    path("meetings", meetings.of_post, name="assemblies-post"),
    path("meetings/convene/<slug:procedure>", meetings.convene, name="meeting-convene"),
    path("meetings/<slug:number>", meetings.hold, name="meeting-hold"),
    path("open/<slug:procedure>", opening.open_round, name="forum-open"),
    path("voices/<slug:procedure>", openings.key, name="forum-opening-key"),
    path("reports/<slug:number>", reports.withholding, name="report-withhold"),
    path("<slug:number>/answers", answers.answers, name="forum-answers"),
    path("<slug:number>/papers", papers.put, name="forum-evidence"),
    path("<slug:number>/follow-up", promises.follow_up, name="forum-follow-up"),
    path("<slug:number>/costs", costs.costs, name="forum-costs"),
    path("<slug:number>/ballot/<slug:phase>", ballots.keep, name="forum-ballot"),
    path("<slug:number>/ballot/<slug:phase>/<slug:file>", ballots.sent, name="forum-ballot-file"),
    path("<slug:number>/draw/<slug:phase>", draws.keep, name="forum-draw"),
    path("<slug:number>/limit", limits.limit, name="forum-limit"),
    path("<slug:number>/voices", openings.keep, name="forum-openings"),
    path("<slug:number>/voices/<int:opening>.json", openings.request_file, name="forum-opening-request"),
    path("<slug:number>/moderation", moderation.moderation, name="forum-moderation"),
]
