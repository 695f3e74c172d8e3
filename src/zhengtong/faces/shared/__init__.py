"""What all pages share: layout, components, language, sign-in, and how refusals are shown."""
