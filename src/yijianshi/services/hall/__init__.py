"""What can be done in the hall of a centre: booking a time, taking a ticket, calling, opening and shutting windows."""
