"""Materials (材料): what comes in, what it is, and where it is used."""
