"""How well the search finds what people mean: judged queries over the demo catalogue."""
