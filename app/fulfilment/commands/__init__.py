"""Verbs of fulfilment: send `parcels`, take in and apply carriers' `callbacks`."""
