"""Taking part. The office's pages name the post, as those of the desk do."""

from django.urls import include, path

from zhengtong.faces.forum import (
    assemblies,
    ballots,
    data,
    evidence,
    hosting,
    keeping,
    limiting,
    measures,
    moderating,
    outcome,
    results,
    rounds,
    speaking,
    subscribing,
    surveys,
    voting,
)

_post = [
    path("", hosting.overview, name="forum-post"),
    path("meetings", assemblies.of_post, name="assemblies-post"),
    path("meetings/convene/<slug:procedure>", assemblies.convene, name="meeting-convene"),
    path("meetings/<slug:number>", assemblies.hold, name="meeting-hold"),
    path("open/<slug:procedure>", hosting.open_round, name="forum-open"),
    path("<slug:number>/answers", hosting.answers, name="forum-answers"),
    path("<slug:number>/papers", evidence.put, name="forum-evidence"),
    path("<slug:number>/costs", hosting.costs, name="forum-costs"),
    path("<slug:number>/ballot/<slug:phase>", keeping.keep, name="forum-ballot"),
    path("<slug:number>/limit", limiting.limit, name="forum-limit"),
    path("<slug:number>/moderation", moderating.moderation, name="forum-moderation"),
]

_ballot = [
    path("", ballots.show, name="ballot"),
    path("enrol", voting.enrol, name="ballot-enrol"),
    path("blinded", voting.blinded, name="ballot-blinded"),
    path("booth", voting.booth, name="ballot-booth"),
    path("cast", voting.cast, name="ballot-cast"),
    path("ballots", ballots.listed, name="ballot-list"),
    path("archive.bel", ballots.archive, name="ballot-archive"),
    path("heads.json", ballots.recorded, name="ballot-heads"),
]

urlpatterns = [
    path("", rounds.index, name="rounds"),
    path("letters", subscribing.subscribe, name="subscribe"),
    path("letters/<str:token>/confirm", subscribing.confirm, name="subscription-confirm"),
    path("letters/<str:token>/end", subscribing.end, name="subscription-end"),
    path("rounds.json", data.all_as_json, name="rounds-json"),
    path("moderation", measures.log, name="measures"),
    path("moderation.json", measures.log_json, name="measures-json"),
    path("moderation.csv", measures.log_csv, name="measures-csv"),
    path("moderation/<int:measure>", measures.show, name="measure"),
    path("assemblies", assemblies.index, name="assemblies"),
    path("assemblies/<slug:number>", assemblies.show, name="meeting"),
    path("assemblies/<slug:number>.json", assemblies.as_json, name="meeting-json"),
    path("office/<slug:office>/<slug:seat>/", include(_post)),
    path("<slug:number>/", rounds.show, name="round"),
    path("<slug:number>/said.json", data.as_json, name="round-json"),
    path("<slug:number>/said.csv", data.as_csv, name="round-csv"),
    path("<slug:number>/vote/<slug:phase>.pb", results.as_pb, name="round-pb"),
    path("<slug:number>/ballot/<slug:phase>/", include(_ballot)),
    path("<slug:number>/answers", outcome.answers, name="round-answers"),
    path("<slug:number>/survey/<slug:phase>", surveys.survey, name="round-survey"),
    path("<slug:number>/papers/<int:pk>", evidence.file, name="round-evidence"),
    path("<slug:number>/voice", speaking.voice, name="round-voice"),
    path("<slug:number>/say/<slug:phase>", speaking.say, name="round-say"),
    path("<slug:number>/weigh/<int:contribution>", speaking.weigh, name="round-weigh"),
    path("<slug:number>/vote/<slug:phase>", speaking.vote, name="round-vote"),
    path("<slug:number>/contest/<int:measure>", moderating.contest, name="round-contest"),
]
