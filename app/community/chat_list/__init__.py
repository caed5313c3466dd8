"""接龙, the numbered list a chat group keeps by hand: `reading.read` takes one in, `writing.write`
gives one back.

Pure: text in, entries out, nothing stored. What is understood stands in docs/chat-lists.md.
"""
