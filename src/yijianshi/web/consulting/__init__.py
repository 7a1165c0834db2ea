"""The pages of questions between units (征询): one form for all who may ask, one queue for whoever is asked."""
