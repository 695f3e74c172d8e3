"""The pages of a counter, where a clerk files for somebody who came."""
