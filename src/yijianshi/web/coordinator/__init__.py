"""The pages of a lead department's coordinator (牵头协调): what to send out, and how it goes on."""
