"""Pictures of the demo shop, drawn with Pillow when it is loaded; nothing is shipped as a file.

`draw(garment, view)` photographs a garment, `draw_hero(seed)` and `draw_collection_cover(slug)`
lay several together. All give RGB images of 1080 by 1350, the same for the same arguments.
"""
