"""Outside payment providers, each behind the one `Gateway` protocol of `base.py`.

Nothing here knows Flask, the database or an order: a gateway is told amounts and references,
talks to its provider, and answers in reports.
"""
