"""The bag: what somebody means to buy. It reserves nothing."""
