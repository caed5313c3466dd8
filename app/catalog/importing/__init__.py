"""Other systems' product files, read into plain records. Pure: bytes in, products and problems out.

What becomes of them in the catalogue is a command's business; nothing here touches the database,
fetches a picture or follows a path.
"""
