"""How a person proves who they are: passwords, passkeys, code apps, recovery codes, other providers, and sessions."""
