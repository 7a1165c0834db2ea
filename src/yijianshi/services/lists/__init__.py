"""Take over the lists of one-things that somebody prescribes (清单), as later years bring new ones."""
