"""The addresses a shopper keeps."""

from __future__ import annotations

from flask import Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.customers import commands, queries
from app.customers.addresses.parser import ParsedAddress
from app.customers.errors import TooManyAddresses
from app.customers.forms import AddressForm
from app.customers.views.area import guarded
from app.platform import clock
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor

HERE = "/me/addresses"
ADDRESS = f"{HERE}/<int(max=9007199254740991):address_id>"

bp = guarded("address_book")


@bp.get(HERE)
def show() -> Response:
    return page("customers/addresses.html", addresses=queries.addresses(current_actor()))


@bp.get(f"{HERE}/new")
def new() -> Response:
    return _form(AddressForm.read({}))


@bp.post(f"{HERE}/new")
def create() -> BaseResponse:
    form = AddressForm.read(request.form)
    if request.form.get("do") == "read":
        return _form(form, parsed=form.take_over())
    details = form.check()
    if details is None:
        return _form(form, status=422)
    try:
        commands.add_address(details, actor=current_actor(), now=clock.now())
    except TooManyAddresses as error:
        return _form(form, status=error.status, failure=error)
    return _saved()


@bp.get(ADDRESS)
def edit(address_id: int) -> Response:
    return _form(AddressForm.of(queries.address(address_id, current_actor())), address_id)


@bp.post(ADDRESS)
def update(address_id: int) -> BaseResponse:
    queries.address(address_id, current_actor())
    form = AddressForm.read(request.form)
    if request.form.get("do") == "read":
        return _form(form, address_id, parsed=form.take_over())
    details = form.check()
    if details is None:
        return _form(form, address_id, status=422)
    commands.change_address(address_id, details, actor=current_actor())
    return _saved()


@bp.post(f"{ADDRESS}/delete")
def delete(address_id: int) -> BaseResponse:
    commands.remove_address(address_id, actor=current_actor())
    flash(_("The address is removed."), "ok")
    return see_other(url_for("address_book.show"))


def _saved() -> BaseResponse:
    flash(_("The address is saved."), "ok")
    return see_other(url_for("address_book.show"))


def _form(
    form: AddressForm,
    address_id: int | None = None,
    *,
    status: int = 200,
    parsed: ParsedAddress | None = None,
    failure: TooManyAddresses | None = None,
) -> Response:
    return page(
        "customers/address_form.html",
        status=status,
        address_id=address_id,
        typed=form.typed,
        errors=form.errors,
        parsed=parsed,
        failure=failure,
    )
