"""What shoppers would like to have: their wish lists, and mails when it can be had."""
