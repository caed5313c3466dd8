"""Channels and delivery: mails queued once per event and recipient, sent with retries, logged.

What is said belongs to the module that says it: it renders subject, text and HTML and calls
`commands.queue`. Here is only how a message reaches its reader, what each try was answered with,
and what staff see of it.
"""
