"""Carriers that call back: each reads its own wire format into the same `TrackingEvent`s.

Nothing here knows Flask, the database or a parcel of ours: a carrier is told its secret, checks the
signature over the raw body, and answers in events. What the events mean together is decided in
`app.fulfilment.tracking`.
"""
