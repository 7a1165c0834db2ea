"""Texts that are written again and again (常用语): their one page, and the control that inserts one into a form."""
