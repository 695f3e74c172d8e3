"""The officer's pages. The post is part of the address: an officer with two posts has two desks."""

from django.urls import include, path

from zhengtong.faces.desk import (
    cases,
    deputies,
    desks,
    interests,
    looks,
    motions,
    notices,
    offers,
    papers,
    proposals,
    recusals,
    steps,
    third_parties,
)

_post = [
    path("", desks.desk, name="desk-post"),
    path("tasks/<int:task_id>", steps.task, name="task"),
    path("tasks/<int:task_id>/withheld.jpg", steps.withheld, name="task-withheld"),
    path("tasks/<int:task_id>/claim", steps.claim, name="task-claim"),
    path("tasks/<int:task_id>/hand-back", steps.hand_back, name="task-hand-back"),
    path("tasks/<int:task_id>/complete", steps.complete, name="task-complete"),
    path("tasks/<int:task_id>/correction", steps.correction, name="task-correction"),
    path("tasks/<int:task_id>/inspection", steps.inspection, name="task-inspection"),
    path("tasks/<int:task_id>/interests", interests.interests, name="task-interests"),
    path("tasks/<int:task_id>/hearing", steps.hearing, name="task-hearing"),
    path("tasks/<int:task_id>/hearing/order", steps.order_hearing, name="task-hearing-order"),
    path("tasks/<int:task_id>/hand-over", steps.hand_over, name="task-hand-over"),
    path("tasks/<int:task_id>/extension", steps.extension, name="task-extension"),
    path("tasks/<int:task_id>/stand-aside", recusals.stand_aside, name="stand-aside"),
    path("recusals", recusals.requests, name="recusals"),
    path("registers", looks.registers, name="registers"),
    path("looks", looks.flagged, name="own-looks"),
    path("delegations", deputies.delegations, name="delegations"),
    path("delegations/<slug:power>/give", deputies.propose, name="delegation-give"),
    path("delegations/<int:delegation_id>/end", deputies.end, name="delegation-end"),
    path("offers/<int:offer_id>", offers.offer, name="offer"),
    path("motions", motions.motions_of, name="motions"),
    path("motions/<int:motion_id>", motions.motion, name="motion"),
    path("proposals/<int:proposal_id>", proposals.proposal, name="proposal"),
    path("cases/<str:number>", cases.case, name="desk-case"),
    path("cases/<str:number>/replay/<int:decision_id>", cases.replay, name="desk-replay"),
    path("cases/<str:number>/fallen/<int:reliance_id>", cases.settle, name="reliance-settle"),
    path("cases/<str:number>/may", cases.may, name="desk-case-may"),
    path("cases/<str:number>/notice", notices.notice, name="notice-delay"),
    path("cases/<str:number>/documents/<int:document_id>", cases.document, name="desk-document"),
    path("cases/<str:number>/papers", papers.papers, name="desk-papers"),
    path("cases/<str:number>/third-parties", third_parties.third_parties, name="desk-third-parties"),
    path("cases/<str:number>/papers/<int:paper_id>", papers.paper, name="desk-paper"),
    path("cases/<str:number>/papers/<int:paper_id>/pages/<int:sheet>.png", papers.picture, name="desk-paper-picture"),
    path("cases/<str:number>/papers/<int:paper_id>/ready", papers.ready, name="desk-paper-ready"),
    path("cases/<str:number>/certificates/<str:certificate>/revoke", cases.revoke, name="certificate-revoke"),
]

urlpatterns = [
    path("", desks.choose, name="desk"),
    path("absences", deputies.absences, name="absences"),
    path("<slug:office>/<slug:seat>/", include(_post)),
]
