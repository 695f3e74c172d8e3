"""Reports: what petitioners let everybody read of their petitions: place, photograph, state; never their names."""
