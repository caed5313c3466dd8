"""The processes beside the web server: supervisor, relay and scheduler, worker, sandbox provider.

Only this package talks to RQ, and nothing in `app` imports it. Nothing of value lives in the queue:
it may be emptied or lost at any moment (docs/operators.md, "When something dies").
"""
