"""Taking out of a document what may not be disclosed: a new file is made of what is left, nothing is covered.

>>> from zhengtong.engines.redaction import Region, redact
>>> taken = redact(pdf, passages=["张三"], regions=[Region(1, 0.1, 0.2, 0.6, 0.25)], fonts=fonts, now=now)
>>> taken.body                                        # a PDF of pictures of the pages, and of the text that is left
>>> taken.found                                       # how often each passage was there
{'张三': 2}

Nothing of the old file goes into the new one: no metadata, attachment, earlier version, hidden layer, note or script.
"""

from zhengtong.engines.redaction.errors import RedactionFault
from zhengtong.engines.redaction.kinds import Redacted, Region, kind_of, redact
from zhengtong.engines.redaction.look import look, pages_of, size_of

__all__ = ["Redacted", "RedactionFault", "Region", "kind_of", "look", "pages_of", "redact", "size_of"]
