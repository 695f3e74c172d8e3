"""The pages for everybody: finding services, applying, following a case, verifying a certificate."""
