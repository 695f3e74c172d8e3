"""Secret ballots that anybody can verify: Belenios, version 1 of its format, by its specification 2.0.

election = compose(name=…, description=…, uuid=new_token(14), key=joint_key(circles), questions=(Question(…),))
box = open_box(election=election, trustees=…, credentials=[…], timestamp=…)
box.accept(cast(election=election, credential="abc-…", votes=[[0, 1]]))
box.close(); box.take_share(*box.share(secret)); box.publish()
verify(box.archive.bytes())                              # or, without us: belenios-tool election verify
"""

from zhengtong.engines.ballots.archive import Archive, added, chained, check_grown, read_archive
from zhengtong.engines.ballots.ballot import Ballot, cast, read_ballot
from zhengtong.engines.ballots.box import Box, open_box, set_up, verify
from zhengtong.engines.ballots.credential import new_credential, new_token, public_key
from zhengtong.engines.ballots.election import Election, Question, compact, compose, fingerprint
from zhengtong.engines.ballots.errors import BallotFault, ElectionArchiveFault, TrusteeFault
from zhengtong.engines.ballots.trustees import check_published, joint_key, new_trustee, read_trustees

__all__ = [
    "Archive",
    "Ballot",
    "BallotFault",
    "Box",
    "Election",
    "ElectionArchiveFault",
    "Question",
    "TrusteeFault",
    "added",
    "cast",
    "chained",
    "check_grown",
    "check_published",
    "compact",
    "compose",
    "fingerprint",
    "joint_key",
    "new_credential",
    "new_token",
    "new_trustee",
    "open_box",
    "public_key",
    "read_archive",
    "read_ballot",
    "read_trustees",
    "set_up",
    "verify",
]
