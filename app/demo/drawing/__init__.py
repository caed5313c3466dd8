"""Pictures of the demo shop, drawn with Pillow when it is loaded; nothing is shipped as a file."""
