"""Who may act: how many questions a second, against django-guardian's object permissions."""
