"""The five levels of a rating (好差评), the best first."""

from django.utils.translation import gettext as _

LEVELS = ("5", "4", "3", "2", "1")


def levels() -> list[tuple[str, str]]:
    """Each level with its name."""
    names = [_("Very satisfied"), _("Satisfied"), _("Fairly satisfied"), _("Dissatisfied"), _("Very dissatisfied")]
    return list(zip(LEVELS, names, strict=True))
