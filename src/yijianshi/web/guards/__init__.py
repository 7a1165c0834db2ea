"""Pages about one's own guards: the second proof, the devices where one is signed in, the password."""
