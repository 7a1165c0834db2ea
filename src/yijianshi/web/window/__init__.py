"""The pages of the one window (综合窗口): filing for others, the one pre-review, handing over."""
