"""Parcels, carriers and their callbacks, pick-up."""
