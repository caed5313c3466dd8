"""Channels and delivery: messages are queued once per event, recipient and channel, sent with retries, logged."""
