"""Everything the shop cannot make again, in one file: written while it runs, checked, put back."""
