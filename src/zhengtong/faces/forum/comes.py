"""What comes of taking part in a round, in a sentence for each kind of phase: told before anybody has to decide."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from zhengtong.agora.rounds import WRITTEN, Round

OF_FEATURE = {
    "budget": _("The votes decide which projects are paid for."),
    "ranking": _("The votes decide in which order projects come."),
    "sortition": _("Those who are drawn by lot are invited to sit on the panel."),
    "ballot": _("The votes are counted, the result is published, and anybody can check it."),
    "survey": _("The answers are counted, and published without names."),
}


def what_comes(round_: Round) -> list[str]:
    """In the reader's language; as the charter declares it, so that nothing is promised that nobody owes."""
    features = {phase.feature for phase in round_.declared.phases}
    told = []
    if features.intersection(WRITTEN):
        told.append(_("Everything that is said is answered in public: adopted or not, and why."))
    if round_.declared.promise:
        told.append(_("What is adopted gets a day by which it is done, and a post that sees to it."))
    told += [sentence for feature, sentence in OF_FEATURE.items() if feature in features]
    return [gettext(each) for each in told]
