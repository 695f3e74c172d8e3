"""The office's side of taking part: every page here names the post that acts."""
