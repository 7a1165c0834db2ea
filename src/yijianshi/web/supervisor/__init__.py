"""The pages of the supervisor (督查): what runs, what is due, what is late, and what people think of it."""
