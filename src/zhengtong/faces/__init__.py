"""What people and programs see. Faces do not meet, and share only what is in `shared`."""
