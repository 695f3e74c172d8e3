"""Groups of opinion, as Polis draws them: who agrees with whom, what each group stands for, what bridges them.

>>> votes = array([[1, -1, nan], [1, 0, -1], …])  # people × statements: 1 agrees, -1 disagrees, 0 passes
>>> found = opinions(votes, seed=7)
>>> found.clear                                        # is there more to it than chance?
True
>>> found.sizes                                        # people in each group; `found.grouped` says who, -1 for nobody
(31, 18)
>>> found.statements.bridging()[:3]                    # the statements that every group agrees on (or rejects), first
(12, 4, 9)
>>> found.statements.representative(0)                 # what the first group says more than the others
(Representative(statement=3, agrees=True, …), …)

After Small et al., “Polis: Scaling Deliberation by Mapping High Dimensional Opinion Spaces” (Recerca 26, 2021). nan
is no vote. The same votes and the same seed give the same groups.
"""

from zhengtong.engines.opinions.projection import Projection, project
from zhengtong.engines.opinions.statements import Representative, Statements
from zhengtong.engines.opinions.whole import Opinions, opinions

__all__ = ["Opinions", "Projection", "Representative", "Statements", "opinions", "project"]
