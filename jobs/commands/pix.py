"""`flask pix`: the bank is told where to tell us; at the simulated one, somebody pays."""

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select

from integrations.pix import PixClient, PixTrouble, read_webhook
from jobs.pix import bank
from models.base import db
from models.billing import Invoice
from models.collection import PixCharge, PixReceipt, ReportedPix
from models.collection.to_pay import to_pay
from models.scope import Actor, acting

pix = AppGroup("pix", help="Pix at the bank.")


@pix.command()
def webhook() -> None:
    """Register the address to which the bank posts each Pix."""
    token, public = current_app.config["PIX_WEBHOOK_TOKEN"], current_app.config["PUBLIC_URL"]
    there = _there()
    if not (token and public.startswith("https://")):
        raise click.ClickException("Set ENLACE_PIX_WEBHOOK_TOKEN and ENLACE_PUBLIC_URL with https:// first.")
    try:
        there.register_webhook(f"{public.rstrip('/')}/webhooks/pix/{token}")
    except PixTrouble as trouble:
        raise click.ClickException(f"The bank did not take it: {trouble}") from None
    click.echo("Registered.")


@pix.command()
@click.argument("number", metavar="FATURA", type=int)
def pay(number: int) -> None:
    """Pay an invoice at the simulated bank, as its customer would with a phone; the bank then tells us."""
    fake = _there().fake
    if fake is None:
        raise click.ClickException("The bank is a real one: pay with a real phone.")
    with acting(Actor("integration", None, "Banco do Pix"), "api"):
        owed = next(iter(to_pay(Invoice.number == number)), None)
        if owed is None:
            raise click.ClickException(f"There is no open invoice {number}.")
        charge = db.session.scalars(
            select(PixCharge).where(PixCharge.invoice_id == owed.invoice.id, PixCharge.status == "active")
        ).first()
        e2e_id = fake.pay(charge.txid) if charge else fake.receive(owed.invoice.txid, owed.due.total_cents)
        posted, _ = read_webhook(fake.webhook_body(e2e_id))
        reported = [ReportedPix(pix.e2e_id, pix.txid, pix.cents, pix.at, pix.key, pix.returned_cents) for pix in posted]
        PixReceipt.keep_reported(reported, "webhook")
        db.session.commit()
    click.echo(f"Paid: {e2e_id}. The worker settles it.")


def _there() -> PixClient:
    there = bank()
    if there is None:
        raise click.ClickException("No bank is configured: set ENLACE_PIX_URL and the others.")
    return there
