"""What texts have in common, Chinese or English, by a measure that can be said in a sentence, and how they differ.

`substance` is what a text says, without what changes nothing in it. `Corpus` finds texts that share words (of English)
and pairs of characters (of Chinese), those that are rare among all of them counting more: the cosine of TF-IDF.
"""

from zhengtong.engines.likeness.corpus import Corpus, Like
from zhengtong.engines.likeness.difference import Piece, difference
from zhengtong.engines.likeness.marks import fingerprint, marks, substance

__all__ = ["Corpus", "Like", "Piece", "difference", "fingerprint", "marks", "substance"]
