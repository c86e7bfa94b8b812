"""What leaves dabi for people to look at: amounts and times in words, and the self-contained page."""
