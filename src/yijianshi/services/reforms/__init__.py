"""
What a reform is written from, all of it derived from editions: plan, demand, uses, labour, what has no basis, what if.

Every function takes editions as values, so that it serves pages (published) and commands (files) alike.
"""
