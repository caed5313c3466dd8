"""What shoppers do with their accounts: come in, change what is kept about them, leave."""

from app.customers.commands.account import (
    change_password,
    change_profile,
    erase,
    sign_out_everywhere,
)
from app.customers.commands.address_book import (
    AddressDetails,
    add_address,
    change_address,
    remove_address,
)
from app.customers.commands.measures import keep_measures
from app.customers.commands.sign_in import (
    by_code,
    by_password,
    forget_old_codes,
    request_code,
)

__all__ = [
    "AddressDetails",
    "add_address",
    "by_code",
    "by_password",
    "change_address",
    "change_password",
    "change_profile",
    "erase",
    "forget_old_codes",
    "keep_measures",
    "remove_address",
    "request_code",
    "sign_out_everywhere",
]
