"""The pages of centres and their halls: finding one, booking, tickets, the big screen, calling, running the hall."""
