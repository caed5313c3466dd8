"""Products as other systems' files say them; the shop's own file is `app.catalog.own_file`."""
