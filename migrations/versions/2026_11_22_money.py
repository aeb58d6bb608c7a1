"""money: charges, invoices, payments, carnês, bank files, Pix, notices and the ladder of a debt

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

EFFECTS = ("apply_access", "render_document")
MORE_EFFECTS = (*EFFECTS, "review_service", "send_notice", "send_code", "request_pix", "confirm_pix", "settle_file")
DOCUMENTS = ("contract",)
MORE_DOCUMENTS = (*DOCUMENTS, "invoice", "carne")
CHARGE_KINDS = ("Taxa de Instalação", "Visita técnica", "Mudança de endereço", "Venda de equipamento")
COMPANY_CHECKS = {
    "fine_bp": "fine_bp between 0 and 200",
    "interest_bp": "interest_bp between 0 and 100",
    "late_from": "late_from in ('business_day','due_date')",
    "issue_lead_days": "issue_lead_days between 5 and 60",
    "carne_most": "carne_most between 1 and 60",
    "commission_bp": "commission_bp between 0 and 30000",
}


def kinds(table, allowed):
    """The closed list of a column `kind` is a CHECK; longer lists replace it."""
    listed = ", ".join(f"'{kind}'" for kind in allowed)
    with op.batch_alter_table(table) as batch_op:
        batch_op.drop_constraint(op.f(f"ck_{table}_kind"), type_="check")
        batch_op.create_check_constraint("kind", f"kind in ({listed})")


def upgrade():
    op.create_table('charge_kind',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('inactive_since', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charge_kind')),
    sa.UniqueConstraint('name', name=op.f('uq_charge_kind_name'))
    )
    op.create_table('bank_account',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('bank', sa.String(length=3), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('pix_key', sa.String(length=77), nullable=False),
    sa.Column('pix_city', sa.String(length=15), nullable=False),
    sa.Column('instructions', sa.String(length=300), nullable=False),
    sa.Column('inactive_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_bank_account_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_account')),
    sa.UniqueConstraint('name', name=op.f('uq_bank_account_name'))
    )
    op.create_table('dunning_rule',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('notifies', sa.Boolean(), nullable=False),
    sa.Column('notice_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reduces', sa.Boolean(), nullable=False),
    sa.Column('reduce_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('suspends', sa.Boolean(), nullable=False),
    sa.Column('suspend_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('business_days_only', sa.Boolean(), nullable=False),
    sa.Column('termination_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('notice_days between 1 and 365', name=op.f('ck_dunning_rule_notice_days')),
    sa.CheckConstraint('reduce_days between 15 and 365', name=op.f('ck_dunning_rule_reduce_days')),
    sa.CheckConstraint('suspend_days between 15 and 365', name=op.f('ck_dunning_rule_suspend_days')),
    sa.CheckConstraint('termination_days between 60 and 365', name=op.f('ck_dunning_rule_termination_days')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_dunning_rule_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dunning_rule')),
    sa.UniqueConstraint('company_id', name=op.f('uq_dunning_rule_company_id'))
    )
    op.create_table('bank_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bank_account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('direction', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('layout', sa.String(length=10), nullable=False),
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('titles', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('total_cents', sa.BigInteger(), nullable=False),
    sa.Column('brought_by', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("direction in ('outgoing','return')", name=op.f('ck_bank_file_direction')),
    sa.CheckConstraint("layout in ('cnab240','cnab400')", name=op.f('ck_bank_file_layout')),
    sa.CheckConstraint("status in ('made', 'read', 'settling', 'settled')", name=op.f('ck_bank_file_status')),
    sa.ForeignKeyConstraint(['bank_account_id'], ['bank_account.id'], name=op.f('fk_bank_file_bank_account_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_bank_file_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_file')),
    sa.UniqueConstraint('bank_account_id', 'direction', 'sha256', name='uq_bank_file_once'),
    sa.UniqueConstraint('company_id', 'id', name=op.f('uq_bank_file_company_id_id'))
    )
    op.create_table('subscriber_code',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('browser_hash', sa.String(length=64), nullable=False),
    sa.Column('tries', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_subscriber_code_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscriber_code'))
    )
    with op.batch_alter_table('subscriber_code', schema=None) as batch_op:
        batch_op.create_index('ix_subscriber_code_person_id', ['person_id'], unique=False)

    op.create_table('carne',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('description', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('used_from', sa.Date(), nullable=False),
    sa.Column('first_due_on', sa.Date(), nullable=False),
    sa.Column('installments', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("status in ('open','cancelled')", name=op.f('ck_carne_status')),
    sa.CheckConstraint('installments between 1 and 60', name=op.f('ck_carne_installments')),
    sa.CheckConstraint('used_from <= first_due_on', name=op.f('ck_carne_used_from')),
    sa.ForeignKeyConstraint(['company_id', 'service_id'], ['service.company_id', 'service.id'], name=op.f('fk_carne_company_id_service_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_carne_company_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_carne_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_carne_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carne')),
    sa.UniqueConstraint('company_id', 'id', name=op.f('uq_carne_company_id_id'))
    )
    with op.batch_alter_table('carne', schema=None) as batch_op:
        batch_op.create_index('ix_carne_person_id', ['person_id'], unique=False)
        batch_op.create_index('ix_carne_service_id', ['service_id'], unique=False)

    op.create_table('commission',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('seller_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('month', sa.String(length=7), nullable=False),
    sa.Column('base_cents', sa.BigInteger(), nullable=False),
    sa.Column('rate_bp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("kind in ('sale','migration')", name=op.f('ck_commission_kind')),
    sa.CheckConstraint('amount_cents >= 0', name=op.f('ck_commission_amount_cents')),
    sa.ForeignKeyConstraint(['company_id', 'service_id'], ['service.company_id', 'service.id'], name=op.f('fk_commission_company_id_service_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_commission_company_id')),
    sa.ForeignKeyConstraint(['seller_id'], ['operator.id'], name=op.f('fk_commission_seller_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_commission')),
    sa.UniqueConstraint('service_id', 'kind', name=op.f('uq_commission_service_id_kind'))
    )
    with op.batch_alter_table('commission', schema=None) as batch_op:
        batch_op.create_index('ix_commission_month_seller_id', ['month', 'seller_id'], unique=False)

    op.create_table('hold',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(length=300), nullable=False),
    sa.Column('operator_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("reason <> ''", name=op.f('ck_hold_reason')),
    sa.ForeignKeyConstraint(['company_id', 'service_id'], ['service.company_id', 'service.id'], name=op.f('fk_hold_company_id_service_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_hold_company_id')),
    sa.ForeignKeyConstraint(['operator_id'], ['operator.id'], name=op.f('fk_hold_operator_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hold'))
    )
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.create_index('uq_hold_open', ['service_id'], unique=True, sqlite_where=sa.text('ended_at is null'), postgresql_where=sa.text('ended_at is null'))

    op.create_table('invoice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('billing_method_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bank_account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('carne_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('installment', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=True),
    sa.Column('period_end', sa.Date(), nullable=True),
    sa.Column('total_cents', sa.BigInteger(), nullable=False),
    sa.Column('paid_cents', sa.BigInteger(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('nosso_numero', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('nosso_numero_printed', sa.String(length=30), nullable=False),
    sa.Column('barcode', sa.String(length=44), nullable=False),
    sa.Column('registration', sa.String(length=12), nullable=False),
    sa.Column('txid', sa.String(length=35), nullable=False),
    sa.Column('pix_code', sa.String(length=300), nullable=False),
    sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('version', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('issued_year', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("(barcode = '') = (nosso_numero is null)", name=op.f('ck_invoice_barcode')),
    sa.CheckConstraint("registration in ('none', 'pending', 'sent', 'registered', 'rejected', 'closed')", name=op.f('ck_invoice_registration')),
    sa.CheckConstraint("status <> 'paid' or paid_cents = total_cents", name=op.f('ck_invoice_paid_in_full')),
    sa.CheckConstraint("status in ('open', 'paid', 'cancelled', 'written_off')", name=op.f('ck_invoice_status')),
    sa.CheckConstraint('total_cents > 0 and paid_cents between 0 and total_cents', name=op.f('ck_invoice_total_cents')),
    sa.ForeignKeyConstraint(['bank_account_id'], ['bank_account.id'], name=op.f('fk_invoice_bank_account_id')),
    sa.ForeignKeyConstraint(['billing_method_id'], ['billing_method.id'], name=op.f('fk_invoice_billing_method_id')),
    sa.ForeignKeyConstraint(['company_id', 'carne_id'], ['carne.company_id', 'carne.id'], name=op.f('fk_invoice_company_id_carne_id')),
    sa.ForeignKeyConstraint(['company_id', 'service_id'], ['service.company_id', 'service.id'], name=op.f('fk_invoice_company_id_service_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_invoice_company_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_invoice_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_invoice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invoice')),
    sa.UniqueConstraint('bank_account_id', 'issued_year', 'nosso_numero', name='uq_invoice_nosso_numero'),
    sa.UniqueConstraint('company_id', 'id', name=op.f('uq_invoice_company_id_id')),
    sa.UniqueConstraint('number', name=op.f('uq_invoice_number')),
    sa.UniqueConstraint('txid', name=op.f('uq_invoice_txid'))
    )
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.create_index('ix_invoice_carne_id', ['carne_id'], unique=False)
        batch_op.create_index('ix_invoice_person_id_due_on', ['person_id', 'due_on'], unique=False)
        batch_op.create_index('ix_invoice_status_due_on', ['status', 'due_on'], unique=False)

    op.create_table('replaced_slip',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('invoice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bank_account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('issued_year', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('nosso_numero', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('nosso_numero_printed', sa.String(length=30), nullable=False),
    sa.Column('barcode', sa.String(length=44), nullable=False),
    sa.Column('txid', sa.String(length=35), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('at_bank', sa.String(length=10), nullable=False),
    sa.Column('replaced_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("(barcode = '') = (nosso_numero is null)", name=op.f('ck_replaced_slip_barcode')),
    sa.CheckConstraint("at_bank in ('never', 'standing', 'asked', 'closed')", name=op.f('ck_replaced_slip_at_bank')),
    sa.ForeignKeyConstraint(['bank_account_id'], ['bank_account.id'], name=op.f('fk_replaced_slip_bank_account_id')),
    sa.ForeignKeyConstraint(['company_id', 'invoice_id'], ['invoice.company_id', 'invoice.id'], name=op.f('fk_replaced_slip_company_id_invoice_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_replaced_slip_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_replaced_slip')),
    sa.UniqueConstraint('bank_account_id', 'issued_year', 'nosso_numero', name='uq_replaced_slip_nosso_numero'),
    sa.UniqueConstraint('txid', name=op.f('uq_replaced_slip_txid'))
    )
    with op.batch_alter_table('replaced_slip', schema=None) as batch_op:
        batch_op.create_index('ix_replaced_slip_invoice_id', ['invoice_id'], unique=False)

    op.create_table('notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('address', sa.String(length=120), nullable=False),
    sa.Column('subject', sa.String(length=150), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('invoice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("(sent_at is not null) = (status = 'sent')", name=op.f('ck_notice_sent')),
    sa.CheckConstraint("channel in ('email')", name=op.f('ck_notice_channel')),
    sa.CheckConstraint("kind in ('invoice', 'carne', 'debt', 'paid', 'code', 'unlock')", name=op.f('ck_notice_kind')),
    sa.CheckConstraint("status in ('waiting', 'sent', 'failed')", name=op.f('ck_notice_status')),
    sa.ForeignKeyConstraint(['company_id', 'invoice_id'], ['invoice.company_id', 'invoice.id'], name=op.f('fk_notice_company_id_invoice_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_notice_company_id')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_notice_document_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_notice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice'))
    )
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.create_index('ix_notice_person_id', ['person_id'], unique=False)
        batch_op.create_index('uq_notice_invoice', ['invoice_id', 'kind'], unique=True, sqlite_where=sa.text('invoice_id is not null'), postgresql_where=sa.text('invoice_id is not null'))

    op.create_table('bank_file_record',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bank_file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('line', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('nosso_numero', sa.String(length=25), nullable=False),
    sa.Column('sequence', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('year', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('our_number', sa.String(length=30), nullable=False),
    sa.Column('occurrence', sa.String(length=4), nullable=False),
    sa.Column('meaning', sa.String(length=12), nullable=False),
    sa.Column('paid_cents', sa.BigInteger(), nullable=False),
    sa.Column('discount_cents', sa.BigInteger(), nullable=False),
    sa.Column('bank_fee_cents', sa.BigInteger(), nullable=False),
    sa.Column('occurred_on', sa.Date(), nullable=True),
    sa.Column('credited_on', sa.Date(), nullable=True),
    sa.Column('reasons', sa.String(length=200), nullable=False),
    sa.Column('invoice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("outcome in ('waiting', 'settled', 'registered', 'rejected', 'closed', 'quarantine', 'twice', 'info')", name=op.f('ck_bank_file_record_outcome')),
    sa.ForeignKeyConstraint(['company_id', 'bank_file_id'], ['bank_file.company_id', 'bank_file.id'], name=op.f('fk_bank_file_record_company_id_bank_file_id')),
    sa.ForeignKeyConstraint(['invoice_id'], ['invoice.id'], name=op.f('fk_bank_file_record_invoice_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_bank_file_record_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bank_file_record')),
    sa.UniqueConstraint('bank_file_id', 'line', name=op.f('uq_bank_file_record_bank_file_id_line'))
    )
    with op.batch_alter_table('bank_file_record', schema=None) as batch_op:
        batch_op.create_index('ix_bank_file_record_invoice_id', ['invoice_id'], unique=False)

    op.create_table('charge',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('invoice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('charge_kind_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('description', sa.String(length=120), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=True),
    sa.Column('period_end', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('discount_cents', sa.BigInteger(), nullable=False),
    sa.Column('fee_cents', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('divisor', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('status', sa.String(length=12), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("kind <> 'monthly' or period_start <= period_end", name=op.f('ck_charge_period')),
    sa.CheckConstraint("kind <> 'monthly' or period_start is not null", name=op.f('ck_charge_monthly_has_period')),
    sa.CheckConstraint("kind in ('monthly','fee','one_off')", name=op.f('ck_charge_kind')),
    sa.CheckConstraint("status in ('open', 'paid', 'cancelled', 'written_off')", name=op.f('ck_charge_status')),
    sa.CheckConstraint('amount_cents > 0 and discount_cents between 0 and amount_cents', name=op.f('ck_charge_amount_cents')),
    sa.ForeignKeyConstraint(['charge_kind_id'], ['charge_kind.id'], name=op.f('fk_charge_charge_kind_id')),
    sa.ForeignKeyConstraint(['company_id', 'invoice_id'], ['invoice.company_id', 'invoice.id'], name=op.f('fk_charge_company_id_invoice_id')),
    sa.ForeignKeyConstraint(['company_id', 'service_id'], ['service.company_id', 'service.id'], name=op.f('fk_charge_company_id_service_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_charge_company_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_charge_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charge')),
    sa.UniqueConstraint('company_id', 'id', name=op.f('uq_charge_company_id_id'))
    )
    with op.batch_alter_table('charge', schema=None) as batch_op:
        batch_op.create_index('ix_charge_invoice_id', ['invoice_id'], unique=False)
        batch_op.create_index('ix_charge_person_id_due_on', ['person_id', 'due_on'], unique=False)
        batch_op.create_index('ix_charge_service_id_kind_period_end', ['service_id', 'kind', 'period_end'], unique=False)
        batch_op.create_index('uq_charge_service_period', ['service_id', 'period_start', 'kind'], unique=True, sqlite_where=sa.text("status <> 'cancelled' and period_start is not null"), postgresql_where=sa.text("status <> 'cancelled' and period_start is not null"))

    op.create_table('debt_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('service_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('invoice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('noticed_on', sa.Date(), nullable=False),
    sa.Column('suspends_on', sa.Date(), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('notice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("channel in ('email','portal')", name=op.f('ck_debt_notice_channel')),
    sa.ForeignKeyConstraint(['company_id', 'invoice_id'], ['invoice.company_id', 'invoice.id'], name=op.f('fk_debt_notice_company_id_invoice_id')),
    sa.ForeignKeyConstraint(['company_id', 'service_id'], ['service.company_id', 'service.id'], name=op.f('fk_debt_notice_company_id_service_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_debt_notice_company_id')),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_debt_notice_notice_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_debt_notice_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_debt_notice')),
    sa.UniqueConstraint('service_id', 'invoice_id', name=op.f('uq_debt_notice_service_id_invoice_id'))
    )
    op.create_table('pix_charge',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('invoice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('bank_account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('txid', sa.String(length=35), nullable=False),
    sa.Column('status', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=300), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("status in ('requested','active','paid','done','removed')", name=op.f('ck_pix_charge_status')),
    sa.ForeignKeyConstraint(['bank_account_id'], ['bank_account.id'], name=op.f('fk_pix_charge_bank_account_id')),
    sa.ForeignKeyConstraint(['company_id', 'invoice_id'], ['invoice.company_id', 'invoice.id'], name=op.f('fk_pix_charge_company_id_invoice_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_pix_charge_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pix_charge')),
    sa.UniqueConstraint('txid', name=op.f('uq_pix_charge_txid'))
    )
    with op.batch_alter_table('pix_charge', schema=None) as batch_op:
        batch_op.create_index('ix_pix_charge_invoice_id', ['invoice_id'], unique=False)
        batch_op.create_index('uq_pix_charge_live', ['invoice_id'], unique=True, sqlite_where=sa.text("status in ('requested', 'active', 'paid')"), postgresql_where=sa.text("status in ('requested', 'active', 'paid')"))

    op.create_table('pix_receipt',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('e2e_id', sa.String(length=32), nullable=False),
    sa.Column('txid', sa.String(length=35), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('happened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('invoice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=False),
    sa.Column('told_by', sa.String(length=12), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("outcome in ('waiting','settled','divergent','unknown')", name=op.f('ck_pix_receipt_outcome')),
    sa.CheckConstraint("told_by in ('webhook','reconciled')", name=op.f('ck_pix_receipt_told_by')),
    sa.ForeignKeyConstraint(['company_id', 'invoice_id'], ['invoice.company_id', 'invoice.id'], name=op.f('fk_pix_receipt_company_id_invoice_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_pix_receipt_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pix_receipt')),
    sa.UniqueConstraint('e2e_id', name=op.f('uq_pix_receipt_e2e_id'))
    )
    with op.batch_alter_table('pix_receipt', schema=None) as batch_op:
        batch_op.create_index('ix_pix_receipt_outcome', ['outcome'], unique=False)

    op.create_table('charge_item',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('charge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint('amount_cents >= 0', name=op.f('ck_charge_item_amount_cents')),
    sa.ForeignKeyConstraint(['company_id', 'charge_id'], ['charge.company_id', 'charge.id'], name=op.f('fk_charge_item_company_id_charge_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_charge_item_company_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_charge_item'))
    )
    with op.batch_alter_table('charge_item', schema=None) as batch_op:
        batch_op.create_index('ix_charge_item_charge_id', ['charge_id'], unique=False)

    op.create_table('payment',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('invoice_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('charge_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('means', sa.String(length=10), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('credited_on', sa.Date(), nullable=True),
    sa.Column('amount_cents', sa.BigInteger(), nullable=False),
    sa.Column('principal_cents', sa.BigInteger(), nullable=False),
    sa.Column('fine_cents', sa.BigInteger(), nullable=False),
    sa.Column('interest_cents', sa.BigInteger(), nullable=False),
    sa.Column('discount_cents', sa.BigInteger(), nullable=False),
    sa.Column('credit_cents', sa.BigInteger(), nullable=False),
    sa.Column('bank_fee_cents', sa.BigInteger(), nullable=False),
    sa.Column('flag', sa.String(length=10), nullable=False),
    sa.Column('e2e_id', sa.String(length=32), nullable=True),
    sa.Column('bank_file_record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('note', sa.String(length=200), nullable=False),
    sa.Column('received_by', sa.String(length=120), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('company_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.CheckConstraint("flag in ('', 'under', 'over', 'twice', 'closed', 'late_short')", name=op.f('ck_payment_flag')),
    sa.CheckConstraint("means in ('counter','boleto','pix')", name=op.f('ck_payment_means')),
    sa.CheckConstraint('(invoice_id is null) <> (charge_id is null)', name=op.f('ck_payment_for_one_thing')),
    sa.CheckConstraint('amount_cents = principal_cents - discount_cents + fine_cents + interest_cents + credit_cents', name=op.f('ck_payment_sum')),
    sa.CheckConstraint('amount_cents > 0', name=op.f('ck_payment_amount_cents')),
    sa.ForeignKeyConstraint(['bank_file_record_id'], ['bank_file_record.id'], name=op.f('fk_payment_bank_file_record_id')),
    sa.ForeignKeyConstraint(['company_id', 'charge_id'], ['charge.company_id', 'charge.id'], name=op.f('fk_payment_company_id_charge_id')),
    sa.ForeignKeyConstraint(['company_id', 'invoice_id'], ['invoice.company_id', 'invoice.id'], name=op.f('fk_payment_company_id_invoice_id')),
    sa.ForeignKeyConstraint(['company_id'], ['company.id'], name=op.f('fk_payment_company_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_payment_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_payment')),
    sa.UniqueConstraint('bank_file_record_id', name=op.f('uq_payment_bank_file_record_id')),
    sa.UniqueConstraint('e2e_id', name=op.f('uq_payment_e2e_id'))
    )
    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.create_index('ix_payment_invoice_id', ['invoice_id'], unique=False)
        batch_op.create_index('ix_payment_paid_on', ['paid_on'], unique=False)

    with op.batch_alter_table('billing_method', schema=None) as batch_op:
        batch_op.add_column(sa.Column('bank_account_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_billing_method_bank_account_id'), 'bank_account', ['bank_account_id'], ['id'])

    with op.batch_alter_table('company', schema=None) as batch_op:
        batch_op.add_column(sa.Column('fine_bp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='200'))
        batch_op.add_column(sa.Column('interest_bp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='100'))
        batch_op.add_column(sa.Column('late_from', sa.String(length=12), nullable=False, server_default='business_day'))
        batch_op.add_column(sa.Column('issue_lead_days', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='10'))
        batch_op.add_column(sa.Column('bills_from', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('carne_most', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='24'))
        batch_op.add_column(sa.Column('commission_bp', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, server_default='0'))
        batch_op.add_column(sa.Column('mails_invoices', sa.Boolean(), nullable=False, server_default=sa.true()))
        for name, rule in COMPANY_CHECKS.items():
            batch_op.create_check_constraint(name, rule)
    with op.batch_alter_table('suspension', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_ladder', sa.Boolean(), nullable=False, server_default=sa.false()))
    kinds("effect", MORE_EFFECTS)
    kinds("document", MORE_DOCUMENTS)
    op.bulk_insert(
        sa.table("charge_kind", sa.column("name", sa.String)), [{"name": name} for name in CHARGE_KINDS]
    )


def downgrade():
    kinds("document", DOCUMENTS)
    kinds("effect", EFFECTS)
    with op.batch_alter_table('suspension', schema=None) as batch_op:
        batch_op.drop_column('by_ladder')
    with op.batch_alter_table('company', schema=None) as batch_op:
        for name in COMPANY_CHECKS:
            batch_op.drop_constraint(op.f(f"ck_company_{name}"), type_="check")
        batch_op.drop_column('mails_invoices')
        batch_op.drop_column('commission_bp')
        batch_op.drop_column('carne_most')
        batch_op.drop_column('bills_from')
        batch_op.drop_column('issue_lead_days')
        batch_op.drop_column('late_from')
        batch_op.drop_column('interest_bp')
        batch_op.drop_column('fine_bp')

    with op.batch_alter_table('billing_method', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_billing_method_bank_account_id'), type_='foreignkey')
        batch_op.drop_column('bank_account_id')

    with op.batch_alter_table('payment', schema=None) as batch_op:
        batch_op.drop_index('ix_payment_paid_on')
        batch_op.drop_index('ix_payment_invoice_id')

    op.drop_table('payment')
    with op.batch_alter_table('charge_item', schema=None) as batch_op:
        batch_op.drop_index('ix_charge_item_charge_id')

    op.drop_table('charge_item')
    with op.batch_alter_table('pix_receipt', schema=None) as batch_op:
        batch_op.drop_index('ix_pix_receipt_outcome')

    op.drop_table('pix_receipt')
    with op.batch_alter_table('pix_charge', schema=None) as batch_op:
        batch_op.drop_index('uq_pix_charge_live', sqlite_where=sa.text("status in ('requested', 'active', 'paid')"), postgresql_where=sa.text("status in ('requested', 'active', 'paid')"))
        batch_op.drop_index('ix_pix_charge_invoice_id')

    op.drop_table('pix_charge')
    op.drop_table('debt_notice')
    with op.batch_alter_table('charge', schema=None) as batch_op:
        batch_op.drop_index('uq_charge_service_period', sqlite_where=sa.text("status <> 'cancelled' and period_start is not null"), postgresql_where=sa.text("status <> 'cancelled' and period_start is not null"))
        batch_op.drop_index('ix_charge_service_id_kind_period_end')
        batch_op.drop_index('ix_charge_person_id_due_on')
        batch_op.drop_index('ix_charge_invoice_id')

    op.drop_table('charge')
    with op.batch_alter_table('bank_file_record', schema=None) as batch_op:
        batch_op.drop_index('ix_bank_file_record_invoice_id')

    op.drop_table('bank_file_record')
    with op.batch_alter_table('notice', schema=None) as batch_op:
        batch_op.drop_index('uq_notice_invoice', sqlite_where=sa.text('invoice_id is not null'), postgresql_where=sa.text('invoice_id is not null'))
        batch_op.drop_index('ix_notice_person_id')

    op.drop_table('notice')
    with op.batch_alter_table('replaced_slip', schema=None) as batch_op:
        batch_op.drop_index('ix_replaced_slip_invoice_id')

    op.drop_table('replaced_slip')
    with op.batch_alter_table('invoice', schema=None) as batch_op:
        batch_op.drop_index('ix_invoice_status_due_on')
        batch_op.drop_index('ix_invoice_person_id_due_on')
        batch_op.drop_index('ix_invoice_carne_id')

    op.drop_table('invoice')
    with op.batch_alter_table('hold', schema=None) as batch_op:
        batch_op.drop_index('uq_hold_open', sqlite_where=sa.text('ended_at is null'), postgresql_where=sa.text('ended_at is null'))

    op.drop_table('hold')
    with op.batch_alter_table('commission', schema=None) as batch_op:
        batch_op.drop_index('ix_commission_month_seller_id')

    op.drop_table('commission')
    with op.batch_alter_table('carne', schema=None) as batch_op:
        batch_op.drop_index('ix_carne_service_id')
        batch_op.drop_index('ix_carne_person_id')

    op.drop_table('carne')
    with op.batch_alter_table('subscriber_code', schema=None) as batch_op:
        batch_op.drop_index('ix_subscriber_code_person_id')

    op.drop_table('subscriber_code')
    op.drop_table('bank_file')
    op.drop_table('dunning_rule')
    op.drop_table('bank_account')
    op.drop_table('charge_kind')
