"""ElectionGuard 1.4: encrypt and cast a ballot of one contest of three; run by the peers' interpreter, prints JSON."""

import json
import logging
import sys
from time import process_time

logging.disable()
try:
    from electionguard.ballot_box import cast_ballot
    from electionguard.elgamal import elgamal_keypair_random
    from electionguard.encrypt import encrypt_ballot
    from electionguard.group import rand_q
    from electionguard_tools.factories.ballot_factory import BallotFactory
    from electionguard_tools.factories.election_factory import ElectionFactory
except (ImportError, ValueError):  # Python 3.11 refuses its classes: it wants 3.9 or 3.10
    print(json.dumps({"electionguard": False}))
    sys.exit()

BALLOTS = 10
factory = ElectionFactory()
manifest = factory.get_fake_manifest()
manifest.contests = [contest for contest in manifest.contests if len(contest.ballot_selections) == 3]
for contest in manifest.contests:
    contest.sequence_order, contest.number_elected, contest.votes_allowed = 0, 1, 1
internal, context = factory.get_fake_ciphertext_election(manifest, elgamal_keypair_random().public_key)
plain = [BallotFactory().get_fake_ballot(internal, f"ballot-{number}") for number in range(BALLOTS)]
cast_ballot(encrypt_ballot(plain[0], internal, context, rand_q()))  # lays its powers out
begun = process_time()
for ballot in plain:
    cast_ballot(encrypt_ballot(ballot, internal, context, rand_q()))
print(json.dumps({"electionguard": True, "seconds": (process_time() - begun) / BALLOTS}))
