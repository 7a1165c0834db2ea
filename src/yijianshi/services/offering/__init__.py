"""Benefits offered without an application (免申即享): found by the unit, confirmed by the person."""
