"""The forum: where people take part, and where offices host, moderate and answer."""
