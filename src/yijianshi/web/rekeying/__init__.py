"""The desk for typing again (转录台): for departments whose own system cannot be joined yet."""
