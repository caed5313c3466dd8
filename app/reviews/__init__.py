"""What buyers say of what they received: written by them alone, shown after a look at it."""
