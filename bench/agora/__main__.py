"""`python -m bench.agora`: equal shares against pabutools."""

from bench.agora import shares

shares.main()
