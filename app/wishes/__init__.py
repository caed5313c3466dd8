"""What shoppers would like to have: their wish lists."""
