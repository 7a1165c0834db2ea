"""
Find the one-thing that plain words mean (搜索): characters, sounds and initials; every hit says why it was found.

In process and without the database: an index is made of the editions that hold in a division and of the synonyms that
the steward keeps, and shared by all divisions whose editions say the same.
"""
