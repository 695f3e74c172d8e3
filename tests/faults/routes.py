"""Every route of the program, and whose what it shows is: the one table that the matrix of attempts is made from.

A route that is not here fails the matrix: say whose it is first.
"""

EVERYBODY = """
reports reports-json reports-csv report report-photo
sign-in second-step passkey-question provider provider-back forgotten new-password new-password-link
sign-out language home search services audience theme service verify certificate laws law organisations organisation
charters charter process-file charter-file map-picture accessibility disclosed disclosed-file
statistics statistics-csv record powers ledger-checkpoint ledger-entries ledger-tile ledger-keys ledger-state
ledger-program witness witness-disputes rounds rounds-json measures measures-json measures-csv measure round round-json
open-data subscribe subscription-confirm subscription-end assemblies meeting meeting-json owed owed-json owed-csv
owed-duties-csv openings openings-json recount round-lot round-proposal round-link round-sponsor
ballot ballot-booth ballot-cast ballot-list ballot-check ballot-archive ballot-heads ballot-node ballot-node-file
ballot-node-words lot-node lot-node-words round-belied
round-answers round-evidence
round-csv round-record round-pb georeport-openapi georeport-requests
api:openapi-json api:list_catalogue api:get_procedure api:get_form api:list_organisations api:get_organisation
api:list_powers api:list_grants api:may_act api:list_delegations api:list_absences api:verify_certificate
api:get_statistics api:get_checkpoint api:api-root
healthz api/v1/ api/v1/<path:path>
open311/^v2/services\\.(?P<form>json|xml)$ open311/^v2/services/(?P<code>[^/]{1,130})\\.(?P<form>json|xml)$
open311/^v2/requests/(?P<number>[^/]{1,60})\\.(?P<form>json|xml)$
open311/^v2/tokens/(?P<number>[^/]{1,60})\\.(?P<form>json|xml)$
"""
"""Open to all, with nothing of one person in them (what is there of a round or a report is public)."""

ONES_OWN = """
account account-log sessions-end password code-app code-app-remove recovery-codes passkey-add passkey-make prove
token-issue desk absences drafts cases my-data restriction-lift-cases held held-download mandates start
round-opened round-enter round-amend round-join round-decide round-voice round-say round-weigh round-vote round-contest
round-survey ballot-enrol ballot-blinded
api:list_cases api:list_interests api:file_case api:upload_document api:delegate api:be_absent
"""
"""Of whoever has signed in: the address names nobody."""

PARTYS = """
session-end passkey-remove identity-leave token-end
go-on known question papers check discard
case filed act-proof replay why letter document certificate-file given-file correction papers-later own-step hearing-ask
withdraw recusal rate say-solved contest ask-why mandate-withdraw restriction-lift interest representing third-party
round-offer
api:get_case api:get_history api:get_deadline api:answer_correction api:ask_for_hearing api:hand_in_later api:withdraw
api:end_own_step api:rate api:say_solved api:appeal api:get_proof api:recusals_of api:ask_recusal api:be_back
api:get_interest api:give_views api:ask_as_interested
"""
"""An object of one party; to everybody else it is not there."""

POSTS = """
desk-third-parties
desk-post task task-claim task-hand-back task-complete task-correction task-inspection task-hearing task-hearing-order
task-interests task-withheld
task-hand-over task-extension stand-aside recusals registers own-looks delegations delegation-give delegation-end offer
motions motion proposal desk-case desk-replay reliance-settle desk-case-may notice-delay desk-document desk-papers
desk-paper desk-paper-picture desk-paper-ready certificate-revoke
counter counter-services counter-application counter-receipt counter-corrections counter-correction
supervision supervised-attempts supervised-looks supervised-notices supervised-process supervised-process-file
supervised-versions supervised-version task-assign
forum-opening-key forum-openings forum-opening-request
assemblies-post meeting-convene meeting-hold forum-evidence forum-ballot forum-ballot-file forum-draw
report-withhold forum-follow-up forum-post forum-open forum-answers forum-costs forum-limit forum-moderation
api:list_tasks api:get_task api:claim api:complete api:request_correction api:hand_over api:schedule_inspection
api:arrange_hearing api:order_hearing api:extend api:assign api:list_offers api:take api:decline api:list_proposals
api:confirm api:reject api:may_act_in_case api:end_delegation api:stand_aside api:list_recusals api:decide_recusal
api:list_told api:tell_interested
"""
"""Of a post, or an object that lies on its desk."""

NOT_MADE = """
desk-third-parties
report report-photo report-withhold
forum-opening-key forum-openings forum-opening-request
assemblies-post meeting-convene meeting-hold forum-evidence forum-ballot forum-ballot-file forum-draw
restriction-lift interest representing third-party task-interests task-withheld round-offer
passkey-remove identity-leave session-end given-file hearing-ask own-step task-hearing task-hearing-order motion
proposal reliance-settle desk-papers desk-paper desk-paper-picture desk-paper-ready act-proof task-inspection
task-extension forum-open forum-answers forum-costs forum-follow-up forum-limit forum-moderation supervised-version
api:ask_for_hearing api:end_own_step api:confirm api:reject api:arrange_hearing api:order_hearing api:be_back
api:get_interest api:give_views api:ask_as_interested api:list_told api:tell_interested
"""
"""Routes for which the story of the matrix makes no object: strangers ask for one that is not there."""

TABLE = {
    name: whose
    for whose, names in {"everybody": EVERYBODY, "own": ONES_OWN, "party": PARTYS, "post": POSTS}.items()
    for name in names.split()
}
