"""The sandbox payment provider: a small company of its own, with which the shop only speaks HTTP.

It shares no code, no database and no memory with the shop, so that what the shop believes about
a provider is tested against something that does not share its mistakes. `docs/sandbox-provider.md`
describes its interface. It moves no money and must never face the public.
"""
