"""Benefits offered without an application (免申即享): the person's one page, and the desk of the unit that offers."""
