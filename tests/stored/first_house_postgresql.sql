-- The demonstration as the first house left it (PostgreSQL), on 2026-12-14 at 15:00 UTC: tests/shape/test_upgrade.py
-- brings it through every migration. Made once by the code of that day, never again.
SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE FUNCTION public.keep_history() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if tg_op = 'TRUNCATE' then
    raise exception 'history is append-only';
  elsif tg_op = 'DELETE' then
    if old.occurred_at > now() - interval '5 years' then raise exception 'history is append-only'; end if;
    return old;
  elsif old.erased_at is not null or new.erased_at is null
    or (new.id, new.occurred_at, new.action, new.subject_type, new.subject_id, new.subject_label, new.actor_kind, new.actor_id, new.actor_name, new.channel, new.person_id, new.ticket_id, new.company_id, new.visibility, new.request_id, new.session_id, new.ip, new.port) is distinct from (old.id, old.occurred_at, old.action, old.subject_type, old.subject_id, old.subject_label, old.actor_kind, old.actor_id, old.actor_name, old.channel, old.person_id, old.ticket_id, old.company_id, old.visibility, old.request_id, old.session_id, old.ip, old.port) then
    raise exception 'history is append-only';
  end if;
  return new;
end $$;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.address (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    cep character varying(8) NOT NULL,
    street character varying(120) NOT NULL,
    number character varying(20) NOT NULL,
    complement character varying(60) NOT NULL,
    district character varying(80) NOT NULL,
    city character varying(80) NOT NULL,
    state character varying(2) NOT NULL
);
CREATE SEQUENCE public.address_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.address_id_seq OWNED BY public.address.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.bank_account (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    bank character varying(3) NOT NULL,
    fields json NOT NULL,
    pix_key character varying(77) NOT NULL,
    pix_city character varying(15) NOT NULL,
    instructions character varying(300) NOT NULL,
    inactive_since timestamp with time zone,
    company_id bigint NOT NULL
);
CREATE SEQUENCE public.bank_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.bank_account_id_seq OWNED BY public.bank_account.id;
CREATE TABLE public.bank_file (
    id bigint NOT NULL,
    bank_account_id bigint NOT NULL,
    direction character varying(10) NOT NULL,
    name character varying(120) NOT NULL,
    sha256 character varying(64) NOT NULL,
    layout character varying(10) NOT NULL,
    sequence bigint,
    status character varying(10) NOT NULL,
    content bytea NOT NULL,
    titles bigint NOT NULL,
    total_cents bigint NOT NULL,
    brought_by character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    settled_at timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_bank_file_direction CHECK (((direction)::text = ANY ((ARRAY['outgoing'::character varying, 'return'::character varying])::text[]))),
    CONSTRAINT ck_bank_file_layout CHECK (((layout)::text = ANY ((ARRAY['cnab240'::character varying, 'cnab400'::character varying])::text[]))),
    CONSTRAINT ck_bank_file_status CHECK (((status)::text = ANY ((ARRAY['made'::character varying, 'read'::character varying, 'settling'::character varying, 'settled'::character varying])::text[])))
);
CREATE SEQUENCE public.bank_file_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.bank_file_id_seq OWNED BY public.bank_file.id;
CREATE TABLE public.bank_file_record (
    id bigint NOT NULL,
    bank_file_id bigint NOT NULL,
    line bigint NOT NULL,
    nosso_numero character varying(25) NOT NULL,
    sequence bigint,
    year bigint,
    our_number character varying(30) NOT NULL,
    occurrence character varying(4) NOT NULL,
    meaning character varying(12) NOT NULL,
    paid_cents bigint NOT NULL,
    discount_cents bigint NOT NULL,
    bank_fee_cents bigint NOT NULL,
    occurred_on date,
    credited_on date,
    reasons character varying(200) NOT NULL,
    invoice_id bigint,
    outcome character varying(12) NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_bank_file_record_outcome CHECK (((outcome)::text = ANY ((ARRAY['waiting'::character varying, 'settled'::character varying, 'registered'::character varying, 'rejected'::character varying, 'closed'::character varying, 'quarantine'::character varying, 'twice'::character varying, 'info'::character varying])::text[])))
);
CREATE SEQUENCE public.bank_file_record_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.bank_file_record_id_seq OWNED BY public.bank_file_record.id;
CREATE TABLE public.billing_method (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    means character varying(10) NOT NULL,
    inactive_since timestamp with time zone,
    company_id bigint NOT NULL,
    bank_account_id bigint,
    CONSTRAINT ck_billing_method_means CHECK (((means)::text = ANY ((ARRAY['boleto'::character varying, 'pix'::character varying, 'counter'::character varying])::text[])))
);
CREATE SEQUENCE public.billing_method_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.billing_method_id_seq OWNED BY public.billing_method.id;
CREATE TABLE public.carne (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    service_id bigint NOT NULL,
    description character varying(120) NOT NULL,
    email character varying(120) NOT NULL,
    status character varying(10) NOT NULL,
    used_from date NOT NULL,
    first_due_on date NOT NULL,
    installments bigint NOT NULL,
    document_id bigint,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_carne_installments CHECK (((installments >= 1) AND (installments <= 60))),
    CONSTRAINT ck_carne_status CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'cancelled'::character varying])::text[]))),
    CONSTRAINT ck_carne_used_from CHECK ((used_from <= first_due_on))
);
CREATE SEQUENCE public.carne_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.carne_id_seq OWNED BY public.carne.id;
CREATE TABLE public.charge (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    service_id bigint NOT NULL,
    invoice_id bigint,
    kind character varying(10) NOT NULL,
    charge_kind_id bigint,
    description character varying(120) NOT NULL,
    period_start date,
    period_end date,
    due_on date NOT NULL,
    amount_cents bigint NOT NULL,
    discount_cents bigint NOT NULL,
    fee_cents bigint,
    days bigint,
    divisor bigint,
    status character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_charge_amount_cents CHECK (((amount_cents > 0) AND ((discount_cents >= 0) AND (discount_cents <= amount_cents)))),
    CONSTRAINT ck_charge_kind CHECK (((kind)::text = ANY ((ARRAY['monthly'::character varying, 'fee'::character varying, 'one_off'::character varying])::text[]))),
    CONSTRAINT ck_charge_monthly_has_period CHECK ((((kind)::text <> 'monthly'::text) OR (period_start IS NOT NULL))),
    CONSTRAINT ck_charge_period CHECK ((((kind)::text <> 'monthly'::text) OR (period_start <= period_end))),
    CONSTRAINT ck_charge_status CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'paid'::character varying, 'cancelled'::character varying, 'written_off'::character varying])::text[])))
);
CREATE SEQUENCE public.charge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.charge_id_seq OWNED BY public.charge.id;
CREATE TABLE public.charge_item (
    id bigint NOT NULL,
    charge_id bigint NOT NULL,
    "position" bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(80) NOT NULL,
    amount_cents bigint NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_charge_item_amount_cents CHECK ((amount_cents >= 0))
);
CREATE SEQUENCE public.charge_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.charge_item_id_seq OWNED BY public.charge_item.id;
CREATE TABLE public.charge_kind (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    inactive_since timestamp with time zone
);
CREATE SEQUENCE public.charge_kind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.charge_kind_id_seq OWNED BY public.charge_kind.id;
CREATE TABLE public.commission (
    id bigint NOT NULL,
    service_id bigint NOT NULL,
    seller_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    month character varying(7) NOT NULL,
    base_cents bigint NOT NULL,
    rate_bp bigint NOT NULL,
    amount_cents bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_commission_amount_cents CHECK ((amount_cents >= 0)),
    CONSTRAINT ck_commission_kind CHECK (((kind)::text = ANY ((ARRAY['sale'::character varying, 'migration'::character varying])::text[])))
);
CREATE SEQUENCE public.commission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.commission_id_seq OWNED BY public.commission.id;
CREATE TABLE public.company (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    legal_name character varying(120) NOT NULL,
    cnpj character varying(14) NOT NULL,
    address character varying(200) NOT NULL,
    phone character varying(20) NOT NULL,
    whatsapp character varying(20) NOT NULL,
    site character varying(80) NOT NULL,
    brand character varying(7) NOT NULL,
    zone character varying(40) NOT NULL,
    due_days character varying(90) NOT NULL,
    proration_base character varying(10) NOT NULL,
    portal_entry character varying(20) NOT NULL,
    portal_trust_unlock boolean NOT NULL,
    trust_max_days bigint,
    inactive_since timestamp with time zone,
    fine_bp bigint DEFAULT '200'::bigint NOT NULL,
    interest_bp bigint DEFAULT '100'::bigint NOT NULL,
    late_from character varying(12) DEFAULT 'business_day'::character varying NOT NULL,
    issue_lead_days bigint DEFAULT '10'::bigint NOT NULL,
    bills_from date,
    carne_most bigint DEFAULT '24'::bigint NOT NULL,
    commission_bp bigint DEFAULT '0'::bigint NOT NULL,
    mails_invoices boolean DEFAULT true NOT NULL,
    CONSTRAINT ck_company_carne_most CHECK (((carne_most >= 1) AND (carne_most <= 60))),
    CONSTRAINT ck_company_commission_bp CHECK (((commission_bp >= 0) AND (commission_bp <= 30000))),
    CONSTRAINT ck_company_fine_bp CHECK (((fine_bp >= 0) AND (fine_bp <= 200))),
    CONSTRAINT ck_company_interest_bp CHECK (((interest_bp >= 0) AND (interest_bp <= 100))),
    CONSTRAINT ck_company_issue_lead_days CHECK (((issue_lead_days >= 5) AND (issue_lead_days <= 60))),
    CONSTRAINT ck_company_late_from CHECK (((late_from)::text = ANY ((ARRAY['business_day'::character varying, 'due_date'::character varying])::text[]))),
    CONSTRAINT ck_company_portal_entry CHECK (((portal_entry)::text = ANY ((ARRAY[''::character varying, 'cpf_only'::character varying, 'cpf_birth'::character varying, 'cpf_code'::character varying, 'cpf_password'::character varying])::text[]))),
    CONSTRAINT ck_company_proration_base CHECK (((proration_base)::text = ANY ((ARRAY['30'::character varying, 'calendar'::character varying])::text[]))),
    CONSTRAINT ck_company_trust_max_days CHECK ((trust_max_days > 0))
);
CREATE SEQUENCE public.company_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.company_id_seq OWNED BY public.company.id;
CREATE TABLE public.connection (
    id bigint NOT NULL,
    service_id bigint NOT NULL,
    applied_access character varying(10) NOT NULL,
    applied_at timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_connection_applied_access CHECK (((applied_access)::text = ANY ((ARRAY['active'::character varying, 'reduced'::character varying, 'blocked'::character varying, 'disabled'::character varying])::text[])))
);
CREATE SEQUENCE public.connection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.connection_id_seq OWNED BY public.connection.id;
CREATE TABLE public.contact (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    value character varying(120) NOT NULL,
    CONSTRAINT ck_contact_kind CHECK (((kind)::text = ANY ((ARRAY['mobile'::character varying, 'phone'::character varying, 'email'::character varying])::text[])))
);
CREATE SEQUENCE public.contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.contact_id_seq OWNED BY public.contact.id;
CREATE TABLE public.contract (
    id bigint NOT NULL,
    service_id bigint NOT NULL,
    number bigint NOT NULL,
    template_id bigint CONSTRAINT contract_template_id_not_null1 NOT NULL,
    revision_id bigint NOT NULL,
    status character varying(10) NOT NULL,
    issued_on date NOT NULL,
    loyalty_months bigint NOT NULL,
    benefit character varying(120) NOT NULL,
    benefit_cents bigint NOT NULL,
    ends_on date,
    created_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_contract_status CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'cancelled'::character varying])::text[])))
);
CREATE SEQUENCE public.contract_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.contract_id_seq OWNED BY public.contract.id;
CREATE TABLE public.contract_print (
    id bigint NOT NULL,
    contract_id bigint NOT NULL,
    edition bigint NOT NULL,
    document_id bigint NOT NULL,
    company_id bigint NOT NULL
);
CREATE SEQUENCE public.contract_print_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.contract_print_id_seq OWNED BY public.contract_print.id;
CREATE TABLE public.contract_template (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    loyalty_months bigint NOT NULL,
    benefit character varying(120) NOT NULL,
    benefit_cents bigint NOT NULL,
    inactive_since timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_contract_template_benefit_cents CHECK ((benefit_cents >= 0)),
    CONSTRAINT ck_contract_template_loyalty_months CHECK (((loyalty_months >= 0) AND (loyalty_months <= 60)))
);
CREATE SEQUENCE public.contract_template_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.contract_template_id_seq OWNED BY public.contract_template.id;
CREATE TABLE public.contract_template_revision (
    id bigint NOT NULL,
    template_id bigint NOT NULL,
    number bigint NOT NULL,
    body text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    author character varying(120) NOT NULL
);
CREATE SEQUENCE public.contract_template_revision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.contract_template_revision_id_seq OWNED BY public.contract_template_revision.id;
CREATE TABLE public.counter (
    key character varying(60) NOT NULL,
    last bigint NOT NULL
);
CREATE TABLE public.debt_notice (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    service_id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    noticed_on date NOT NULL,
    suspends_on date NOT NULL,
    amount_cents bigint NOT NULL,
    channel character varying(10) NOT NULL,
    text text NOT NULL,
    notice_id bigint,
    created_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_debt_notice_channel CHECK (((channel)::text = ANY ((ARRAY['email'::character varying, 'portal'::character varying])::text[])))
);
CREATE SEQUENCE public.debt_notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.debt_notice_id_seq OWNED BY public.debt_notice.id;
CREATE TABLE public.department (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    inactive_since timestamp with time zone
);
CREATE SEQUENCE public.department_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.department_id_seq OWNED BY public.department.id;
CREATE TABLE public.document (
    id bigint NOT NULL,
    kind character varying(30) NOT NULL,
    title character varying(120) NOT NULL,
    values_json json NOT NULL,
    values_hash character varying(64) NOT NULL,
    issued_at timestamp with time zone NOT NULL,
    rendered_at timestamp with time zone,
    sha256 character varying(64),
    content bytea,
    size bigint,
    company_id bigint NOT NULL,
    CONSTRAINT ck_document_kind CHECK (((kind)::text = ANY ((ARRAY['contract'::character varying, 'invoice'::character varying, 'carne'::character varying])::text[]))),
    CONSTRAINT ck_document_rendered CHECK (((sha256 IS NULL) = (rendered_at IS NULL)))
);
CREATE SEQUENCE public.document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.document_id_seq OWNED BY public.document.id;
CREATE TABLE public.dunning_rule (
    id bigint NOT NULL,
    company_id bigint NOT NULL,
    notifies boolean NOT NULL,
    notice_days bigint NOT NULL,
    reduces boolean NOT NULL,
    reduce_days bigint NOT NULL,
    suspends boolean NOT NULL,
    suspend_days bigint NOT NULL,
    business_days_only boolean NOT NULL,
    termination_days bigint NOT NULL,
    CONSTRAINT ck_dunning_rule_notice_days CHECK (((notice_days >= 1) AND (notice_days <= 365))),
    CONSTRAINT ck_dunning_rule_reduce_days CHECK (((reduce_days >= 15) AND (reduce_days <= 365))),
    CONSTRAINT ck_dunning_rule_suspend_days CHECK (((suspend_days >= 15) AND (suspend_days <= 365))),
    CONSTRAINT ck_dunning_rule_termination_days CHECK (((termination_days >= 60) AND (termination_days <= 365)))
);
CREATE SEQUENCE public.dunning_rule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.dunning_rule_id_seq OWNED BY public.dunning_rule.id;
CREATE TABLE public.effect (
    id bigint NOT NULL,
    kind character varying(30) NOT NULL,
    key character varying(120) NOT NULL,
    payload json NOT NULL,
    state character varying(10) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    lease_until timestamp with time zone,
    owner character varying(60),
    attempts bigint NOT NULL,
    last_error character varying(300),
    CONSTRAINT ck_effect_kind CHECK (((kind)::text = ANY ((ARRAY['apply_access'::character varying, 'render_document'::character varying, 'review_service'::character varying, 'send_notice'::character varying, 'send_code'::character varying, 'request_pix'::character varying, 'confirm_pix'::character varying, 'settle_file'::character varying])::text[]))),
    CONSTRAINT ck_effect_state CHECK (((state)::text = ANY ((ARRAY['ready'::character varying, 'done'::character varying, 'dead'::character varying])::text[])))
);
CREATE SEQUENCE public.effect_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.effect_id_seq OWNED BY public.effect.id;
CREATE TABLE public.event (
    id bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    action character varying(60) NOT NULL,
    subject_type character varying(40) NOT NULL,
    subject_id bigint NOT NULL,
    subject_label character varying(200) NOT NULL,
    actor_kind character varying(20) NOT NULL,
    actor_id bigint,
    actor_name character varying(120) NOT NULL,
    channel character varying(20) NOT NULL,
    person_id bigint,
    ticket_id bigint,
    company_id bigint NOT NULL,
    visibility character varying(20) NOT NULL,
    reason character varying(500),
    data json NOT NULL,
    request_id character varying(40),
    session_id bigint,
    ip character varying(45),
    port bigint,
    erased_at timestamp with time zone,
    CONSTRAINT ck_event_actor_kind CHECK (((actor_kind)::text = ANY ((ARRAY['operator'::character varying, 'subscriber'::character varying, 'job'::character varying, 'integration'::character varying])::text[]))),
    CONSTRAINT ck_event_channel CHECK (((channel)::text = ANY ((ARRAY['staff'::character varying, 'portal'::character varying, 'job'::character varying, 'api'::character varying])::text[]))),
    CONSTRAINT ck_event_visibility CHECK (((visibility)::text = ANY ((ARRAY['internal'::character varying, 'subscriber'::character varying])::text[])))
);
CREATE SEQUENCE public.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.event_id_seq OWNED BY public.event.id;
CREATE TABLE public.hold (
    id bigint NOT NULL,
    service_id bigint NOT NULL,
    until date NOT NULL,
    reason character varying(300) NOT NULL,
    operator_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_hold_reason CHECK (((reason)::text <> ''::text))
);
CREATE SEQUENCE public.hold_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.hold_id_seq OWNED BY public.hold.id;
CREATE TABLE public.invoice (
    id bigint NOT NULL,
    number bigint NOT NULL,
    person_id bigint NOT NULL,
    service_id bigint,
    billing_method_id bigint NOT NULL,
    bank_account_id bigint,
    carne_id bigint,
    installment bigint,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    period_start date,
    period_end date,
    total_cents bigint NOT NULL,
    paid_cents bigint NOT NULL,
    paid_on date,
    status character varying(12) NOT NULL,
    nosso_numero bigint,
    nosso_numero_printed character varying(30) NOT NULL,
    barcode character varying(44) NOT NULL,
    registration character varying(12) NOT NULL,
    txid character varying(35) NOT NULL,
    pix_code character varying(300) NOT NULL,
    document_id bigint,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    issued_year bigint NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_invoice_barcode CHECK ((((barcode)::text = ''::text) = (nosso_numero IS NULL))),
    CONSTRAINT ck_invoice_paid_in_full CHECK ((((status)::text <> 'paid'::text) OR (paid_cents = total_cents))),
    CONSTRAINT ck_invoice_registration CHECK (((registration)::text = ANY ((ARRAY['none'::character varying, 'pending'::character varying, 'sent'::character varying, 'registered'::character varying, 'rejected'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_invoice_status CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'paid'::character varying, 'cancelled'::character varying, 'written_off'::character varying])::text[]))),
    CONSTRAINT ck_invoice_total_cents CHECK (((total_cents > 0) AND ((paid_cents >= 0) AND (paid_cents <= total_cents))))
);
CREATE SEQUENCE public.invoice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.invoice_id_seq OWNED BY public.invoice.id;
CREATE TABLE public.login_session (
    id bigint NOT NULL,
    token_hash character varying(64) NOT NULL,
    kind character varying(12) NOT NULL,
    principal_id bigint NOT NULL,
    level character varying(10) NOT NULL,
    company_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_seen timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    ip character varying(45) NOT NULL,
    agent character varying(200) NOT NULL,
    CONSTRAINT ck_login_session_kind CHECK (((kind)::text = ANY ((ARRAY['staff'::character varying, 'subscriber'::character varying])::text[]))),
    CONSTRAINT ck_login_session_level CHECK (((level)::text = ANY ((ARRAY['staff'::character varying, 'weak'::character varying, 'proved'::character varying])::text[])))
);
CREATE SEQUENCE public.login_session_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.login_session_id_seq OWNED BY public.login_session.id;
CREATE TABLE public.notice (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    kind character varying(10) NOT NULL,
    channel character varying(10) NOT NULL,
    address character varying(120) NOT NULL,
    subject character varying(150) NOT NULL,
    body text NOT NULL,
    document_id bigint,
    invoice_id bigint,
    status character varying(10) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_notice_channel CHECK (((channel)::text = 'email'::text)),
    CONSTRAINT ck_notice_kind CHECK (((kind)::text = ANY ((ARRAY['invoice'::character varying, 'carne'::character varying, 'debt'::character varying, 'paid'::character varying, 'code'::character varying, 'unlock'::character varying])::text[]))),
    CONSTRAINT ck_notice_sent CHECK (((sent_at IS NOT NULL) = ((status)::text = 'sent'::text))),
    CONSTRAINT ck_notice_status CHECK (((status)::text = ANY ((ARRAY['waiting'::character varying, 'sent'::character varying, 'failed'::character varying])::text[])))
);
CREATE SEQUENCE public.notice_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.notice_id_seq OWNED BY public.notice.id;
CREATE TABLE public.operator (
    id bigint NOT NULL,
    name character varying(80) NOT NULL,
    login character varying(60) NOT NULL,
    email character varying(120) NOT NULL,
    password_hash character varying(200),
    role_id bigint NOT NULL,
    department_id bigint NOT NULL,
    seller boolean NOT NULL,
    technician boolean NOT NULL,
    invite_hash character varying(64),
    invite_until timestamp with time zone,
    inactive_since timestamp with time zone,
    supervisor_id bigint
);
CREATE TABLE public.operator_company (
    operator_id bigint NOT NULL,
    company_id bigint NOT NULL
);
CREATE SEQUENCE public.operator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.operator_id_seq OWNED BY public.operator.id;
CREATE TABLE public.origin (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    inactive_since timestamp with time zone
);
CREATE SEQUENCE public.origin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.origin_id_seq OWNED BY public.origin.id;
CREATE TABLE public.payment (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    invoice_id bigint,
    charge_id bigint,
    means character varying(10) NOT NULL,
    paid_on date NOT NULL,
    credited_on date,
    amount_cents bigint NOT NULL,
    principal_cents bigint NOT NULL,
    fine_cents bigint NOT NULL,
    interest_cents bigint NOT NULL,
    discount_cents bigint NOT NULL,
    credit_cents bigint NOT NULL,
    bank_fee_cents bigint NOT NULL,
    flag character varying(10) NOT NULL,
    e2e_id character varying(32),
    bank_file_record_id bigint,
    note character varying(200) NOT NULL,
    received_by character varying(120) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_payment_amount_cents CHECK ((amount_cents > 0)),
    CONSTRAINT ck_payment_flag CHECK (((flag)::text = ANY ((ARRAY[''::character varying, 'under'::character varying, 'over'::character varying, 'twice'::character varying, 'closed'::character varying, 'late_short'::character varying])::text[]))),
    CONSTRAINT ck_payment_for_one_thing CHECK (((invoice_id IS NULL) <> (charge_id IS NULL))),
    CONSTRAINT ck_payment_means CHECK (((means)::text = ANY ((ARRAY['counter'::character varying, 'boleto'::character varying, 'pix'::character varying])::text[]))),
    CONSTRAINT ck_payment_sum CHECK ((amount_cents = ((((principal_cents - discount_cents) + fine_cents) + interest_cents) + credit_cents)))
);
CREATE SEQUENCE public.payment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.payment_id_seq OWNED BY public.payment.id;
CREATE TABLE public.person (
    id bigint NOT NULL,
    kind character varying(12) NOT NULL,
    document character varying(14) NOT NULL,
    name character varying(120) NOT NULL,
    trade_name character varying(120) NOT NULL,
    state_registration character varying(20) NOT NULL,
    contact_person character varying(80) NOT NULL,
    rg character varying(20) NOT NULL,
    birth_date date,
    group_id bigint,
    origin_id bigint,
    search_text character varying(300) NOT NULL,
    since date NOT NULL,
    version bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_person_document CHECK (((document)::text <> ''::text)),
    CONSTRAINT ck_person_kind CHECK (((kind)::text = ANY ((ARRAY['individual'::character varying, 'organization'::character varying])::text[]))),
    CONSTRAINT ck_person_name CHECK (((name)::text <> ''::text))
);
CREATE TABLE public.person_group (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    priority bigint NOT NULL,
    inactive_since timestamp with time zone,
    CONSTRAINT ck_person_group_priority CHECK (((priority >= 0) AND (priority <= 2)))
);
CREATE SEQUENCE public.person_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.person_group_id_seq OWNED BY public.person_group.id;
CREATE SEQUENCE public.person_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.person_id_seq OWNED BY public.person.id;
CREATE TABLE public.person_tag (
    person_id bigint NOT NULL,
    tag_id bigint NOT NULL
);
CREATE TABLE public.pix_charge (
    id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    bank_account_id bigint NOT NULL,
    txid character varying(35) NOT NULL,
    status character varying(10) NOT NULL,
    code character varying(300) NOT NULL,
    amount_cents bigint NOT NULL,
    due_on date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    registered_at timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_pix_charge_status CHECK (((status)::text = ANY ((ARRAY['requested'::character varying, 'active'::character varying, 'paid'::character varying, 'done'::character varying, 'removed'::character varying])::text[])))
);
CREATE SEQUENCE public.pix_charge_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.pix_charge_id_seq OWNED BY public.pix_charge.id;
CREATE TABLE public.pix_receipt (
    id bigint NOT NULL,
    e2e_id character varying(32) NOT NULL,
    txid character varying(35) NOT NULL,
    amount_cents bigint NOT NULL,
    happened_at timestamp with time zone NOT NULL,
    invoice_id bigint,
    outcome character varying(10) NOT NULL,
    told_by character varying(12) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_pix_receipt_outcome CHECK (((outcome)::text = ANY ((ARRAY['waiting'::character varying, 'settled'::character varying, 'divergent'::character varying, 'unknown'::character varying])::text[]))),
    CONSTRAINT ck_pix_receipt_told_by CHECK (((told_by)::text = ANY ((ARRAY['webhook'::character varying, 'reconciled'::character varying])::text[])))
);
CREATE SEQUENCE public.pix_receipt_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.pix_receipt_id_seq OWNED BY public.pix_receipt.id;
CREATE TABLE public.plan (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    technology character varying(10) NOT NULL,
    download_mbps bigint NOT NULL,
    upload_mbps bigint NOT NULL,
    contract_template_id bigint,
    inactive_since timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_plan_mbps CHECK (((download_mbps >= 0) AND (upload_mbps >= 0))),
    CONSTRAINT ck_plan_technology CHECK (((technology)::text = ANY ((ARRAY['fiber'::character varying, 'radio'::character varying, 'cable'::character varying, 'phone'::character varying])::text[])))
);
CREATE SEQUENCE public.plan_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.plan_id_seq OWNED BY public.plan.id;
CREATE TABLE public.plan_item (
    id bigint NOT NULL,
    plan_id bigint NOT NULL,
    "position" bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(80) NOT NULL,
    amount_cents bigint NOT NULL,
    CONSTRAINT ck_plan_item_amount_cents CHECK ((amount_cents > 0)),
    CONSTRAINT ck_plan_item_kind CHECK (((kind)::text = ANY ((ARRAY['scm'::character varying, 'sva'::character varying, 'stfc'::character varying, 'rental'::character varying])::text[])))
);
CREATE SEQUENCE public.plan_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.plan_item_id_seq OWNED BY public.plan_item.id;
CREATE TABLE public.replaced_slip (
    id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    bank_account_id bigint NOT NULL,
    issued_year bigint NOT NULL,
    nosso_numero bigint,
    nosso_numero_printed character varying(30) NOT NULL,
    barcode character varying(44) NOT NULL,
    txid character varying(35) NOT NULL,
    due_on date NOT NULL,
    at_bank character varying(10) NOT NULL,
    replaced_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_replaced_slip_at_bank CHECK (((at_bank)::text = ANY ((ARRAY['never'::character varying, 'standing'::character varying, 'asked'::character varying, 'closed'::character varying])::text[]))),
    CONSTRAINT ck_replaced_slip_barcode CHECK ((((barcode)::text = ''::text) = (nosso_numero IS NULL)))
);
CREATE SEQUENCE public.replaced_slip_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.replaced_slip_id_seq OWNED BY public.replaced_slip.id;
CREATE TABLE public.role (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    permissions json NOT NULL,
    inactive_since timestamp with time zone
);
CREATE SEQUENCE public.role_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.role_id_seq OWNED BY public.role.id;
CREATE TABLE public.routine_run (
    name character varying(60) NOT NULL,
    slot character varying(20) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    changed bigint
);
CREATE TABLE public.sale (
    id bigint NOT NULL,
    operator_id bigint NOT NULL,
    person_id bigint,
    service_id bigint,
    answers json NOT NULL,
    status character varying(10) NOT NULL,
    version bigint NOT NULL,
    adds_service boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_sale_done CHECK ((((status)::text = 'done'::text) = (service_id IS NOT NULL))),
    CONSTRAINT ck_sale_status CHECK (((status)::text = ANY ((ARRAY['draft'::character varying, 'done'::character varying, 'discarded'::character varying])::text[])))
);
CREATE SEQUENCE public.sale_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sale_id_seq OWNED BY public.sale.id;
CREATE TABLE public.service (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    plan_id bigint NOT NULL,
    plan_name character varying(60) NOT NULL,
    technology character varying(10) NOT NULL,
    download_mbps bigint NOT NULL,
    upload_mbps bigint NOT NULL,
    address_id bigint NOT NULL,
    billing_address_id bigint NOT NULL,
    status character varying(25) NOT NULL,
    seller_id bigint NOT NULL,
    sold_on date NOT NULL,
    starts_on date NOT NULL,
    activated_on date,
    line_id bigint,
    created_at timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    billing_method_id bigint NOT NULL,
    due_day bigint NOT NULL,
    billing_type character varying(10) NOT NULL,
    uses_carne boolean NOT NULL,
    separate_invoice boolean NOT NULL,
    separate_tax_note boolean NOT NULL,
    installation_fee_cents bigint NOT NULL,
    installation_fee_text character varying(80) NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_service_billing_type CHECK (((billing_type)::text = ANY ((ARRAY['prepaid'::character varying, 'postpaid'::character varying])::text[]))),
    CONSTRAINT ck_service_due_day CHECK (((due_day >= 1) AND (due_day <= 31))),
    CONSTRAINT ck_service_installation_fee_cents CHECK ((installation_fee_cents >= 0)),
    CONSTRAINT ck_service_no_fee_with_carne CHECK (((installation_fee_cents = 0) OR (NOT uses_carne))),
    CONSTRAINT ck_service_status CHECK (((status)::text = ANY ((ARRAY['awaiting_installation'::character varying, 'active'::character varying, 'awaiting_migration'::character varying, 'suspended_for_debt'::character varying, 'reduced'::character varying, 'cancelled'::character varying])::text[])))
);
CREATE SEQUENCE public.service_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.service_id_seq OWNED BY public.service.id;
CREATE TABLE public.service_item (
    id bigint NOT NULL,
    service_id bigint NOT NULL,
    "position" bigint NOT NULL,
    kind character varying(10) NOT NULL,
    name character varying(80) NOT NULL,
    amount_cents bigint NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_service_item_amount_cents CHECK ((amount_cents > 0))
);
CREATE SEQUENCE public.service_item_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.service_item_id_seq OWNED BY public.service_item.id;
CREATE TABLE public.subscriber_code (
    id bigint NOT NULL,
    person_id bigint NOT NULL,
    code_hash character varying(64) NOT NULL,
    browser_hash character varying(64) NOT NULL,
    tries bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);
CREATE SEQUENCE public.subscriber_code_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.subscriber_code_id_seq OWNED BY public.subscriber_code.id;
CREATE TABLE public.subscriber_password (
    person_id bigint NOT NULL,
    password_hash character varying(200) NOT NULL,
    set_at timestamp with time zone NOT NULL
);
CREATE TABLE public.suspension (
    id bigint NOT NULL,
    service_id bigint NOT NULL,
    status character varying(20) NOT NULL,
    reason character varying(500) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    company_id bigint NOT NULL,
    by_ladder boolean DEFAULT false NOT NULL,
    CONSTRAINT ck_suspension_reason CHECK (((reason)::text <> ''::text)),
    CONSTRAINT ck_suspension_status CHECK (((status)::text = ANY ((ARRAY['suspended_for_debt'::character varying, 'reduced'::character varying])::text[])))
);
CREATE SEQUENCE public.suspension_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.suspension_id_seq OWNED BY public.suspension.id;
CREATE TABLE public.tag (
    id bigint NOT NULL,
    name character varying(30) NOT NULL,
    inactive_since timestamp with time zone
);
CREATE SEQUENCE public.tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.tag_id_seq OWNED BY public.tag.id;
CREATE TABLE public.throttle (
    key character varying(120) NOT NULL,
    slot bigint NOT NULL,
    tries bigint NOT NULL
);
CREATE TABLE public.trust_unlock (
    id bigint NOT NULL,
    service_id bigint NOT NULL,
    line_id bigint NOT NULL,
    month character varying(7) NOT NULL,
    channel character varying(10) NOT NULL,
    status character varying(10) NOT NULL,
    previous_status character varying(20) NOT NULL,
    reason character varying(500) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    company_id bigint NOT NULL,
    CONSTRAINT ck_trust_unlock_channel CHECK (((channel)::text = ANY ((ARRAY['staff'::character varying, 'portal'::character varying])::text[]))),
    CONSTRAINT ck_trust_unlock_ended_at CHECK (((ended_at IS NULL) = ((status)::text = 'active'::text))),
    CONSTRAINT ck_trust_unlock_ends_at CHECK ((ends_at > starts_at)),
    CONSTRAINT ck_trust_unlock_previous_status CHECK (((previous_status)::text = ANY ((ARRAY['suspended_for_debt'::character varying, 'reduced'::character varying])::text[]))),
    CONSTRAINT ck_trust_unlock_reason CHECK (((reason)::text <> ''::text)),
    CONSTRAINT ck_trust_unlock_status CHECK (((status)::text = ANY ((ARRAY['active'::character varying, 'ended'::character varying, 'settled'::character varying])::text[])))
);
CREATE SEQUENCE public.trust_unlock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.trust_unlock_id_seq OWNED BY public.trust_unlock.id;
CREATE TABLE public.work_order (
    id bigint NOT NULL,
    number bigint NOT NULL,
    person_id bigint NOT NULL,
    service_id bigint,
    kind_id bigint CONSTRAINT work_order_kind_id_not_null1 NOT NULL,
    technician_id bigint NOT NULL,
    status character varying(10) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    description character varying(2000) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    company_id bigint NOT NULL,
    CONSTRAINT ck_work_order_description CHECK (((description)::text <> ''::text)),
    CONSTRAINT ck_work_order_status CHECK (((status)::text = ANY ((ARRAY['open'::character varying, 'scheduled'::character varying, 'closed'::character varying, 'cancelled'::character varying])::text[])))
);
CREATE SEQUENCE public.work_order_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.work_order_id_seq OWNED BY public.work_order.id;
CREATE TABLE public.work_order_kind (
    id bigint NOT NULL,
    name character varying(60) NOT NULL,
    installation boolean NOT NULL,
    inactive_since timestamp with time zone
);
CREATE SEQUENCE public.work_order_kind_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.work_order_kind_id_seq OWNED BY public.work_order_kind.id;
ALTER TABLE ONLY public.address ALTER COLUMN id SET DEFAULT nextval('public.address_id_seq'::regclass);
ALTER TABLE ONLY public.bank_account ALTER COLUMN id SET DEFAULT nextval('public.bank_account_id_seq'::regclass);
ALTER TABLE ONLY public.bank_file ALTER COLUMN id SET DEFAULT nextval('public.bank_file_id_seq'::regclass);
ALTER TABLE ONLY public.bank_file_record ALTER COLUMN id SET DEFAULT nextval('public.bank_file_record_id_seq'::regclass);
ALTER TABLE ONLY public.billing_method ALTER COLUMN id SET DEFAULT nextval('public.billing_method_id_seq'::regclass);
ALTER TABLE ONLY public.carne ALTER COLUMN id SET DEFAULT nextval('public.carne_id_seq'::regclass);
ALTER TABLE ONLY public.charge ALTER COLUMN id SET DEFAULT nextval('public.charge_id_seq'::regclass);
ALTER TABLE ONLY public.charge_item ALTER COLUMN id SET DEFAULT nextval('public.charge_item_id_seq'::regclass);
ALTER TABLE ONLY public.charge_kind ALTER COLUMN id SET DEFAULT nextval('public.charge_kind_id_seq'::regclass);
ALTER TABLE ONLY public.commission ALTER COLUMN id SET DEFAULT nextval('public.commission_id_seq'::regclass);
ALTER TABLE ONLY public.company ALTER COLUMN id SET DEFAULT nextval('public.company_id_seq'::regclass);
ALTER TABLE ONLY public.connection ALTER COLUMN id SET DEFAULT nextval('public.connection_id_seq'::regclass);
ALTER TABLE ONLY public.contact ALTER COLUMN id SET DEFAULT nextval('public.contact_id_seq'::regclass);
ALTER TABLE ONLY public.contract ALTER COLUMN id SET DEFAULT nextval('public.contract_id_seq'::regclass);
ALTER TABLE ONLY public.contract_print ALTER COLUMN id SET DEFAULT nextval('public.contract_print_id_seq'::regclass);
ALTER TABLE ONLY public.contract_template ALTER COLUMN id SET DEFAULT nextval('public.contract_template_id_seq'::regclass);
ALTER TABLE ONLY public.contract_template_revision ALTER COLUMN id SET DEFAULT nextval('public.contract_template_revision_id_seq'::regclass);
ALTER TABLE ONLY public.debt_notice ALTER COLUMN id SET DEFAULT nextval('public.debt_notice_id_seq'::regclass);
ALTER TABLE ONLY public.department ALTER COLUMN id SET DEFAULT nextval('public.department_id_seq'::regclass);
ALTER TABLE ONLY public.document ALTER COLUMN id SET DEFAULT nextval('public.document_id_seq'::regclass);
ALTER TABLE ONLY public.dunning_rule ALTER COLUMN id SET DEFAULT nextval('public.dunning_rule_id_seq'::regclass);
ALTER TABLE ONLY public.effect ALTER COLUMN id SET DEFAULT nextval('public.effect_id_seq'::regclass);
ALTER TABLE ONLY public.event ALTER COLUMN id SET DEFAULT nextval('public.event_id_seq'::regclass);
ALTER TABLE ONLY public.hold ALTER COLUMN id SET DEFAULT nextval('public.hold_id_seq'::regclass);
ALTER TABLE ONLY public.invoice ALTER COLUMN id SET DEFAULT nextval('public.invoice_id_seq'::regclass);
ALTER TABLE ONLY public.login_session ALTER COLUMN id SET DEFAULT nextval('public.login_session_id_seq'::regclass);
ALTER TABLE ONLY public.notice ALTER COLUMN id SET DEFAULT nextval('public.notice_id_seq'::regclass);
ALTER TABLE ONLY public.operator ALTER COLUMN id SET DEFAULT nextval('public.operator_id_seq'::regclass);
ALTER TABLE ONLY public.origin ALTER COLUMN id SET DEFAULT nextval('public.origin_id_seq'::regclass);
ALTER TABLE ONLY public.payment ALTER COLUMN id SET DEFAULT nextval('public.payment_id_seq'::regclass);
ALTER TABLE ONLY public.person ALTER COLUMN id SET DEFAULT nextval('public.person_id_seq'::regclass);
ALTER TABLE ONLY public.person_group ALTER COLUMN id SET DEFAULT nextval('public.person_group_id_seq'::regclass);
ALTER TABLE ONLY public.pix_charge ALTER COLUMN id SET DEFAULT nextval('public.pix_charge_id_seq'::regclass);
ALTER TABLE ONLY public.pix_receipt ALTER COLUMN id SET DEFAULT nextval('public.pix_receipt_id_seq'::regclass);
ALTER TABLE ONLY public.plan ALTER COLUMN id SET DEFAULT nextval('public.plan_id_seq'::regclass);
ALTER TABLE ONLY public.plan_item ALTER COLUMN id SET DEFAULT nextval('public.plan_item_id_seq'::regclass);
ALTER TABLE ONLY public.replaced_slip ALTER COLUMN id SET DEFAULT nextval('public.replaced_slip_id_seq'::regclass);
ALTER TABLE ONLY public.role ALTER COLUMN id SET DEFAULT nextval('public.role_id_seq'::regclass);
ALTER TABLE ONLY public.sale ALTER COLUMN id SET DEFAULT nextval('public.sale_id_seq'::regclass);
ALTER TABLE ONLY public.service ALTER COLUMN id SET DEFAULT nextval('public.service_id_seq'::regclass);
ALTER TABLE ONLY public.service_item ALTER COLUMN id SET DEFAULT nextval('public.service_item_id_seq'::regclass);
ALTER TABLE ONLY public.subscriber_code ALTER COLUMN id SET DEFAULT nextval('public.subscriber_code_id_seq'::regclass);
ALTER TABLE ONLY public.suspension ALTER COLUMN id SET DEFAULT nextval('public.suspension_id_seq'::regclass);
ALTER TABLE ONLY public.tag ALTER COLUMN id SET DEFAULT nextval('public.tag_id_seq'::regclass);
ALTER TABLE ONLY public.trust_unlock ALTER COLUMN id SET DEFAULT nextval('public.trust_unlock_id_seq'::regclass);
ALTER TABLE ONLY public.work_order ALTER COLUMN id SET DEFAULT nextval('public.work_order_id_seq'::regclass);
ALTER TABLE ONLY public.work_order_kind ALTER COLUMN id SET DEFAULT nextval('public.work_order_kind_id_seq'::regclass);
INSERT INTO public.address VALUES
	(1, 1, '35500120', 'Rua das Acácias', '120', '', 'Centro', 'Vale Claro', 'MG'),
	(2, 2, '35500110', 'Rua do Comércio', '88', '', 'Centro', 'Vale Claro', 'MG'),
	(3, 3, '35500150', 'Rua São José', '51', '', 'Boa Vista', 'Vale Claro', 'MG'),
	(4, 4, '35500140', 'Rua dos Ipês', '1402', 'ap. 302, bloco B', 'Jardim Alvorada', 'Vale Claro', 'MG'),
	(5, 5, '35500130', 'Av. Presidente Tancredo Neves', '1480', 'casa 2', 'Jardim Alvorada', 'Vale Claro', 'MG'),
	(6, 6, '35590000', 'Rua do Mirante', '7', '', 'Alto da Serra', 'Serra Azul', 'MG'),
	(7, 7, '35500170', 'Av. das Indústrias', '2200', '', 'Distrito Industrial', 'Vale Claro', 'MG');
INSERT INTO public.alembic_version VALUES
	('0005');
INSERT INTO public.bank_account VALUES
	(1, 'Itaú, conta principal', '341', '{"agencia": "0057", "conta": "12345", "carteira": "109"}', 'financeiro@valeclaro.example', 'VALE CLARO', 'Pague em qualquer banco, mesmo depois do vencimento.', NULL, 0);
INSERT INTO public.bank_file VALUES
	(1, 1, 'outgoing', 'remessa-341-000001.rem', '9045d2d94cc5a36303445bc79a017b795bb01109989b2f770771859dcdea4ab3', 'cnab240', 1, 'made', '\x33343130303030302020202020202020203231323334353637383030303139352020202020202020202020202020202020202020303030353720303030303030303132333435203756414c4520434c41524f2054454c45434f4d554e494341434f4553204c5442414e434f204954415520534120202020202020202020202020202020202020202020202020202031323531313230323631373130303030303030303130343030303030302020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303131523031202030333020323031323334353637383030303139352020202020202020202020202020202020202020303030353720303030303030303132333435203756414c4520434c41524f2054454c45434f4d554e494341434f4553204c5420202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020203030303030303031323531313230323630303030303030302020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303150203031303030353720303030303030303132333435203731303930303030303032323220202020202020203131313232323220202020202020202020202020313531323230323630303030303030303030303739393030303030303030344e32353131323032363231363132323032363030303030303030303030303130303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303232202020202020202020202020202020202020202020202033303031303630303930303030303030303030200d0a3334313030303133303030303251203031313030303033313832303437353636324a4f534520414e544f4e494f204645525245495241202020202020202020202020202020202020205255412053414f204a4f53452c203531202020202020202020202020202020202020202020202020424f41205649535441202020202020333535303031353056414c4520434c41524f20202020204d473030303030303030303030303030303020202020202020202020202020202020202020202020202020202020202020202020202020202020303030202020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303352203031303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030323136313232303236303030303030303030303030323030202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303135202020202020202020303030303035303030303031303030303030303030303030303739393030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313939393939202020202020202020303030303031303030303037303030303030202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a', 1, 7990, 'Ana Souza', '2026-11-25 20:10:00+00', NULL, 1),
	(2, 1, 'return', 'CB2611261.RET', 'a1fde06c48f4147ff8a3ca8dda91de3b8c916b5e865421d164bf3545fc2efc05', 'cnab240', NULL, 'settled', '\x33343130303030302020202020202020203231323334353637383030303139352020202020202020202020202020202020202020303030353720303030303030303132333435203756414c4520434c41524f2054454c45434f4d554e494341434f4553204c5442414e434f204954415520534120202020202020202020202020202020202020202020202020202032323531313230323631373130303030303030303130343030303030302020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303131543031202030333020323031323334353637383030303139352020202020202020202020202020202020202020303030353720303030303030303132333435203756414c4520434c41524f2054454c45434f4d554e494341434f4553204c5420202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020203030303030303031323531313230323630303030303030302020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303154203032202020202020202020202020202020202020202031303930303030303032323220202020202020202032322020202020202020202020202031353132323032363030303030303030303030373939302020202020202020203232202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020203030303030303030303030303030302020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303255203032303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030202020202020202020202020202020202020202020202020202020202020323631313230323630303030303030302020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303135202020202020202020303030303034202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313939393939202020202020202020303030303031303030303036202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a', 1, 0, 'Ana Souza', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', 1),
	(3, 1, 'return', 'CB2611262.RET', '110206b8683db700d6e2d2bd7f6a025f2958b8c8a6a0a6965fbfb3b547f9a22e', 'cnab240', NULL, 'read', '\x33343130303030302020202020202020203231323334353637383030303139352020202020202020202020202020202020202020303030353720303030303030303132333435203756414c4520434c41524f2054454c45434f4d20202020202020202020202042414e434f204954415520534120202020202020202020202020202020202020202020202020202032323631313230323631323030303030303030303130343030303030302020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303131543031202030333020323031323334353637383030303139352020202020202020202020202020202020202020303030353720303030303030303132333435203756414c4520434c41524f2054454c45434f4d20202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020203030303030303031323631313230323630303030303030302020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303154203036202020202020202020202020202020202020202031303930303030303032313420202020202020202032312020202020202020202020202032353131323032363030303030303030303031343939302020202020202020203231202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020203030303030303030303030303139302020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303255203036303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303134393930303030303030303030303134393930202020202020202020202020202020202020202020202020202020202020323531313230323632353131323032362020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303354203036202020202020202020202020202020202020202031303930303030303032303620202020202020202032302020202020202020202020202032303131323032363030303030303030303030363939302020202020202020203230202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020203030303030303030303030303139302020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303455203036303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303033343935303030303030303030303033343935202020202020202020202020202020202020202020202020202020202020323531313230323632353131323032362020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303554203036202020202020202020202020202020202020202031303930303030303030343020202020202020202034202020202020202020202020202031353039323032363030303030303030303030373939302020202020202020203420202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020203030303030303030303030303139302020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303655203036303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303037393930303030303030303030303037393930202020202020202020202020202020202020202020202020202020202020323531313230323632353131323032362020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303754203036202020202020202020202020202020202020202031303930303838343231333820202020202020202038383432313320202020202020202032353131323032363030303030303030303030383939302020202020202020203838343231332020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020203030303030303030303030303139302020202020202020202020202020202020202020202020202020200d0a3334313030303133303030303855203036303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303038393930303030303030303030303038393930202020202020202020202020202020202020202020202020202020202020323531313230323632353131323032362020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313030303135202020202020202020303030303130202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a3334313939393939202020202020202020303030303031303030303132202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020202020200d0a', 4, 35465, 'Ana Souza', '2026-11-26 15:00:00+00', NULL, 1);
INSERT INTO public.bank_file_record VALUES
	(1, 2, 3, '109000000222', 22, NULL, '22', '02', 'registered', 0, 0, 0, '2026-11-26', NULL, '', 22, 'registered', 1),
	(2, 3, 3, '109000000214', 21, NULL, '21', '06', 'paid', 14990, 0, 190, '2026-11-25', '2026-11-25', '', 21, 'waiting', 1),
	(3, 3, 5, '109000000206', 20, NULL, '20', '06', 'paid', 3495, 0, 190, '2026-11-25', '2026-11-25', '', 20, 'waiting', 1),
	(4, 3, 7, '109000000040', 4, NULL, '4', '06', 'paid', 7990, 0, 190, '2026-11-25', '2026-11-25', '', 4, 'waiting', 1),
	(5, 3, 9, '109008842138', 884213, NULL, '884213', '06', 'paid', 8990, 0, 190, '2026-11-25', '2026-11-25', '', NULL, 'quarantine', 1);
INSERT INTO public.billing_method VALUES
	(3, 'Balcão', 'counter', NULL, 0, NULL),
	(1, 'Boleto mensal', 'boleto', NULL, 0, 1),
	(2, 'Pix mensal', 'pix', NULL, 0, 1);
INSERT INTO public.carne VALUES
	(1, 2, 3, 'Telefone fixo 2 ramais', '', 'open', '2027-01-05', '2027-01-05', 12, 8, '2026-11-26 15:00:00+00', 1, 1);
INSERT INTO public.charge VALUES
	(12, 1, 1, 10, 'monthly', NULL, 'Mensalidade', '2026-10-10', '2026-11-09', '2026-10-10', 9990, 0, NULL, NULL, NULL, 'open', '2026-10-02 09:00:00+00', 1),
	(19, 1, 1, 17, 'monthly', NULL, 'Mensalidade', '2026-11-10', '2026-12-09', '2026-11-10', 9990, 0, NULL, NULL, NULL, 'open', '2026-11-01 09:00:00+00', 1),
	(22, 4, 5, 20, 'monthly', NULL, 'Mensalidade', '2026-10-20', '2026-11-19', '2026-11-20', 6990, 0, NULL, NULL, NULL, 'open', '2026-11-11 09:00:00+00', 1),
	(23, 7, 8, 21, 'monthly', NULL, 'Mensalidade', '2026-11-25', '2026-12-24', '2026-11-25', 14990, 0, NULL, NULL, NULL, 'open', '2026-11-16 09:00:00+00', 1),
	(25, 2, 3, 23, 'monthly', NULL, 'Mensalidade', '2026-12-05', '2027-01-04', '2026-12-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 09:00:00+00', 1),
	(26, 2, 2, 24, 'monthly', NULL, 'Mensalidade', '2026-12-05', '2027-01-04', '2026-12-05', 14990, 0, NULL, NULL, NULL, 'open', '2026-11-26 09:00:00+00', 1),
	(21, 6, 7, 19, 'monthly', NULL, 'Mensalidade', '2026-11-15', '2026-12-14', '2026-11-15', 8990, 0, NULL, NULL, NULL, 'paid', '2026-11-06 09:00:00+00', 2),
	(20, 3, 4, 18, 'monthly', NULL, 'Mensalidade', '2026-11-15', '2026-12-14', '2026-11-15', 7990, 0, NULL, NULL, NULL, 'paid', '2026-11-06 09:00:00+00', 1),
	(17, 2, 3, 15, 'monthly', NULL, 'Mensalidade', '2026-11-05', '2026-12-04', '2026-11-05', 4980, 0, NULL, NULL, NULL, 'paid', '2026-10-27 09:00:00+00', 1),
	(16, 7, 8, 14, 'monthly', NULL, 'Mensalidade', '2026-10-25', '2026-11-24', '2026-10-25', 14990, 0, NULL, NULL, NULL, 'paid', '2026-10-17 09:00:00+00', 1),
	(15, 4, 5, 13, 'monthly', NULL, 'Mensalidade', '2026-09-20', '2026-10-19', '2026-10-20', 6990, 0, NULL, NULL, NULL, 'paid', '2026-10-12 09:00:00+00', 1),
	(14, 6, 7, 12, 'monthly', NULL, 'Mensalidade', '2026-10-15', '2026-11-14', '2026-10-15', 8990, 0, NULL, NULL, NULL, 'paid', '2026-10-07 09:00:00+00', 2),
	(13, 3, 4, 11, 'monthly', NULL, 'Mensalidade', '2026-10-15', '2026-11-14', '2026-10-15', 7990, 0, NULL, NULL, NULL, 'paid', '2026-10-07 09:00:00+00', 1),
	(11, 2, 2, 9, 'monthly', NULL, 'Mensalidade', '2026-10-05', '2026-11-04', '2026-10-05', 14990, 0, NULL, NULL, NULL, 'paid', '2026-09-27 09:00:00+00', 1),
	(10, 2, 3, 8, 'monthly', NULL, 'Mensalidade', '2026-10-05', '2026-11-04', '2026-10-05', 4980, 0, NULL, NULL, NULL, 'paid', '2026-09-27 09:00:00+00', 1),
	(8, 7, 8, 7, 'monthly', NULL, '13 dias de uso', '2026-09-12', '2026-09-24', '2026-09-25', 6496, 0, 14990, 13, 30, 'paid', '2026-09-17 09:00:00+00', 1),
	(9, 7, 8, 7, 'monthly', NULL, 'Mensalidade', '2026-09-25', '2026-10-24', '2026-09-25', 14990, 0, NULL, NULL, NULL, 'paid', '2026-09-17 09:00:00+00', 1),
	(7, 4, 5, 6, 'monthly', NULL, 'Mensalidade', '2026-08-20', '2026-09-19', '2026-09-20', 6990, 0, NULL, NULL, NULL, 'paid', '2026-09-12 09:00:00+00', 1),
	(6, 6, 7, 5, 'monthly', NULL, 'Mensalidade', '2026-09-15', '2026-10-14', '2026-09-15', 8990, 0, NULL, NULL, NULL, 'paid', '2026-09-07 09:00:00+00', 2),
	(5, 3, 4, 4, 'monthly', NULL, 'Mensalidade', '2026-09-15', '2026-10-14', '2026-09-15', 7990, 0, NULL, NULL, NULL, 'paid', '2026-09-07 09:00:00+00', 1),
	(4, 1, 1, 3, 'monthly', NULL, 'Mensalidade', '2026-09-10', '2026-10-09', '2026-09-10', 9990, 0, NULL, NULL, NULL, 'paid', '2026-09-02 09:00:00+00', 1),
	(3, 2, 2, 2, 'monthly', NULL, 'Mensalidade', '2026-09-05', '2026-10-04', '2026-09-05', 14990, 0, NULL, NULL, NULL, 'paid', '2026-08-28 09:00:00+00', 1),
	(1, 2, 3, 1, 'monthly', NULL, '13 dias de uso', '2026-08-23', '2026-09-04', '2026-09-05', 2158, 0, 4980, 13, 30, 'paid', '2026-08-28 09:00:00+00', 1),
	(2, 2, 3, 1, 'monthly', NULL, 'Mensalidade', '2026-09-05', '2026-10-04', '2026-09-05', 4980, 0, NULL, NULL, NULL, 'paid', '2026-08-28 09:00:00+00', 1),
	(18, 2, 2, 16, 'monthly', NULL, 'Mensalidade', '2026-11-05', '2026-12-04', '2026-11-05', 14990, 0, NULL, NULL, NULL, 'paid', '2026-10-27 09:00:00+00', 1),
	(27, 2, 3, 25, 'monthly', NULL, 'Mensalidade', '2027-01-05', '2027-02-04', '2027-01-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(28, 2, 3, 26, 'monthly', NULL, 'Mensalidade', '2027-02-05', '2027-03-04', '2027-02-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(29, 2, 3, 27, 'monthly', NULL, 'Mensalidade', '2027-03-05', '2027-04-04', '2027-03-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(30, 2, 3, 28, 'monthly', NULL, 'Mensalidade', '2027-04-05', '2027-05-04', '2027-04-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(31, 2, 3, 29, 'monthly', NULL, 'Mensalidade', '2027-05-05', '2027-06-04', '2027-05-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(32, 2, 3, 30, 'monthly', NULL, 'Mensalidade', '2027-06-05', '2027-07-04', '2027-06-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(33, 2, 3, 31, 'monthly', NULL, 'Mensalidade', '2027-07-05', '2027-08-04', '2027-07-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(34, 2, 3, 32, 'monthly', NULL, 'Mensalidade', '2027-08-05', '2027-09-04', '2027-08-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(35, 2, 3, 33, 'monthly', NULL, 'Mensalidade', '2027-09-05', '2027-10-04', '2027-09-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(36, 2, 3, 34, 'monthly', NULL, 'Mensalidade', '2027-10-05', '2027-11-04', '2027-10-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(37, 2, 3, 35, 'monthly', NULL, 'Mensalidade', '2027-11-05', '2027-12-04', '2027-11-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(38, 2, 3, 36, 'monthly', NULL, 'Mensalidade', '2027-12-05', '2028-01-04', '2027-12-05', 4980, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(24, 3, 4, 22, 'monthly', NULL, 'Mensalidade', '2026-12-15', '2027-01-14', '2026-12-18', 7990, 0, NULL, NULL, NULL, 'open', '2026-11-25 09:00:00+00', 1),
	(39, 2, 2, NULL, 'one_off', 2, 'Mudança do roteador de lugar', NULL, NULL, '2026-12-06', 8000, 0, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(40, 2, 2, NULL, 'one_off', 2, 'Cabo de rede até o escritório', NULL, NULL, '2026-12-06', 12000, 0, NULL, NULL, NULL, 'paid', '2026-11-26 15:00:00+00', 1),
	(41, 2, 2, 37, 'one_off', 4, 'Roteador Wi-Fi 6', NULL, NULL, '2026-12-06', 32000, 2000, NULL, NULL, NULL, 'open', '2026-11-26 15:00:00+00', 1),
	(42, 3, 4, 38, 'one_off', 2, 'Troca do conector', NULL, NULL, '2026-12-06', 6000, 0, NULL, NULL, NULL, 'cancelled', '2026-11-26 15:00:00+00', 1);
INSERT INTO public.charge_item VALUES
	(1, 1, 0, 'stfc', 'Telefone fixo (STFC)', 2158, 1),
	(2, 2, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(3, 3, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(4, 3, 1, 'sva', 'Aplicativos (SVA)', 4000, 1),
	(5, 4, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(6, 4, 1, 'sva', 'Aplicativos (SVA)', 3000, 1),
	(7, 5, 0, 'scm', 'Internet (SCM)', 5990, 1),
	(8, 5, 1, 'sva', 'Aplicativos (SVA)', 2000, 1),
	(9, 6, 0, 'scm', 'Internet (SCM)', 8990, 2),
	(10, 7, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(11, 8, 0, 'scm', 'Internet (SCM)', 4762, 1),
	(12, 8, 1, 'sva', 'Aplicativos (SVA)', 1734, 1),
	(13, 9, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(14, 9, 1, 'sva', 'Aplicativos (SVA)', 4000, 1),
	(15, 10, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(16, 11, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(17, 11, 1, 'sva', 'Aplicativos (SVA)', 4000, 1),
	(18, 12, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(19, 12, 1, 'sva', 'Aplicativos (SVA)', 3000, 1),
	(20, 13, 0, 'scm', 'Internet (SCM)', 5990, 1),
	(21, 13, 1, 'sva', 'Aplicativos (SVA)', 2000, 1),
	(22, 14, 0, 'scm', 'Internet (SCM)', 8990, 2),
	(23, 15, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(24, 16, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(25, 16, 1, 'sva', 'Aplicativos (SVA)', 4000, 1),
	(26, 17, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(27, 18, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(28, 18, 1, 'sva', 'Aplicativos (SVA)', 4000, 1),
	(29, 19, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(30, 19, 1, 'sva', 'Aplicativos (SVA)', 3000, 1),
	(31, 20, 0, 'scm', 'Internet (SCM)', 5990, 1),
	(32, 20, 1, 'sva', 'Aplicativos (SVA)', 2000, 1),
	(33, 21, 0, 'scm', 'Internet (SCM)', 8990, 2),
	(34, 22, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(35, 23, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(36, 23, 1, 'sva', 'Aplicativos (SVA)', 4000, 1),
	(37, 24, 0, 'scm', 'Internet (SCM)', 5990, 1),
	(38, 24, 1, 'sva', 'Aplicativos (SVA)', 2000, 1),
	(39, 25, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(40, 26, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(41, 26, 1, 'sva', 'Aplicativos (SVA)', 4000, 1),
	(42, 27, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(43, 28, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(44, 29, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(45, 30, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(46, 31, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(47, 32, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(48, 33, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(49, 34, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(50, 35, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(51, 36, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(52, 37, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(53, 38, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(54, 39, 0, 'fee', 'Visita técnica', 8000, 1),
	(55, 40, 0, 'fee', 'Visita técnica', 12000, 1),
	(56, 41, 0, 'fee', 'Venda de equipamento', 32000, 1),
	(57, 42, 0, 'fee', 'Visita técnica', 6000, 1);
INSERT INTO public.charge_kind VALUES
	(1, 'Taxa de Instalação', NULL),
	(2, 'Visita técnica', NULL),
	(3, 'Mudança de endereço', NULL),
	(4, 'Venda de equipamento', NULL);
INSERT INTO public.commission VALUES
	(1, 1, 4, 'sale', '2025-10', 9990, 0, 0, '2025-10-12 13:20:00+00', 1),
	(2, 2, 4, 'sale', '2025-03', 14990, 0, 0, '2025-03-16 18:40:00+00', 1),
	(3, 3, 1, 'sale', '2026-08', 4980, 0, 0, '2026-08-23 12:30:00+00', 1),
	(4, 4, 1, 'sale', '2026-04', 7990, 0, 0, '2026-04-10 14:15:00+00', 1),
	(5, 5, 4, 'sale', '2026-06', 6990, 0, 0, '2026-06-29 19:50:00+00', 1),
	(6, 6, 4, 'sale', '2026-11', 9990, 0, 0, '2026-11-25 17:33:00+00', 1),
	(7, 7, 3, 'sale', '2026-01', 8990, 0, 0, '2026-01-30 16:05:00+00', 2),
	(8, 8, 4, 'sale', '2026-09', 14990, 0, 0, '2026-09-12 13:00:00+00', 1);
INSERT INTO public.company VALUES
	(0, 'TODAS', '', '', '', '', '', '', '#0b5f66', 'America/Sao_Paulo', '5,10,15,20,25', '30', 'cpf_only', true, NULL, NULL, 200, 100, 'business_day', 10, '2026-08-23', 24, 0, true),
	(1, 'Vale Claro Telecom', 'Vale Claro Telecomunicações Ltda.', '12345678000195', 'Av. Sete de Setembro, 900, Centro, Vale Claro/MG', '08000001234', '3730001234', 'valeclaro.example', '#0b5f66', 'America/Sao_Paulo', '5,10,15,20,25', '30', 'cpf_only', true, NULL, NULL, 200, 100, 'business_day', 10, '2026-08-23', 24, 0, true),
	(2, 'Serra Azul Net', 'Serra Azul Provedor de Internet Ltda.', '19876543000103', 'Rua da Estação, 45, Centro, Serra Azul/MG', '08000005678', '3730005678', 'serraazul.example', '#b8420e', 'America/Sao_Paulo', '5,10,15,20,25', '30', '', false, NULL, NULL, 200, 100, 'business_day', 10, '2026-08-23', 24, 0, true);
INSERT INTO public.connection VALUES
	(2, 2, 'active', '2026-11-26 15:00:00+00', 1),
	(3, 3, 'active', '2026-11-26 15:00:00+00', 1),
	(4, 4, 'active', '2026-11-26 15:00:00+00', 1),
	(5, 5, 'reduced', '2026-11-26 15:00:00+00', 1),
	(6, 6, 'disabled', '2026-11-26 15:00:00+00', 1),
	(7, 7, 'active', '2026-11-26 15:00:00+00', 2),
	(8, 8, 'blocked', '2026-12-14 15:00:00+00', 1),
	(1, 1, 'active', '2026-12-14 15:00:00+00', 1);
INSERT INTO public.contact VALUES
	(1, 1, 'mobile', '37998120456'),
	(2, 2, 'mobile', '37988730021'),
	(3, 2, 'phone', '3732214400'),
	(4, 2, 'email', 'contato@padariasol.example'),
	(5, 3, 'mobile', '37991004567'),
	(6, 4, 'mobile', '37997715520'),
	(7, 5, 'mobile', '37999120800'),
	(8, 5, 'email', 'joaquim.neto@exemplo.example'),
	(9, 6, 'mobile', '37996601122'),
	(10, 7, 'mobile', '37995503344');
INSERT INTO public.contract VALUES
	(1, 1, 1, 1, 1, 'active', '2025-10-12', 12, 'Instalação de R$ 400,00 por R$ 150,00', 25000, '2026-10-12', '2025-10-12 13:20:00+00', 1),
	(2, 2, 2, 1, 1, 'active', '2025-03-16', 12, 'Instalação de R$ 400,00 por R$ 150,00', 25000, '2026-03-16', '2025-03-16 18:40:00+00', 1),
	(3, 3, 3, 2, 2, 'active', '2026-08-23', 0, '', 0, NULL, '2026-08-23 12:30:00+00', 1),
	(4, 4, 4, 1, 1, 'active', '2026-04-10', 12, 'Instalação de R$ 400,00 por R$ 150,00', 25000, '2027-04-10', '2026-04-10 14:15:00+00', 1),
	(5, 6, 5, 1, 1, 'active', '2026-11-25', 12, 'Instalação de R$ 400,00 por R$ 150,00', 25000, '2027-11-25', '2026-11-25 17:33:00+00', 1),
	(6, 8, 6, 1, 1, 'active', '2026-09-12', 12, 'Instalação de R$ 400,00 por R$ 150,00', 25000, '2027-09-12', '2026-09-12 13:00:00+00', 1);
INSERT INTO public.contract_print VALUES
	(1, 1, 1, 1, 1),
	(2, 2, 1, 2, 1),
	(3, 3, 1, 3, 1),
	(4, 4, 1, 4, 1),
	(5, 5, 1, 5, 1),
	(6, 6, 1, 6, 1);
INSERT INTO public.contract_template VALUES
	(1, 'Fibra residencial, 12 meses', 12, 'Instalação de R$ 400,00 por R$ 150,00', 25000, NULL, 1),
	(2, 'Telefone, sem fidelidade', 0, '', 0, NULL, 1);
INSERT INTO public.contract_template_revision VALUES
	(1, 1, 1, 'Este contrato é feito entre {{empresa.razao_social}}, CNPJ {{empresa.cnpj}}, chamada aqui de prestadora, e {{cliente.nome}}, {{cliente.documento_tipo}} {{cliente.documento}}, chamado aqui de assinante. Os dados do quadro acima fazem parte dele.

## O que é contratado

A prestadora leva ao endereço da instalação o Serviço de Comunicação Multimídia (SCM), que é o acesso à internet, na forma das regras da Anatel, e os serviços de valor adicionado que compõem o plano.

O contrato vale por prazo indeterminado a partir da assinatura ou do aceite. A cobrança só começa depois que o serviço está instalado e funcionando.

O assinante recebe uma via deste contrato e a oferta do plano. O que a oferta promete faz parte do contrato.

## Plano e velocidade

O plano contratado é {{servico.plano}}, com acesso por {{servico.tecnologia}}, até {{servico.download}} para receber e até {{servico.upload}} para enviar dados.

A velocidade é a que chega ao equipamento da prestadora, medida por cabo. Na rede sem fio ela varia com a distância, as paredes, as redes vizinhas e o aparelho usado.

Não há limite de dados, salvo se a oferta do plano disser outra coisa. A prestadora não escolhe nem atrasa conteúdos: a rede é neutra, como manda o Marco Civil da Internet.

## Instalação e equipamentos

A instalação é feita em data e período combinados, por técnico identificado, com a presença de uma pessoa maior de idade. A taxa de instalação é {{cobranca.taxa_instalacao}}.

O equipamento da prestadora é emprestado em comodato, sem custo. Modelo e número de série ficam anotados na ordem de serviço, que o assinante assina.

A manutenção e a troca por desgaste ou defeito são da prestadora. O assinante cuida do aparelho, não o abre, não o empresta e não o leva a outro endereço.

! No fim do contrato o assinante devolve o equipamento. A prestadora marca a retirada sem custo em até 30 dias. Se ele não for devolvido, ou voltar danificado por mau uso, o assinante paga o valor anotado na ordem de serviço.

## Preço e composição

A mensalidade é {{servico.mensalidade}} e se compõe assim:

{{tabela.composicao}}

Os tributos já estão no preço. Cada item é discriminado na fatura e no documento fiscal.

## Cobrança e pagamento

A fatura vence todo dia {{cobranca.dia}} e é cobrada por {{cobranca.forma}} (carnê: {{cobranca.carne}}). Ela chega ao menos 5 dias antes do vencimento e fica sempre na central do assinante. Vencimento em sábado, domingo ou feriado bancário passa, sem acréscimo, para o dia útil seguinte.

Tipo de cobrança deste contrato: {{cobranca.tipo}}. Na cobrança antecipada, a fatura paga o mês que começa no vencimento. Na postecipada, paga o mês que terminou na véspera do vencimento.

O assinante pode contestar qualquer cobrança em até 3 anos. A prestadora responde em até 30 dias e, enquanto isso, o valor contestado não precisa ser pago nem causa suspensão. O que foi pago a mais volta em dobro, salvo engano justificável.

A primeira fatura vence em {{cobranca.primeiro_vencimento}}. Os dias de uso que não completam um mês são cobrados em proporção: mensalidade × dias ÷ 30, nunca mais que uma mensalidade. A conta é esta:

{{tabela.primeira_fatura}}

## Reajuste

O preço só pode ser reajustado depois de 12 meses da assinatura ou do último reajuste, pela variação do Índice de Serviços de Telecomunicações (IST) ou do índice que o substituir. O novo valor é avisado com 30 dias de antecedência.

## Atraso e suspensão

Sobre a fatura paga depois do vencimento há multa de 2 %, uma só vez, e juros de 1 % ao mês, contados por dia de atraso.

A prestadora avisa o assinante do atraso e diz o motivo, o valor e o mês, as datas da suspensão e do fim do contrato e a possibilidade de registro em cadastro de inadimplentes.

! Passados 15 dias do aviso sem pagamento, o serviço pode ser suspenso. Depois de 60 dias de suspensão, e de novo aviso, a prestadora pode encerrar o contrato e registrar a dívida nos órgãos de proteção ao crédito.

Confirmado o pagamento, o serviço volta em até 1 dia, sem taxa de religação. Os dias de suspensão total não são cobrados.

## Desbloqueio em confiança

O assinante suspenso por atraso pode pedir o desbloqueio em confiança, pela central do assinante ou pelo atendimento: o serviço volta na hora, por 1 dia, para que a fatura seja paga. O pedido vale uma vez por mês e para cada serviço.

Terminado o prazo sem pagamento, a suspensão volta, sem novo aviso. O desbloqueio não tem custo nem muda o vencimento ou o valor da dívida.

## Permanência e benefício

O assinante pode contratar sem prazo de permanência. Quando aceita permanecer, recebe em troca um benefício. Para pessoa física o prazo é de no máximo 12 meses.

! Se o assinante sair antes do fim do prazo, devolve apenas a parte do benefício que corresponde ao tempo que falta: valor do benefício × dias restantes ÷ dias do prazo.

Nada é devido se a saída for por falha da prestadora, por mudança das condições feita por ela, por falecimento do assinante ou nos 7 dias de arrependimento. O prazo não se renova sozinho: outra permanência exige novo benefício e novo aceite.

O que foi combinado neste contrato:

{{tabela.permanencia}}

## Atendimento e qualidade

O suporte atende 24 horas, todos os dias, pelo telefone {{empresa.telefone}} e pela central do assinante em {{empresa.site}}. Todo contato recebe na hora um número de protocolo, e o histórico pode ser consultado pelo assinante.

O pedido que não se resolve na hora é respondido em até 7 dias corridos. O reparo do acesso começa em até 24 horas do pedido, salvo força maior ou falta de acesso ao local.

A manutenção programada é avisada com uma semana de antecedência. O tempo sem serviço por causa da prestadora vira desconto proporcional na fatura seguinte, sem que seja preciso pedir.

Se a resposta não resolver, o assinante pode procurar a ouvidoria da prestadora, a Anatel (telefone 1331 ou anatel.gov.br) e o Procon.

## Deveres da prestadora

A prestadora se obriga a:

- manter o serviço de modo contínuo, com a qualidade contratada e as metas da Anatel;
- informar com clareza preços, prazos e mudanças, sem cobrar o que não foi pedido;
- cumprir a data combinada para instalação, reparo e retirada;
- manter o sigilo das comunicações e dos dados do assinante;
- responder pelos danos que causar, na forma da lei.

## Deveres do assinante

O assinante se obriga a:

- pagar em dia e manter atualizados telefone, e-mail e endereço;
- dar acesso ao local para instalar, reparar e retirar, e ter energia e tomada em ordem;
- usar o serviço de acordo com a lei, sem prejudicar a rede ou outras pessoas;
- cuidar de suas senhas e da segurança dos próprios aparelhos.

! O assinante não pode revender nem repartir o serviço com outro endereço. Uso ilícito ou fraude comprovados permitem suspender o serviço e encerrar o contrato, com aviso e direito de defesa.

## Direitos do assinante

Além do que está neste contrato, a Resolução Anatel 765/2023 e o Código de Defesa do Consumidor garantem ao assinante:

- escolher a prestadora e o plano, e receber igual tratamento;
- ver antes de contratar a oferta, o preço e as condições, sem mudança durante a vigência dela;
- suspender o serviço a pedido, sem custo, uma vez a cada 12 meses, por 30 a 120 dias;
- mudar de plano e comparar as ofertas disponíveis, inclusive uma sem permanência;
- receber protocolo, cópia deste contrato, histórico e detalhe das faturas;
- não ter o serviço suspenso por valor contestado ou sem o aviso da cláusula de atraso.

## Cancelamento

O assinante pode cancelar quando quiser, pelo mesmo canal em que contratou, pelo telefone ou pela central do assinante, mesmo com dívida. O pedido vale na hora com atendente e em até 2 dias úteis pelo canal automático. A última fatura cobra só os dias usados.

Quem contratou por telefone, internet ou em casa pode desistir em 7 dias da contratação ou da instalação e recebe de volta tudo o que pagou.

A prestadora pode encerrar o contrato por falta de pagamento, nos prazos da cláusula de atraso, por fraude, ou se perder as condições legais ou técnicas de prestar o serviço, neste caso com aviso de 30 dias e sem custo para o assinante.

## Mudança de endereço, plano e titular

A mudança de endereço depende de rede no novo local. A prestadora responde em até 7 dias e informa antes o custo, se houver. Se não puder atender, o assinante decide se cancela.

A mudança de plano vale da ativação em diante, com cobrança proporcional dos dias de cada plano, e fica registrada em novo termo.

A mudança de titular exige o aceite dos dois. O titular atual responde pelas faturas até a data da transferência, e o novo recebe o contrato e a permanência que restar.

## Seus dados

A prestadora trata os dados do assinante (identificação, contato, endereço, pagamento e uso técnico da rede) para instalar, cobrar, atender e cumprir a lei, conforme a Lei Geral de Proteção de Dados. Não os vende. Só os entrega a quem participa do serviço, como bancos e técnicos, e à autoridade que tenha direito de pedi-los.

Os registros de conexão (data, hora, duração e endereço IP) são guardados em sigilo por 1 ano, como manda o Marco Civil da Internet, e só são abertos por ordem judicial. A prestadora não guarda os sites visitados. Contratos, faturas e atendimentos são guardados por 5 anos depois do fim do contrato, e então apagados.

O assinante pode ver, corrigir, levar consigo e pedir cópia ou exclusão de seus dados, na central do assinante ou pelo atendimento. Um vazamento que o ponha em risco lhe é comunicado.

## Disposições gerais

O aceite eletrônico vale como assinatura: ficam registrados a data, a hora, o endereço IP e o código deste documento. O texto aceito não muda; toda alteração é um novo documento.

Deixar de exigir um direito uma vez não é abrir mão dele. Se uma cláusula for inválida, as outras continuam valendo. Avisos são enviados ao telefone, ao e-mail ou ao endereço de cobrança do assinante.

As dúvidas deste contrato são decididas no foro do domicílio do assinante.

{{assinaturas}}
', '2026-11-26 15:00:00+00', 'Instalação'),
	(2, 2, 1, 'Este contrato é feito entre {{empresa.razao_social}}, CNPJ {{empresa.cnpj}}, chamada aqui de prestadora, e {{cliente.nome}}, {{cliente.documento_tipo}} {{cliente.documento}}, chamado aqui de assinante. Os dados do quadro acima fazem parte dele.

## O que é contratado

A prestadora leva ao endereço da instalação o Serviço de Comunicação Multimídia (SCM), que é o acesso à internet, na forma das regras da Anatel, e os serviços de valor adicionado que compõem o plano.

O contrato vale por prazo indeterminado a partir da assinatura ou do aceite. A cobrança só começa depois que o serviço está instalado e funcionando.

O assinante recebe uma via deste contrato e a oferta do plano. O que a oferta promete faz parte do contrato.

## Plano e velocidade

O plano contratado é {{servico.plano}}, com acesso por {{servico.tecnologia}}, até {{servico.download}} para receber e até {{servico.upload}} para enviar dados.

A velocidade é a que chega ao equipamento da prestadora, medida por cabo. Na rede sem fio ela varia com a distância, as paredes, as redes vizinhas e o aparelho usado.

Não há limite de dados, salvo se a oferta do plano disser outra coisa. A prestadora não escolhe nem atrasa conteúdos: a rede é neutra, como manda o Marco Civil da Internet.

## Instalação e equipamentos

A instalação é feita em data e período combinados, por técnico identificado, com a presença de uma pessoa maior de idade. A taxa de instalação é {{cobranca.taxa_instalacao}}.

O equipamento da prestadora é emprestado em comodato, sem custo. Modelo e número de série ficam anotados na ordem de serviço, que o assinante assina.

A manutenção e a troca por desgaste ou defeito são da prestadora. O assinante cuida do aparelho, não o abre, não o empresta e não o leva a outro endereço.

! No fim do contrato o assinante devolve o equipamento. A prestadora marca a retirada sem custo em até 30 dias. Se ele não for devolvido, ou voltar danificado por mau uso, o assinante paga o valor anotado na ordem de serviço.

## Preço e composição

A mensalidade é {{servico.mensalidade}} e se compõe assim:

{{tabela.composicao}}

Os tributos já estão no preço. Cada item é discriminado na fatura e no documento fiscal.

## Cobrança e pagamento

A fatura vence todo dia {{cobranca.dia}} e é cobrada por {{cobranca.forma}} (carnê: {{cobranca.carne}}). Ela chega ao menos 5 dias antes do vencimento e fica sempre na central do assinante. Vencimento em sábado, domingo ou feriado bancário passa, sem acréscimo, para o dia útil seguinte.

Tipo de cobrança deste contrato: {{cobranca.tipo}}. Na cobrança antecipada, a fatura paga o mês que começa no vencimento. Na postecipada, paga o mês que terminou na véspera do vencimento.

O assinante pode contestar qualquer cobrança em até 3 anos. A prestadora responde em até 30 dias e, enquanto isso, o valor contestado não precisa ser pago nem causa suspensão. O que foi pago a mais volta em dobro, salvo engano justificável.

A primeira fatura vence em {{cobranca.primeiro_vencimento}}. Os dias de uso que não completam um mês são cobrados em proporção: mensalidade × dias ÷ 30, nunca mais que uma mensalidade. A conta é esta:

{{tabela.primeira_fatura}}

## Reajuste

O preço só pode ser reajustado depois de 12 meses da assinatura ou do último reajuste, pela variação do Índice de Serviços de Telecomunicações (IST) ou do índice que o substituir. O novo valor é avisado com 30 dias de antecedência.

## Atraso e suspensão

Sobre a fatura paga depois do vencimento há multa de 2 %, uma só vez, e juros de 1 % ao mês, contados por dia de atraso.

A prestadora avisa o assinante do atraso e diz o motivo, o valor e o mês, as datas da suspensão e do fim do contrato e a possibilidade de registro em cadastro de inadimplentes.

! Passados 15 dias do aviso sem pagamento, o serviço pode ser suspenso. Depois de 60 dias de suspensão, e de novo aviso, a prestadora pode encerrar o contrato e registrar a dívida nos órgãos de proteção ao crédito.

Confirmado o pagamento, o serviço volta em até 1 dia, sem taxa de religação. Os dias de suspensão total não são cobrados.

## Desbloqueio em confiança

O assinante suspenso por atraso pode pedir o desbloqueio em confiança, pela central do assinante ou pelo atendimento: o serviço volta na hora, por 1 dia, para que a fatura seja paga. O pedido vale uma vez por mês e para cada serviço.

Terminado o prazo sem pagamento, a suspensão volta, sem novo aviso. O desbloqueio não tem custo nem muda o vencimento ou o valor da dívida.

## Permanência e benefício

O assinante pode contratar sem prazo de permanência. Quando aceita permanecer, recebe em troca um benefício. Para pessoa física o prazo é de no máximo 12 meses.

! Se o assinante sair antes do fim do prazo, devolve apenas a parte do benefício que corresponde ao tempo que falta: valor do benefício × dias restantes ÷ dias do prazo.

Nada é devido se a saída for por falha da prestadora, por mudança das condições feita por ela, por falecimento do assinante ou nos 7 dias de arrependimento. O prazo não se renova sozinho: outra permanência exige novo benefício e novo aceite.

O que foi combinado neste contrato:

{{tabela.permanencia}}

## Atendimento e qualidade

O suporte atende 24 horas, todos os dias, pelo telefone {{empresa.telefone}} e pela central do assinante em {{empresa.site}}. Todo contato recebe na hora um número de protocolo, e o histórico pode ser consultado pelo assinante.

O pedido que não se resolve na hora é respondido em até 7 dias corridos. O reparo do acesso começa em até 24 horas do pedido, salvo força maior ou falta de acesso ao local.

A manutenção programada é avisada com uma semana de antecedência. O tempo sem serviço por causa da prestadora vira desconto proporcional na fatura seguinte, sem que seja preciso pedir.

Se a resposta não resolver, o assinante pode procurar a ouvidoria da prestadora, a Anatel (telefone 1331 ou anatel.gov.br) e o Procon.

## Deveres da prestadora

A prestadora se obriga a:

- manter o serviço de modo contínuo, com a qualidade contratada e as metas da Anatel;
- informar com clareza preços, prazos e mudanças, sem cobrar o que não foi pedido;
- cumprir a data combinada para instalação, reparo e retirada;
- manter o sigilo das comunicações e dos dados do assinante;
- responder pelos danos que causar, na forma da lei.

## Deveres do assinante

O assinante se obriga a:

- pagar em dia e manter atualizados telefone, e-mail e endereço;
- dar acesso ao local para instalar, reparar e retirar, e ter energia e tomada em ordem;
- usar o serviço de acordo com a lei, sem prejudicar a rede ou outras pessoas;
- cuidar de suas senhas e da segurança dos próprios aparelhos.

! O assinante não pode revender nem repartir o serviço com outro endereço. Uso ilícito ou fraude comprovados permitem suspender o serviço e encerrar o contrato, com aviso e direito de defesa.

## Direitos do assinante

Além do que está neste contrato, a Resolução Anatel 765/2023 e o Código de Defesa do Consumidor garantem ao assinante:

- escolher a prestadora e o plano, e receber igual tratamento;
- ver antes de contratar a oferta, o preço e as condições, sem mudança durante a vigência dela;
- suspender o serviço a pedido, sem custo, uma vez a cada 12 meses, por 30 a 120 dias;
- mudar de plano e comparar as ofertas disponíveis, inclusive uma sem permanência;
- receber protocolo, cópia deste contrato, histórico e detalhe das faturas;
- não ter o serviço suspenso por valor contestado ou sem o aviso da cláusula de atraso.

## Cancelamento

O assinante pode cancelar quando quiser, pelo mesmo canal em que contratou, pelo telefone ou pela central do assinante, mesmo com dívida. O pedido vale na hora com atendente e em até 2 dias úteis pelo canal automático. A última fatura cobra só os dias usados.

Quem contratou por telefone, internet ou em casa pode desistir em 7 dias da contratação ou da instalação e recebe de volta tudo o que pagou.

A prestadora pode encerrar o contrato por falta de pagamento, nos prazos da cláusula de atraso, por fraude, ou se perder as condições legais ou técnicas de prestar o serviço, neste caso com aviso de 30 dias e sem custo para o assinante.

## Mudança de endereço, plano e titular

A mudança de endereço depende de rede no novo local. A prestadora responde em até 7 dias e informa antes o custo, se houver. Se não puder atender, o assinante decide se cancela.

A mudança de plano vale da ativação em diante, com cobrança proporcional dos dias de cada plano, e fica registrada em novo termo.

A mudança de titular exige o aceite dos dois. O titular atual responde pelas faturas até a data da transferência, e o novo recebe o contrato e a permanência que restar.

## Seus dados

A prestadora trata os dados do assinante (identificação, contato, endereço, pagamento e uso técnico da rede) para instalar, cobrar, atender e cumprir a lei, conforme a Lei Geral de Proteção de Dados. Não os vende. Só os entrega a quem participa do serviço, como bancos e técnicos, e à autoridade que tenha direito de pedi-los.

Os registros de conexão (data, hora, duração e endereço IP) são guardados em sigilo por 1 ano, como manda o Marco Civil da Internet, e só são abertos por ordem judicial. A prestadora não guarda os sites visitados. Contratos, faturas e atendimentos são guardados por 5 anos depois do fim do contrato, e então apagados.

O assinante pode ver, corrigir, levar consigo e pedir cópia ou exclusão de seus dados, na central do assinante ou pelo atendimento. Um vazamento que o ponha em risco lhe é comunicado.

## Disposições gerais

O aceite eletrônico vale como assinatura: ficam registrados a data, a hora, o endereço IP e o código deste documento. O texto aceito não muda; toda alteração é um novo documento.

Deixar de exigir um direito uma vez não é abrir mão dele. Se uma cláusula for inválida, as outras continuam valendo. Avisos são enviados ao telefone, ao e-mail ou ao endereço de cobrança do assinante.

As dúvidas deste contrato são decididas no foro do domicílio do assinante.

{{assinaturas}}
', '2026-11-26 15:00:00+00', 'Instalação');
INSERT INTO public.counter VALUES
	('work_order', 1),
	('contract', 6),
	('nsa:1', 1),
	('invoice', 38),
	('nosso_numero:1', 39);
INSERT INTO public.debt_notice VALUES
	(1, 1, 1, 10, '2026-11-07', '2026-11-22', 9990, 'portal', 'Olá, Rita.

A fatura 10, Fibra 500 Mbps, de outubro, venceu em 10/10/2026 e continua em aberto: R$ 99,90, mais multa e juros do contrato.

Se ela não for paga, o serviço será suspenso a partir de 22/11/2026. Depois de 60 dias suspenso, o contrato pode terminar, com novo aviso. A dívida pode ser informada aos órgãos de proteção ao crédito.

Depois do pagamento o serviço volta no mesmo dia, sem taxa de religação. Se já pagou, desconsidere este aviso. Para contestar o valor, fale com a Vale Claro Telecom.
', NULL, '2026-11-07 12:00:00+00', 1),
	(2, 7, 8, 21, '2026-11-26', '2026-12-14', 14990, 'portal', 'Olá, Ivone.

A fatura 21, Fibra 1 Gbps, de novembro, venceu em 25/11/2026 e continua em aberto: R$ 149,90, mais multa e juros do contrato.

Se ela não for paga, o serviço será suspenso a partir de 14/12/2026. Depois de 60 dias suspenso, o contrato pode terminar, com novo aviso. A dívida pode ser informada aos órgãos de proteção ao crédito.

Depois do pagamento o serviço volta no mesmo dia, sem taxa de religação. Se já pagou, desconsidere este aviso. Para contestar o valor, fale com a Vale Claro Telecom.
', NULL, '2026-11-26 15:00:00+00', 1);
INSERT INTO public.department VALUES
	(1, 'Comercial', NULL),
	(2, 'Suporte', NULL),
	(3, 'Financeiro', NULL),
	(4, 'Supervisão', NULL);
INSERT INTO public.document VALUES
	(1, 'contract', 'Contrato 1', '{"title": "Contrato de presta\u00e7\u00e3o de servi\u00e7o", "number": "1", "template_name": "Fibra residencial, 12 meses", "revision": "1", "issued_on": "12 de outubro de 2025", "body": "Este contrato \u00e9 feito entre {{empresa.razao_social}}, CNPJ {{empresa.cnpj}}, chamada aqui de prestadora, e {{cliente.nome}}, {{cliente.documento_tipo}} {{cliente.documento}}, chamado aqui de assinante. Os dados do quadro acima fazem parte dele.\n\n## O que \u00e9 contratado\n\nA prestadora leva ao endere\u00e7o da instala\u00e7\u00e3o o Servi\u00e7o de Comunica\u00e7\u00e3o Multim\u00eddia (SCM), que \u00e9 o acesso \u00e0 internet, na forma das regras da Anatel, e os servi\u00e7os de valor adicionado que comp\u00f5em o plano.\n\nO contrato vale por prazo indeterminado a partir da assinatura ou do aceite. A cobran\u00e7a s\u00f3 come\u00e7a depois que o servi\u00e7o est\u00e1 instalado e funcionando.\n\nO assinante recebe uma via deste contrato e a oferta do plano. O que a oferta promete faz parte do contrato.\n\n## Plano e velocidade\n\nO plano contratado \u00e9 {{servico.plano}}, com acesso por {{servico.tecnologia}}, at\u00e9 {{servico.download}} para receber e at\u00e9 {{servico.upload}} para enviar dados.\n\nA velocidade \u00e9 a que chega ao equipamento da prestadora, medida por cabo. Na rede sem fio ela varia com a dist\u00e2ncia, as paredes, as redes vizinhas e o aparelho usado.\n\nN\u00e3o h\u00e1 limite de dados, salvo se a oferta do plano disser outra coisa. A prestadora n\u00e3o escolhe nem atrasa conte\u00fados: a rede \u00e9 neutra, como manda o Marco Civil da Internet.\n\n## Instala\u00e7\u00e3o e equipamentos\n\nA instala\u00e7\u00e3o \u00e9 feita em data e per\u00edodo combinados, por t\u00e9cnico identificado, com a presen\u00e7a de uma pessoa maior de idade. A taxa de instala\u00e7\u00e3o \u00e9 {{cobranca.taxa_instalacao}}.\n\nO equipamento da prestadora \u00e9 emprestado em comodato, sem custo. Modelo e n\u00famero de s\u00e9rie ficam anotados na ordem de servi\u00e7o, que o assinante assina.\n\nA manuten\u00e7\u00e3o e a troca por desgaste ou defeito s\u00e3o da prestadora. O assinante cuida do aparelho, n\u00e3o o abre, n\u00e3o o empresta e n\u00e3o o leva a outro endere\u00e7o.\n\n! No fim do contrato o assinante devolve o equipamento. A prestadora marca a retirada sem custo em at\u00e9 30 dias. Se ele n\u00e3o for devolvido, ou voltar danificado por mau uso, o assinante paga o valor anotado na ordem de servi\u00e7o.\n\n## Pre\u00e7o e composi\u00e7\u00e3o\n\nA mensalidade \u00e9 {{servico.mensalidade}} e se comp\u00f5e assim:\n\n{{tabela.composicao}}\n\nOs tributos j\u00e1 est\u00e3o no pre\u00e7o. Cada item \u00e9 discriminado na fatura e no documento fiscal.\n\n## Cobran\u00e7a e pagamento\n\nA fatura vence todo dia {{cobranca.dia}} e \u00e9 cobrada por {{cobranca.forma}} (carn\u00ea: {{cobranca.carne}}). Ela chega ao menos 5 dias antes do vencimento e fica sempre na central do assinante. Vencimento em s\u00e1bado, domingo ou feriado banc\u00e1rio passa, sem acr\u00e9scimo, para o dia \u00fatil seguinte.\n\nTipo de cobran\u00e7a deste contrato: {{cobranca.tipo}}. Na cobran\u00e7a antecipada, a fatura paga o m\u00eas que come\u00e7a no vencimento. Na postecipada, paga o m\u00eas que terminou na v\u00e9spera do vencimento.\n\nO assinante pode contestar qualquer cobran\u00e7a em at\u00e9 3 anos. A prestadora responde em at\u00e9 30 dias e, enquanto isso, o valor contestado n\u00e3o precisa ser pago nem causa suspens\u00e3o. O que foi pago a mais volta em dobro, salvo engano justific\u00e1vel.\n\nA primeira fatura vence em {{cobranca.primeiro_vencimento}}. Os dias de uso que n\u00e3o completam um m\u00eas s\u00e3o cobrados em propor\u00e7\u00e3o: mensalidade \u00d7 dias \u00f7 30, nunca mais que uma mensalidade. A conta \u00e9 esta:\n\n{{tabela.primeira_fatura}}\n\n## Reajuste\n\nO pre\u00e7o s\u00f3 pode ser reajustado depois de 12 meses da assinatura ou do \u00faltimo reajuste, pela varia\u00e7\u00e3o do \u00cdndice de Servi\u00e7os de Telecomunica\u00e7\u00f5es (IST) ou do \u00edndice que o substituir. O novo valor \u00e9 avisado com 30 dias de anteced\u00eancia.\n\n## Atraso e suspens\u00e3o\n\nSobre a fatura paga depois do vencimento h\u00e1 multa de 2 %, uma s\u00f3 vez, e juros de 1 % ao m\u00eas, contados por dia de atraso.\n\nA prestadora avisa o assinante do atraso e diz o motivo, o valor e o m\u00eas, as datas da suspens\u00e3o e do fim do contrato e a possibilidade de registro em cadastro de inadimplentes.\n\n! Passados 15 dias do aviso sem pagamento, o servi\u00e7o pode ser suspenso. Depois de 60 dias de suspens\u00e3o, e de novo aviso, a prestadora pode encerrar o contrato e registrar a d\u00edvida nos \u00f3rg\u00e3os de prote\u00e7\u00e3o ao cr\u00e9dito.\n\nConfirmado o pagamento, o servi\u00e7o volta em at\u00e9 1 dia, sem taxa de religa\u00e7\u00e3o. Os dias de suspens\u00e3o total n\u00e3o s\u00e3o cobrados.\n\n## Desbloqueio em confian\u00e7a\n\nO assinante suspenso por atraso pode pedir o desbloqueio em confian\u00e7a, pela central do assinante ou pelo atendimento: o servi\u00e7o volta na hora, por 1 dia, para que a fatura seja paga. O pedido vale uma vez por m\u00eas e para cada servi\u00e7o.\n\nTerminado o prazo sem pagamento, a suspens\u00e3o volta, sem novo aviso. O desbloqueio n\u00e3o tem custo nem muda o vencimento ou o valor da d\u00edvida.\n\n## Perman\u00eancia e benef\u00edcio\n\nO assinante pode contratar sem prazo de perman\u00eancia. Quando aceita permanecer, recebe em troca um benef\u00edcio. Para pessoa f\u00edsica o prazo \u00e9 de no m\u00e1ximo 12 meses.\n\n! Se o assinante sair antes do fim do prazo, devolve apenas a parte do benef\u00edcio que corresponde ao tempo que falta: valor do benef\u00edcio \u00d7 dias restantes \u00f7 dias do prazo.\n\nNada \u00e9 devido se a sa\u00edda for por falha da prestadora, por mudan\u00e7a das condi\u00e7\u00f5es feita por ela, por falecimento do assinante ou nos 7 dias de arrependimento. O prazo n\u00e3o se renova sozinho: outra perman\u00eancia exige novo benef\u00edcio e novo aceite.\n\nO que foi combinado neste contrato:\n\n{{tabela.permanencia}}\n\n## Atendimento e qualidade\n\nO suporte atende 24 horas, todos os dias, pelo telefone {{empresa.telefone}} e pela central do assinante em {{empresa.site}}. Todo contato recebe na hora um n\u00famero de protocolo, e o hist\u00f3rico pode ser consultado pelo assinante.\n\nO pedido que n\u00e3o se resolve na hora \u00e9 respondido em at\u00e9 7 dias corridos. O reparo do acesso come\u00e7a em at\u00e9 24 horas do pedido, salvo for\u00e7a maior ou falta de acesso ao local.\n\nA manuten\u00e7\u00e3o programada \u00e9 avisada com uma semana de anteced\u00eancia. O tempo sem servi\u00e7o por causa da prestadora vira desconto proporcional na fatura seguinte, sem que seja preciso pedir.\n\nSe a resposta n\u00e3o resolver, o assinante pode procurar a ouvidoria da prestadora, a Anatel (telefone 1331 ou anatel.gov.br) e o Procon.\n\n## Deveres da prestadora\n\nA prestadora se obriga a:\n\n- manter o servi\u00e7o de modo cont\u00ednuo, com a qualidade contratada e as metas da Anatel;\n- informar com clareza pre\u00e7os, prazos e mudan\u00e7as, sem cobrar o que n\u00e3o foi pedido;\n- cumprir a data combinada para instala\u00e7\u00e3o, reparo e retirada;\n- manter o sigilo das comunica\u00e7\u00f5es e dos dados do assinante;\n- responder pelos danos que causar, na forma da lei.\n\n## Deveres do assinante\n\nO assinante se obriga a:\n\n- pagar em dia e manter atualizados telefone, e-mail e endere\u00e7o;\n- dar acesso ao local para instalar, reparar e retirar, e ter energia e tomada em ordem;\n- usar o servi\u00e7o de acordo com a lei, sem prejudicar a rede ou outras pessoas;\n- cuidar de suas senhas e da seguran\u00e7a dos pr\u00f3prios aparelhos.\n\n! O assinante n\u00e3o pode revender nem repartir o servi\u00e7o com outro endere\u00e7o. Uso il\u00edcito ou fraude comprovados permitem suspender o servi\u00e7o e encerrar o contrato, com aviso e direito de defesa.\n\n## Direitos do assinante\n\nAl\u00e9m do que est\u00e1 neste contrato, a Resolu\u00e7\u00e3o Anatel 765/2023 e o C\u00f3digo de Defesa do Consumidor garantem ao assinante:\n\n- escolher a prestadora e o plano, e receber igual tratamento;\n- ver antes de contratar a oferta, o pre\u00e7o e as condi\u00e7\u00f5es, sem mudan\u00e7a durante a vig\u00eancia dela;\n- suspender o servi\u00e7o a pedido, sem custo, uma vez a cada 12 meses, por 30 a 120 dias;\n- mudar de plano e comparar as ofertas dispon\u00edveis, inclusive uma sem perman\u00eancia;\n- receber protocolo, c\u00f3pia deste contrato, hist\u00f3rico e detalhe das faturas;\n- n\u00e3o ter o servi\u00e7o suspenso por valor contestado ou sem o aviso da cl\u00e1usula de atraso.\n\n## Cancelamento\n\nO assinante pode cancelar quando quiser, pelo mesmo canal em que contratou, pelo telefone ou pela central do assinante, mesmo com d\u00edvida. O pedido vale na hora com atendente e em at\u00e9 2 dias \u00fateis pelo canal autom\u00e1tico. A \u00faltima fatura cobra s\u00f3 os dias usados.\n\nQuem contratou por telefone, internet ou em casa pode desistir em 7 dias da contrata\u00e7\u00e3o ou da instala\u00e7\u00e3o e recebe de volta tudo o que pagou.\n\nA prestadora pode encerrar o contrato por falta de pagamento, nos prazos da cl\u00e1usula de atraso, por fraude, ou se perder as condi\u00e7\u00f5es legais ou t\u00e9cnicas de prestar o servi\u00e7o, neste caso com aviso de 30 dias e sem custo para o assinante.\n\n## Mudan\u00e7a de endere\u00e7o, plano e titular\n\nA mudan\u00e7a de endere\u00e7o depende de rede no novo local. A prestadora responde em at\u00e9 7 dias e informa antes o custo, se houver. Se n\u00e3o puder atender, o assinante decide se cancela.\n\nA mudan\u00e7a de plano vale da ativa\u00e7\u00e3o em diante, com cobran\u00e7a proporcional dos dias de cada plano, e fica registrada em novo termo.\n\nA mudan\u00e7a de titular exige o aceite dos dois. O titular atual responde pelas faturas at\u00e9 a data da transfer\u00eancia, e o novo recebe o contrato e a perman\u00eancia que restar.\n\n## Seus dados\n\nA prestadora trata os dados do assinante (identifica\u00e7\u00e3o, contato, endere\u00e7o, pagamento e uso t\u00e9cnico da rede) para instalar, cobrar, atender e cumprir a lei, conforme a Lei Geral de Prote\u00e7\u00e3o de Dados. N\u00e3o os vende. S\u00f3 os entrega a quem participa do servi\u00e7o, como bancos e t\u00e9cnicos, e \u00e0 autoridade que tenha direito de pedi-los.\n\nOs registros de conex\u00e3o (data, hora, dura\u00e7\u00e3o e endere\u00e7o IP) s\u00e3o guardados em sigilo por 1 ano, como manda o Marco Civil da Internet, e s\u00f3 s\u00e3o abertos por ordem judicial. A prestadora n\u00e3o guarda os sites visitados. Contratos, faturas e atendimentos s\u00e3o guardados por 5 anos depois do fim do contrato, e ent\u00e3o apagados.\n\nO assinante pode ver, corrigir, levar consigo e pedir c\u00f3pia ou exclus\u00e3o de seus dados, na central do assinante ou pelo atendimento. Um vazamento que o ponha em risco lhe \u00e9 comunicado.\n\n## Disposi\u00e7\u00f5es gerais\n\nO aceite eletr\u00f4nico vale como assinatura: ficam registrados a data, a hora, o endere\u00e7o IP e o c\u00f3digo deste documento. O texto aceito n\u00e3o muda; toda altera\u00e7\u00e3o \u00e9 um novo documento.\n\nDeixar de exigir um direito uma vez n\u00e3o \u00e9 abrir m\u00e3o dele. Se uma cl\u00e1usula for inv\u00e1lida, as outras continuam valendo. Avisos s\u00e3o enviados ao telefone, ao e-mail ou ao endere\u00e7o de cobran\u00e7a do assinante.\n\nAs d\u00favidas deste contrato s\u00e3o decididas no foro do domic\u00edlio do assinante.\n\n{{assinaturas}}\n", "company": {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "cnpj": "12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG", "phone": "0800 000 1234", "site": "valeclaro.example", "brand": "#0b5f66", "has_logo": false}, "values": {"cliente.nome": "Rita Aparecida Moreira", "cliente.documento_tipo": "CPF", "cliente.documento": "529.982.247-25", "cliente.rg": "", "cliente.nascimento": "22/05/1958", "cliente.telefone": "(37) 99812-0456", "cliente.email": "", "cliente.endereco_cobranca": "Rua das Ac\u00e1cias, 120, Centro, Vale Claro/MG, CEP 35500-120", "cliente.nome_fantasia": "", "cliente.inscricao_estadual": "", "cliente.responsavel": "", "servico.plano": "Fibra 500 Mbps", "servico.tecnologia": "fibra", "servico.download": "500 Mbps", "servico.upload": "250 Mbps", "servico.mensalidade": "R$\u00a099,90", "servico.endereco_instalacao": "Rua das Ac\u00e1cias, 120, Centro, Vale Claro/MG, CEP 35500-120", "cobranca.forma": "Boleto mensal", "cobranca.dia": "10", "cobranca.tipo": "antecipado", "cobranca.carne": "sem carn\u00ea", "cobranca.primeiro_vencimento": "10/11/2025", "cobranca.primeira_fatura": "R$\u00a0346,47", "cobranca.taxa_instalacao": "R$\u00a0150,00", "fidelidade.meses": "12", "fidelidade.dias": "365", "fidelidade.inicio": "12/10/2025", "fidelidade.fim": "12/10/2026", "fidelidade.beneficio": "Instala\u00e7\u00e3o de R$ 400,00 por R$ 150,00", "fidelidade.valor_beneficio": "R$\u00a0250,00"}, "composition": [["Internet (SCM)", "R$\u00a069,90"], ["Aplicativos (SVA)", "R$\u00a030,00"]], "first_invoice": [["29 dias de uso, 12/10/2025 a 09/11/2025", "R$\u00a099,90 \u00d7 29 \u00f7 30", "R$\u00a096,57"], ["Mensalidade, 10/11/2025 a 09/12/2025", "", "R$\u00a099,90"], ["Taxa de instala\u00e7\u00e3o", "", "R$\u00a0150,00"]]}', '22746aa61854e40ed0bff3375c4ea768e7cbab921c6f311239b076d3bd16ce73', '2025-10-12 13:20:00+00', '2026-11-26 15:00:00+00', 'b3e44df802e407df3d586bb3d4b3a7db17bc868565f04a061077f7d8de3e44bd', '\x255044462d312e330a25e2e3cfd30a312030206f626a0a3c3c0a2f50726f647563657220287079706466290a3e3e0a656e646f626a0a322030206f626a0a3c3c0a2f54797065202f50616765730a2f436f756e7420310a2f4b696473205b203420302052205d0a3e3e0a656e646f626a0a332030206f626a0a3c3c0a2f54797065202f436174616c6f670a2f50616765732032203020520a3e3e0a656e646f626a0a342030206f626a0a3c3c0a2f54797065202f506167650a2f5265736f7572636573203c3c0a3e3e0a2f4d65646961426f78205b20302e3020302e302035393520383432205d0a2f506172656e742032203020520a3e3e0a656e646f626a0a787265660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303534203030303030206e200a30303030303030313133203030303030206e200a30303030303030313632203030303030206e200a747261696c65720a3c3c0a2f53697a6520350a2f526f6f742033203020520a2f496e666f2031203020520a3e3e0a7374617274787265660a3235360a2525454f460a', 431, 1),
	(2, 'contract', 'Contrato 2', '{"title": "Contrato de presta\u00e7\u00e3o de servi\u00e7o", "number": "2", "template_name": "Fibra residencial, 12 meses", "revision": "1", "issued_on": "16 de mar\u00e7o de 2025", "body": "Este contrato \u00e9 feito entre {{empresa.razao_social}}, CNPJ {{empresa.cnpj}}, chamada aqui de prestadora, e {{cliente.nome}}, {{cliente.documento_tipo}} {{cliente.documento}}, chamado aqui de assinante. Os dados do quadro acima fazem parte dele.\n\n## O que \u00e9 contratado\n\nA prestadora leva ao endere\u00e7o da instala\u00e7\u00e3o o Servi\u00e7o de Comunica\u00e7\u00e3o Multim\u00eddia (SCM), que \u00e9 o acesso \u00e0 internet, na forma das regras da Anatel, e os servi\u00e7os de valor adicionado que comp\u00f5em o plano.\n\nO contrato vale por prazo indeterminado a partir da assinatura ou do aceite. A cobran\u00e7a s\u00f3 come\u00e7a depois que o servi\u00e7o est\u00e1 instalado e funcionando.\n\nO assinante recebe uma via deste contrato e a oferta do plano. O que a oferta promete faz parte do contrato.\n\n## Plano e velocidade\n\nO plano contratado \u00e9 {{servico.plano}}, com acesso por {{servico.tecnologia}}, at\u00e9 {{servico.download}} para receber e at\u00e9 {{servico.upload}} para enviar dados.\n\nA velocidade \u00e9 a que chega ao equipamento da prestadora, medida por cabo. Na rede sem fio ela varia com a dist\u00e2ncia, as paredes, as redes vizinhas e o aparelho usado.\n\nN\u00e3o h\u00e1 limite de dados, salvo se a oferta do plano disser outra coisa. A prestadora n\u00e3o escolhe nem atrasa conte\u00fados: a rede \u00e9 neutra, como manda o Marco Civil da Internet.\n\n## Instala\u00e7\u00e3o e equipamentos\n\nA instala\u00e7\u00e3o \u00e9 feita em data e per\u00edodo combinados, por t\u00e9cnico identificado, com a presen\u00e7a de uma pessoa maior de idade. A taxa de instala\u00e7\u00e3o \u00e9 {{cobranca.taxa_instalacao}}.\n\nO equipamento da prestadora \u00e9 emprestado em comodato, sem custo. Modelo e n\u00famero de s\u00e9rie ficam anotados na ordem de servi\u00e7o, que o assinante assina.\n\nA manuten\u00e7\u00e3o e a troca por desgaste ou defeito s\u00e3o da prestadora. O assinante cuida do aparelho, n\u00e3o o abre, n\u00e3o o empresta e n\u00e3o o leva a outro endere\u00e7o.\n\n! No fim do contrato o assinante devolve o equipamento. A prestadora marca a retirada sem custo em at\u00e9 30 dias. Se ele n\u00e3o for devolvido, ou voltar danificado por mau uso, o assinante paga o valor anotado na ordem de servi\u00e7o.\n\n## Pre\u00e7o e composi\u00e7\u00e3o\n\nA mensalidade \u00e9 {{servico.mensalidade}} e se comp\u00f5e assim:\n\n{{tabela.composicao}}\n\nOs tributos j\u00e1 est\u00e3o no pre\u00e7o. Cada item \u00e9 discriminado na fatura e no documento fiscal.\n\n## Cobran\u00e7a e pagamento\n\nA fatura vence todo dia {{cobranca.dia}} e \u00e9 cobrada por {{cobranca.forma}} (carn\u00ea: {{cobranca.carne}}). Ela chega ao menos 5 dias antes do vencimento e fica sempre na central do assinante. Vencimento em s\u00e1bado, domingo ou feriado banc\u00e1rio passa, sem acr\u00e9scimo, para o dia \u00fatil seguinte.\n\nTipo de cobran\u00e7a deste contrato: {{cobranca.tipo}}. Na cobran\u00e7a antecipada, a fatura paga o m\u00eas que come\u00e7a no vencimento. Na postecipada, paga o m\u00eas que terminou na v\u00e9spera do vencimento.\n\nO assinante pode contestar qualquer cobran\u00e7a em at\u00e9 3 anos. A prestadora responde em at\u00e9 30 dias e, enquanto isso, o valor contestado n\u00e3o precisa ser pago nem causa suspens\u00e3o. O que foi pago a mais volta em dobro, salvo engano justific\u00e1vel.\n\nA primeira fatura vence em {{cobranca.primeiro_vencimento}}. Os dias de uso que n\u00e3o completam um m\u00eas s\u00e3o cobrados em propor\u00e7\u00e3o: mensalidade \u00d7 dias \u00f7 30, nunca mais que uma mensalidade. A conta \u00e9 esta:\n\n{{tabela.primeira_fatura}}\n\n## Reajuste\n\nO pre\u00e7o s\u00f3 pode ser reajustado depois de 12 meses da assinatura ou do \u00faltimo reajuste, pela varia\u00e7\u00e3o do \u00cdndice de Servi\u00e7os de Telecomunica\u00e7\u00f5es (IST) ou do \u00edndice que o substituir. O novo valor \u00e9 avisado com 30 dias de anteced\u00eancia.\n\n## Atraso e suspens\u00e3o\n\nSobre a fatura paga depois do vencimento h\u00e1 multa de 2 %, uma s\u00f3 vez, e juros de 1 % ao m\u00eas, contados por dia de atraso.\n\nA prestadora avisa o assinante do atraso e diz o motivo, o valor e o m\u00eas, as datas da suspens\u00e3o e do fim do contrato e a possibilidade de registro em cadastro de inadimplentes.\n\n! Passados 15 dias do aviso sem pagamento, o servi\u00e7o pode ser suspenso. Depois de 60 dias de suspens\u00e3o, e de novo aviso, a prestadora pode encerrar o contrato e registrar a d\u00edvida nos \u00f3rg\u00e3os de prote\u00e7\u00e3o ao cr\u00e9dito.\n\nConfirmado o pagamento, o servi\u00e7o volta em at\u00e9 1 dia, sem taxa de religa\u00e7\u00e3o. Os dias de suspens\u00e3o total n\u00e3o s\u00e3o cobrados.\n\n## Desbloqueio em confian\u00e7a\n\nO assinante suspenso por atraso pode pedir o desbloqueio em confian\u00e7a, pela central do assinante ou pelo atendimento: o servi\u00e7o volta na hora, por 1 dia, para que a fatura seja paga. O pedido vale uma vez por m\u00eas e para cada servi\u00e7o.\n\nTerminado o prazo sem pagamento, a suspens\u00e3o volta, sem novo aviso. O desbloqueio n\u00e3o tem custo nem muda o vencimento ou o valor da d\u00edvida.\n\n## Perman\u00eancia e benef\u00edcio\n\nO assinante pode contratar sem prazo de perman\u00eancia. Quando aceita permanecer, recebe em troca um benef\u00edcio. Para pessoa f\u00edsica o prazo \u00e9 de no m\u00e1ximo 12 meses.\n\n! Se o assinante sair antes do fim do prazo, devolve apenas a parte do benef\u00edcio que corresponde ao tempo que falta: valor do benef\u00edcio \u00d7 dias restantes \u00f7 dias do prazo.\n\nNada \u00e9 devido se a sa\u00edda for por falha da prestadora, por mudan\u00e7a das condi\u00e7\u00f5es feita por ela, por falecimento do assinante ou nos 7 dias de arrependimento. O prazo n\u00e3o se renova sozinho: outra perman\u00eancia exige novo benef\u00edcio e novo aceite.\n\nO que foi combinado neste contrato:\n\n{{tabela.permanencia}}\n\n## Atendimento e qualidade\n\nO suporte atende 24 horas, todos os dias, pelo telefone {{empresa.telefone}} e pela central do assinante em {{empresa.site}}. Todo contato recebe na hora um n\u00famero de protocolo, e o hist\u00f3rico pode ser consultado pelo assinante.\n\nO pedido que n\u00e3o se resolve na hora \u00e9 respondido em at\u00e9 7 dias corridos. O reparo do acesso come\u00e7a em at\u00e9 24 horas do pedido, salvo for\u00e7a maior ou falta de acesso ao local.\n\nA manuten\u00e7\u00e3o programada \u00e9 avisada com uma semana de anteced\u00eancia. O tempo sem servi\u00e7o por causa da prestadora vira desconto proporcional na fatura seguinte, sem que seja preciso pedir.\n\nSe a resposta n\u00e3o resolver, o assinante pode procurar a ouvidoria da prestadora, a Anatel (telefone 1331 ou anatel.gov.br) e o Procon.\n\n## Deveres da prestadora\n\nA prestadora se obriga a:\n\n- manter o servi\u00e7o de modo cont\u00ednuo, com a qualidade contratada e as metas da Anatel;\n- informar com clareza pre\u00e7os, prazos e mudan\u00e7as, sem cobrar o que n\u00e3o foi pedido;\n- cumprir a data combinada para instala\u00e7\u00e3o, reparo e retirada;\n- manter o sigilo das comunica\u00e7\u00f5es e dos dados do assinante;\n- responder pelos danos que causar, na forma da lei.\n\n## Deveres do assinante\n\nO assinante se obriga a:\n\n- pagar em dia e manter atualizados telefone, e-mail e endere\u00e7o;\n- dar acesso ao local para instalar, reparar e retirar, e ter energia e tomada em ordem;\n- usar o servi\u00e7o de acordo com a lei, sem prejudicar a rede ou outras pessoas;\n- cuidar de suas senhas e da seguran\u00e7a dos pr\u00f3prios aparelhos.\n\n! O assinante n\u00e3o pode revender nem repartir o servi\u00e7o com outro endere\u00e7o. Uso il\u00edcito ou fraude comprovados permitem suspender o servi\u00e7o e encerrar o contrato, com aviso e direito de defesa.\n\n## Direitos do assinante\n\nAl\u00e9m do que est\u00e1 neste contrato, a Resolu\u00e7\u00e3o Anatel 765/2023 e o C\u00f3digo de Defesa do Consumidor garantem ao assinante:\n\n- escolher a prestadora e o plano, e receber igual tratamento;\n- ver antes de contratar a oferta, o pre\u00e7o e as condi\u00e7\u00f5es, sem mudan\u00e7a durante a vig\u00eancia dela;\n- suspender o servi\u00e7o a pedido, sem custo, uma vez a cada 12 meses, por 30 a 120 dias;\n- mudar de plano e comparar as ofertas dispon\u00edveis, inclusive uma sem perman\u00eancia;\n- receber protocolo, c\u00f3pia deste contrato, hist\u00f3rico e detalhe das faturas;\n- n\u00e3o ter o servi\u00e7o suspenso por valor contestado ou sem o aviso da cl\u00e1usula de atraso.\n\n## Cancelamento\n\nO assinante pode cancelar quando quiser, pelo mesmo canal em que contratou, pelo telefone ou pela central do assinante, mesmo com d\u00edvida. O pedido vale na hora com atendente e em at\u00e9 2 dias \u00fateis pelo canal autom\u00e1tico. A \u00faltima fatura cobra s\u00f3 os dias usados.\n\nQuem contratou por telefone, internet ou em casa pode desistir em 7 dias da contrata\u00e7\u00e3o ou da instala\u00e7\u00e3o e recebe de volta tudo o que pagou.\n\nA prestadora pode encerrar o contrato por falta de pagamento, nos prazos da cl\u00e1usula de atraso, por fraude, ou se perder as condi\u00e7\u00f5es legais ou t\u00e9cnicas de prestar o servi\u00e7o, neste caso com aviso de 30 dias e sem custo para o assinante.\n\n## Mudan\u00e7a de endere\u00e7o, plano e titular\n\nA mudan\u00e7a de endere\u00e7o depende de rede no novo local. A prestadora responde em at\u00e9 7 dias e informa antes o custo, se houver. Se n\u00e3o puder atender, o assinante decide se cancela.\n\nA mudan\u00e7a de plano vale da ativa\u00e7\u00e3o em diante, com cobran\u00e7a proporcional dos dias de cada plano, e fica registrada em novo termo.\n\nA mudan\u00e7a de titular exige o aceite dos dois. O titular atual responde pelas faturas at\u00e9 a data da transfer\u00eancia, e o novo recebe o contrato e a perman\u00eancia que restar.\n\n## Seus dados\n\nA prestadora trata os dados do assinante (identifica\u00e7\u00e3o, contato, endere\u00e7o, pagamento e uso t\u00e9cnico da rede) para instalar, cobrar, atender e cumprir a lei, conforme a Lei Geral de Prote\u00e7\u00e3o de Dados. N\u00e3o os vende. S\u00f3 os entrega a quem participa do servi\u00e7o, como bancos e t\u00e9cnicos, e \u00e0 autoridade que tenha direito de pedi-los.\n\nOs registros de conex\u00e3o (data, hora, dura\u00e7\u00e3o e endere\u00e7o IP) s\u00e3o guardados em sigilo por 1 ano, como manda o Marco Civil da Internet, e s\u00f3 s\u00e3o abertos por ordem judicial. A prestadora n\u00e3o guarda os sites visitados. Contratos, faturas e atendimentos s\u00e3o guardados por 5 anos depois do fim do contrato, e ent\u00e3o apagados.\n\nO assinante pode ver, corrigir, levar consigo e pedir c\u00f3pia ou exclus\u00e3o de seus dados, na central do assinante ou pelo atendimento. Um vazamento que o ponha em risco lhe \u00e9 comunicado.\n\n## Disposi\u00e7\u00f5es gerais\n\nO aceite eletr\u00f4nico vale como assinatura: ficam registrados a data, a hora, o endere\u00e7o IP e o c\u00f3digo deste documento. O texto aceito n\u00e3o muda; toda altera\u00e7\u00e3o \u00e9 um novo documento.\n\nDeixar de exigir um direito uma vez n\u00e3o \u00e9 abrir m\u00e3o dele. Se uma cl\u00e1usula for inv\u00e1lida, as outras continuam valendo. Avisos s\u00e3o enviados ao telefone, ao e-mail ou ao endere\u00e7o de cobran\u00e7a do assinante.\n\nAs d\u00favidas deste contrato s\u00e3o decididas no foro do domic\u00edlio do assinante.\n\n{{assinaturas}}\n", "company": {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "cnpj": "12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG", "phone": "0800 000 1234", "site": "valeclaro.example", "brand": "#0b5f66", "has_logo": false}, "values": {"cliente.nome": "Padaria e Confeitaria Sol Ltda.", "cliente.documento_tipo": "CNPJ", "cliente.documento": "21.456.789/0001-60", "cliente.rg": "", "cliente.nascimento": "", "cliente.telefone": "(37) 98873-0021", "cliente.email": "contato@padariasol.example", "cliente.endereco_cobranca": "Rua do Com\u00e9rcio, 88, Centro, Vale Claro/MG, CEP 35500-110", "cliente.nome_fantasia": "Padaria Sol", "cliente.inscricao_estadual": "", "cliente.responsavel": "Eunice Sol Martins", "servico.plano": "Fibra 1 Gbps", "servico.tecnologia": "fibra", "servico.download": "1000 Mbps", "servico.upload": "500 Mbps", "servico.mensalidade": "R$\u00a0149,90", "servico.endereco_instalacao": "Rua do Com\u00e9rcio, 88, Centro, Vale Claro/MG, CEP 35500-110", "cobranca.forma": "Pix mensal", "cobranca.dia": "5", "cobranca.tipo": "antecipado", "cobranca.carne": "sem carn\u00ea", "cobranca.primeiro_vencimento": "05/04/2025", "cobranca.primeira_fatura": "R$\u00a0249,83", "cobranca.taxa_instalacao": "sem taxa", "fidelidade.meses": "12", "fidelidade.dias": "365", "fidelidade.inicio": "16/03/2025", "fidelidade.fim": "16/03/2026", "fidelidade.beneficio": "Instala\u00e7\u00e3o de R$ 400,00 por R$ 150,00", "fidelidade.valor_beneficio": "R$\u00a0250,00"}, "composition": [["Internet (SCM)", "R$\u00a0109,90"], ["Aplicativos (SVA)", "R$\u00a040,00"]], "first_invoice": [["20 dias de uso, 16/03/2025 a 04/04/2025", "R$\u00a0149,90 \u00d7 20 \u00f7 30", "R$\u00a099,93"], ["Mensalidade, 05/04/2025 a 04/05/2025", "", "R$\u00a0149,90"]]}', '4e10d54691ec431950ce63c9d6e6ce24a17ae8e865a38a303feaae3baf8bb5df', '2025-03-16 18:40:00+00', '2026-11-26 15:00:00+00', 'b3e44df802e407df3d586bb3d4b3a7db17bc868565f04a061077f7d8de3e44bd', '\x255044462d312e330a25e2e3cfd30a312030206f626a0a3c3c0a2f50726f647563657220287079706466290a3e3e0a656e646f626a0a322030206f626a0a3c3c0a2f54797065202f50616765730a2f436f756e7420310a2f4b696473205b203420302052205d0a3e3e0a656e646f626a0a332030206f626a0a3c3c0a2f54797065202f436174616c6f670a2f50616765732032203020520a3e3e0a656e646f626a0a342030206f626a0a3c3c0a2f54797065202f506167650a2f5265736f7572636573203c3c0a3e3e0a2f4d65646961426f78205b20302e3020302e302035393520383432205d0a2f506172656e742032203020520a3e3e0a656e646f626a0a787265660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303534203030303030206e200a30303030303030313133203030303030206e200a30303030303030313632203030303030206e200a747261696c65720a3c3c0a2f53697a6520350a2f526f6f742033203020520a2f496e666f2031203020520a3e3e0a7374617274787265660a3235360a2525454f460a', 431, 1),
	(3, 'contract', 'Contrato 3', '{"title": "Contrato de presta\u00e7\u00e3o de servi\u00e7o", "number": "3", "template_name": "Telefone, sem fidelidade", "revision": "1", "issued_on": "23 de agosto de 2026", "body": "Este contrato \u00e9 feito entre {{empresa.razao_social}}, CNPJ {{empresa.cnpj}}, chamada aqui de prestadora, e {{cliente.nome}}, {{cliente.documento_tipo}} {{cliente.documento}}, chamado aqui de assinante. Os dados do quadro acima fazem parte dele.\n\n## O que \u00e9 contratado\n\nA prestadora leva ao endere\u00e7o da instala\u00e7\u00e3o o Servi\u00e7o de Comunica\u00e7\u00e3o Multim\u00eddia (SCM), que \u00e9 o acesso \u00e0 internet, na forma das regras da Anatel, e os servi\u00e7os de valor adicionado que comp\u00f5em o plano.\n\nO contrato vale por prazo indeterminado a partir da assinatura ou do aceite. A cobran\u00e7a s\u00f3 come\u00e7a depois que o servi\u00e7o est\u00e1 instalado e funcionando.\n\nO assinante recebe uma via deste contrato e a oferta do plano. O que a oferta promete faz parte do contrato.\n\n## Plano e velocidade\n\nO plano contratado \u00e9 {{servico.plano}}, com acesso por {{servico.tecnologia}}, at\u00e9 {{servico.download}} para receber e at\u00e9 {{servico.upload}} para enviar dados.\n\nA velocidade \u00e9 a que chega ao equipamento da prestadora, medida por cabo. Na rede sem fio ela varia com a dist\u00e2ncia, as paredes, as redes vizinhas e o aparelho usado.\n\nN\u00e3o h\u00e1 limite de dados, salvo se a oferta do plano disser outra coisa. A prestadora n\u00e3o escolhe nem atrasa conte\u00fados: a rede \u00e9 neutra, como manda o Marco Civil da Internet.\n\n## Instala\u00e7\u00e3o e equipamentos\n\nA instala\u00e7\u00e3o \u00e9 feita em data e per\u00edodo combinados, por t\u00e9cnico identificado, com a presen\u00e7a de uma pessoa maior de idade. A taxa de instala\u00e7\u00e3o \u00e9 {{cobranca.taxa_instalacao}}.\n\nO equipamento da prestadora \u00e9 emprestado em comodato, sem custo. Modelo e n\u00famero de s\u00e9rie ficam anotados na ordem de servi\u00e7o, que o assinante assina.\n\nA manuten\u00e7\u00e3o e a troca por desgaste ou defeito s\u00e3o da prestadora. O assinante cuida do aparelho, n\u00e3o o abre, n\u00e3o o empresta e n\u00e3o o leva a outro endere\u00e7o.\n\n! No fim do contrato o assinante devolve o equipamento. A prestadora marca a retirada sem custo em at\u00e9 30 dias. Se ele n\u00e3o for devolvido, ou voltar danificado por mau uso, o assinante paga o valor anotado na ordem de servi\u00e7o.\n\n## Pre\u00e7o e composi\u00e7\u00e3o\n\nA mensalidade \u00e9 {{servico.mensalidade}} e se comp\u00f5e assim:\n\n{{tabela.composicao}}\n\nOs tributos j\u00e1 est\u00e3o no pre\u00e7o. Cada item \u00e9 discriminado na fatura e no documento fiscal.\n\n## Cobran\u00e7a e pagamento\n\nA fatura vence todo dia {{cobranca.dia}} e \u00e9 cobrada por {{cobranca.forma}} (carn\u00ea: {{cobranca.carne}}). Ela chega ao menos 5 dias antes do vencimento e fica sempre na central do assinante. Vencimento em s\u00e1bado, domingo ou feriado banc\u00e1rio passa, sem acr\u00e9scimo, para o dia \u00fatil seguinte.\n\nTipo de cobran\u00e7a deste contrato: {{cobranca.tipo}}. Na cobran\u00e7a antecipada, a fatura paga o m\u00eas que come\u00e7a no vencimento. Na postecipada, paga o m\u00eas que terminou na v\u00e9spera do vencimento.\n\nO assinante pode contestar qualquer cobran\u00e7a em at\u00e9 3 anos. A prestadora responde em at\u00e9 30 dias e, enquanto isso, o valor contestado n\u00e3o precisa ser pago nem causa suspens\u00e3o. O que foi pago a mais volta em dobro, salvo engano justific\u00e1vel.\n\nA primeira fatura vence em {{cobranca.primeiro_vencimento}}. Os dias de uso que n\u00e3o completam um m\u00eas s\u00e3o cobrados em propor\u00e7\u00e3o: mensalidade \u00d7 dias \u00f7 30, nunca mais que uma mensalidade. A conta \u00e9 esta:\n\n{{tabela.primeira_fatura}}\n\n## Reajuste\n\nO pre\u00e7o s\u00f3 pode ser reajustado depois de 12 meses da assinatura ou do \u00faltimo reajuste, pela varia\u00e7\u00e3o do \u00cdndice de Servi\u00e7os de Telecomunica\u00e7\u00f5es (IST) ou do \u00edndice que o substituir. O novo valor \u00e9 avisado com 30 dias de anteced\u00eancia.\n\n## Atraso e suspens\u00e3o\n\nSobre a fatura paga depois do vencimento h\u00e1 multa de 2 %, uma s\u00f3 vez, e juros de 1 % ao m\u00eas, contados por dia de atraso.\n\nA prestadora avisa o assinante do atraso e diz o motivo, o valor e o m\u00eas, as datas da suspens\u00e3o e do fim do contrato e a possibilidade de registro em cadastro de inadimplentes.\n\n! Passados 15 dias do aviso sem pagamento, o servi\u00e7o pode ser suspenso. Depois de 60 dias de suspens\u00e3o, e de novo aviso, a prestadora pode encerrar o contrato e registrar a d\u00edvida nos \u00f3rg\u00e3os de prote\u00e7\u00e3o ao cr\u00e9dito.\n\nConfirmado o pagamento, o servi\u00e7o volta em at\u00e9 1 dia, sem taxa de religa\u00e7\u00e3o. Os dias de suspens\u00e3o total n\u00e3o s\u00e3o cobrados.\n\n## Desbloqueio em confian\u00e7a\n\nO assinante suspenso por atraso pode pedir o desbloqueio em confian\u00e7a, pela central do assinante ou pelo atendimento: o servi\u00e7o volta na hora, por 1 dia, para que a fatura seja paga. O pedido vale uma vez por m\u00eas e para cada servi\u00e7o.\n\nTerminado o prazo sem pagamento, a suspens\u00e3o volta, sem novo aviso. O desbloqueio n\u00e3o tem custo nem muda o vencimento ou o valor da d\u00edvida.\n\n## Perman\u00eancia e benef\u00edcio\n\nO assinante pode contratar sem prazo de perman\u00eancia. Quando aceita permanecer, recebe em troca um benef\u00edcio. Para pessoa f\u00edsica o prazo \u00e9 de no m\u00e1ximo 12 meses.\n\n! Se o assinante sair antes do fim do prazo, devolve apenas a parte do benef\u00edcio que corresponde ao tempo que falta: valor do benef\u00edcio \u00d7 dias restantes \u00f7 dias do prazo.\n\nNada \u00e9 devido se a sa\u00edda for por falha da prestadora, por mudan\u00e7a das condi\u00e7\u00f5es feita por ela, por falecimento do assinante ou nos 7 dias de arrependimento. O prazo n\u00e3o se renova sozinho: outra perman\u00eancia exige novo benef\u00edcio e novo aceite.\n\nO que foi combinado neste contrato:\n\n{{tabela.permanencia}}\n\n## Atendimento e qualidade\n\nO suporte atende 24 horas, todos os dias, pelo telefone {{empresa.telefone}} e pela central do assinante em {{empresa.site}}. Todo contato recebe na hora um n\u00famero de protocolo, e o hist\u00f3rico pode ser consultado pelo assinante.\n\nO pedido que n\u00e3o se resolve na hora \u00e9 respondido em at\u00e9 7 dias corridos. O reparo do acesso come\u00e7a em at\u00e9 24 horas do pedido, salvo for\u00e7a maior ou falta de acesso ao local.\n\nA manuten\u00e7\u00e3o programada \u00e9 avisada com uma semana de anteced\u00eancia. O tempo sem servi\u00e7o por causa da prestadora vira desconto proporcional na fatura seguinte, sem que seja preciso pedir.\n\nSe a resposta n\u00e3o resolver, o assinante pode procurar a ouvidoria da prestadora, a Anatel (telefone 1331 ou anatel.gov.br) e o Procon.\n\n## Deveres da prestadora\n\nA prestadora se obriga a:\n\n- manter o servi\u00e7o de modo cont\u00ednuo, com a qualidade contratada e as metas da Anatel;\n- informar com clareza pre\u00e7os, prazos e mudan\u00e7as, sem cobrar o que n\u00e3o foi pedido;\n- cumprir a data combinada para instala\u00e7\u00e3o, reparo e retirada;\n- manter o sigilo das comunica\u00e7\u00f5es e dos dados do assinante;\n- responder pelos danos que causar, na forma da lei.\n\n## Deveres do assinante\n\nO assinante se obriga a:\n\n- pagar em dia e manter atualizados telefone, e-mail e endere\u00e7o;\n- dar acesso ao local para instalar, reparar e retirar, e ter energia e tomada em ordem;\n- usar o servi\u00e7o de acordo com a lei, sem prejudicar a rede ou outras pessoas;\n- cuidar de suas senhas e da seguran\u00e7a dos pr\u00f3prios aparelhos.\n\n! O assinante n\u00e3o pode revender nem repartir o servi\u00e7o com outro endere\u00e7o. Uso il\u00edcito ou fraude comprovados permitem suspender o servi\u00e7o e encerrar o contrato, com aviso e direito de defesa.\n\n## Direitos do assinante\n\nAl\u00e9m do que est\u00e1 neste contrato, a Resolu\u00e7\u00e3o Anatel 765/2023 e o C\u00f3digo de Defesa do Consumidor garantem ao assinante:\n\n- escolher a prestadora e o plano, e receber igual tratamento;\n- ver antes de contratar a oferta, o pre\u00e7o e as condi\u00e7\u00f5es, sem mudan\u00e7a durante a vig\u00eancia dela;\n- suspender o servi\u00e7o a pedido, sem custo, uma vez a cada 12 meses, por 30 a 120 dias;\n- mudar de plano e comparar as ofertas dispon\u00edveis, inclusive uma sem perman\u00eancia;\n- receber protocolo, c\u00f3pia deste contrato, hist\u00f3rico e detalhe das faturas;\n- n\u00e3o ter o servi\u00e7o suspenso por valor contestado ou sem o aviso da cl\u00e1usula de atraso.\n\n## Cancelamento\n\nO assinante pode cancelar quando quiser, pelo mesmo canal em que contratou, pelo telefone ou pela central do assinante, mesmo com d\u00edvida. O pedido vale na hora com atendente e em at\u00e9 2 dias \u00fateis pelo canal autom\u00e1tico. A \u00faltima fatura cobra s\u00f3 os dias usados.\n\nQuem contratou por telefone, internet ou em casa pode desistir em 7 dias da contrata\u00e7\u00e3o ou da instala\u00e7\u00e3o e recebe de volta tudo o que pagou.\n\nA prestadora pode encerrar o contrato por falta de pagamento, nos prazos da cl\u00e1usula de atraso, por fraude, ou se perder as condi\u00e7\u00f5es legais ou t\u00e9cnicas de prestar o servi\u00e7o, neste caso com aviso de 30 dias e sem custo para o assinante.\n\n## Mudan\u00e7a de endere\u00e7o, plano e titular\n\nA mudan\u00e7a de endere\u00e7o depende de rede no novo local. A prestadora responde em at\u00e9 7 dias e informa antes o custo, se houver. Se n\u00e3o puder atender, o assinante decide se cancela.\n\nA mudan\u00e7a de plano vale da ativa\u00e7\u00e3o em diante, com cobran\u00e7a proporcional dos dias de cada plano, e fica registrada em novo termo.\n\nA mudan\u00e7a de titular exige o aceite dos dois. O titular atual responde pelas faturas at\u00e9 a data da transfer\u00eancia, e o novo recebe o contrato e a perman\u00eancia que restar.\n\n## Seus dados\n\nA prestadora trata os dados do assinante (identifica\u00e7\u00e3o, contato, endere\u00e7o, pagamento e uso t\u00e9cnico da rede) para instalar, cobrar, atender e cumprir a lei, conforme a Lei Geral de Prote\u00e7\u00e3o de Dados. N\u00e3o os vende. S\u00f3 os entrega a quem participa do servi\u00e7o, como bancos e t\u00e9cnicos, e \u00e0 autoridade que tenha direito de pedi-los.\n\nOs registros de conex\u00e3o (data, hora, dura\u00e7\u00e3o e endere\u00e7o IP) s\u00e3o guardados em sigilo por 1 ano, como manda o Marco Civil da Internet, e s\u00f3 s\u00e3o abertos por ordem judicial. A prestadora n\u00e3o guarda os sites visitados. Contratos, faturas e atendimentos s\u00e3o guardados por 5 anos depois do fim do contrato, e ent\u00e3o apagados.\n\nO assinante pode ver, corrigir, levar consigo e pedir c\u00f3pia ou exclus\u00e3o de seus dados, na central do assinante ou pelo atendimento. Um vazamento que o ponha em risco lhe \u00e9 comunicado.\n\n## Disposi\u00e7\u00f5es gerais\n\nO aceite eletr\u00f4nico vale como assinatura: ficam registrados a data, a hora, o endere\u00e7o IP e o c\u00f3digo deste documento. O texto aceito n\u00e3o muda; toda altera\u00e7\u00e3o \u00e9 um novo documento.\n\nDeixar de exigir um direito uma vez n\u00e3o \u00e9 abrir m\u00e3o dele. Se uma cl\u00e1usula for inv\u00e1lida, as outras continuam valendo. Avisos s\u00e3o enviados ao telefone, ao e-mail ou ao endere\u00e7o de cobran\u00e7a do assinante.\n\nAs d\u00favidas deste contrato s\u00e3o decididas no foro do domic\u00edlio do assinante.\n\n{{assinaturas}}\n", "company": {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "cnpj": "12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG", "phone": "0800 000 1234", "site": "valeclaro.example", "brand": "#0b5f66", "has_logo": false}, "values": {"cliente.nome": "Padaria e Confeitaria Sol Ltda.", "cliente.documento_tipo": "CNPJ", "cliente.documento": "21.456.789/0001-60", "cliente.rg": "", "cliente.nascimento": "", "cliente.telefone": "(37) 98873-0021", "cliente.email": "contato@padariasol.example", "cliente.endereco_cobranca": "Rua do Com\u00e9rcio, 88, Centro, Vale Claro/MG, CEP 35500-110", "cliente.nome_fantasia": "Padaria Sol", "cliente.inscricao_estadual": "", "cliente.responsavel": "Eunice Sol Martins", "servico.plano": "Telefone fixo 2 ramais", "servico.tecnologia": "telefone", "servico.download": "", "servico.upload": "", "servico.mensalidade": "R$\u00a049,80", "servico.endereco_instalacao": "Rua do Com\u00e9rcio, 88, Centro, Vale Claro/MG, CEP 35500-110", "cobranca.forma": "Boleto mensal", "cobranca.dia": "5", "cobranca.tipo": "antecipado", "cobranca.carne": "sem carn\u00ea", "cobranca.primeiro_vencimento": "05/09/2026", "cobranca.primeira_fatura": "R$\u00a071,38", "cobranca.taxa_instalacao": "sem taxa"}, "composition": [["Telefone fixo (STFC)", "R$\u00a049,80"]], "first_invoice": [["13 dias de uso, 23/08/2026 a 04/09/2026", "R$\u00a049,80 \u00d7 13 \u00f7 30", "R$\u00a021,58"], ["Mensalidade, 05/09/2026 a 04/10/2026", "", "R$\u00a049,80"]]}', '738d5e7b80f8c760273347ac54e547fb1b3e30f21e6e1e0709c026e84419e9fb', '2026-08-23 12:30:00+00', '2026-11-26 15:00:00+00', 'b3e44df802e407df3d586bb3d4b3a7db17bc868565f04a061077f7d8de3e44bd', '\x255044462d312e330a25e2e3cfd30a312030206f626a0a3c3c0a2f50726f647563657220287079706466290a3e3e0a656e646f626a0a322030206f626a0a3c3c0a2f54797065202f50616765730a2f436f756e7420310a2f4b696473205b203420302052205d0a3e3e0a656e646f626a0a332030206f626a0a3c3c0a2f54797065202f436174616c6f670a2f50616765732032203020520a3e3e0a656e646f626a0a342030206f626a0a3c3c0a2f54797065202f506167650a2f5265736f7572636573203c3c0a3e3e0a2f4d65646961426f78205b20302e3020302e302035393520383432205d0a2f506172656e742032203020520a3e3e0a656e646f626a0a787265660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303534203030303030206e200a30303030303030313133203030303030206e200a30303030303030313632203030303030206e200a747261696c65720a3c3c0a2f53697a6520350a2f526f6f742033203020520a2f496e666f2031203020520a3e3e0a7374617274787265660a3235360a2525454f460a', 431, 1),
	(4, 'contract', 'Contrato 4', '{"title": "Contrato de presta\u00e7\u00e3o de servi\u00e7o", "number": "4", "template_name": "Fibra residencial, 12 meses", "revision": "1", "issued_on": "10 de abril de 2026", "body": "Este contrato \u00e9 feito entre {{empresa.razao_social}}, CNPJ {{empresa.cnpj}}, chamada aqui de prestadora, e {{cliente.nome}}, {{cliente.documento_tipo}} {{cliente.documento}}, chamado aqui de assinante. Os dados do quadro acima fazem parte dele.\n\n## O que \u00e9 contratado\n\nA prestadora leva ao endere\u00e7o da instala\u00e7\u00e3o o Servi\u00e7o de Comunica\u00e7\u00e3o Multim\u00eddia (SCM), que \u00e9 o acesso \u00e0 internet, na forma das regras da Anatel, e os servi\u00e7os de valor adicionado que comp\u00f5em o plano.\n\nO contrato vale por prazo indeterminado a partir da assinatura ou do aceite. A cobran\u00e7a s\u00f3 come\u00e7a depois que o servi\u00e7o est\u00e1 instalado e funcionando.\n\nO assinante recebe uma via deste contrato e a oferta do plano. O que a oferta promete faz parte do contrato.\n\n## Plano e velocidade\n\nO plano contratado \u00e9 {{servico.plano}}, com acesso por {{servico.tecnologia}}, at\u00e9 {{servico.download}} para receber e at\u00e9 {{servico.upload}} para enviar dados.\n\nA velocidade \u00e9 a que chega ao equipamento da prestadora, medida por cabo. Na rede sem fio ela varia com a dist\u00e2ncia, as paredes, as redes vizinhas e o aparelho usado.\n\nN\u00e3o h\u00e1 limite de dados, salvo se a oferta do plano disser outra coisa. A prestadora n\u00e3o escolhe nem atrasa conte\u00fados: a rede \u00e9 neutra, como manda o Marco Civil da Internet.\n\n## Instala\u00e7\u00e3o e equipamentos\n\nA instala\u00e7\u00e3o \u00e9 feita em data e per\u00edodo combinados, por t\u00e9cnico identificado, com a presen\u00e7a de uma pessoa maior de idade. A taxa de instala\u00e7\u00e3o \u00e9 {{cobranca.taxa_instalacao}}.\n\nO equipamento da prestadora \u00e9 emprestado em comodato, sem custo. Modelo e n\u00famero de s\u00e9rie ficam anotados na ordem de servi\u00e7o, que o assinante assina.\n\nA manuten\u00e7\u00e3o e a troca por desgaste ou defeito s\u00e3o da prestadora. O assinante cuida do aparelho, n\u00e3o o abre, n\u00e3o o empresta e n\u00e3o o leva a outro endere\u00e7o.\n\n! No fim do contrato o assinante devolve o equipamento. A prestadora marca a retirada sem custo em at\u00e9 30 dias. Se ele n\u00e3o for devolvido, ou voltar danificado por mau uso, o assinante paga o valor anotado na ordem de servi\u00e7o.\n\n## Pre\u00e7o e composi\u00e7\u00e3o\n\nA mensalidade \u00e9 {{servico.mensalidade}} e se comp\u00f5e assim:\n\n{{tabela.composicao}}\n\nOs tributos j\u00e1 est\u00e3o no pre\u00e7o. Cada item \u00e9 discriminado na fatura e no documento fiscal.\n\n## Cobran\u00e7a e pagamento\n\nA fatura vence todo dia {{cobranca.dia}} e \u00e9 cobrada por {{cobranca.forma}} (carn\u00ea: {{cobranca.carne}}). Ela chega ao menos 5 dias antes do vencimento e fica sempre na central do assinante. Vencimento em s\u00e1bado, domingo ou feriado banc\u00e1rio passa, sem acr\u00e9scimo, para o dia \u00fatil seguinte.\n\nTipo de cobran\u00e7a deste contrato: {{cobranca.tipo}}. Na cobran\u00e7a antecipada, a fatura paga o m\u00eas que come\u00e7a no vencimento. Na postecipada, paga o m\u00eas que terminou na v\u00e9spera do vencimento.\n\nO assinante pode contestar qualquer cobran\u00e7a em at\u00e9 3 anos. A prestadora responde em at\u00e9 30 dias e, enquanto isso, o valor contestado n\u00e3o precisa ser pago nem causa suspens\u00e3o. O que foi pago a mais volta em dobro, salvo engano justific\u00e1vel.\n\nA primeira fatura vence em {{cobranca.primeiro_vencimento}}. Os dias de uso que n\u00e3o completam um m\u00eas s\u00e3o cobrados em propor\u00e7\u00e3o: mensalidade \u00d7 dias \u00f7 30, nunca mais que uma mensalidade. A conta \u00e9 esta:\n\n{{tabela.primeira_fatura}}\n\n## Reajuste\n\nO pre\u00e7o s\u00f3 pode ser reajustado depois de 12 meses da assinatura ou do \u00faltimo reajuste, pela varia\u00e7\u00e3o do \u00cdndice de Servi\u00e7os de Telecomunica\u00e7\u00f5es (IST) ou do \u00edndice que o substituir. O novo valor \u00e9 avisado com 30 dias de anteced\u00eancia.\n\n## Atraso e suspens\u00e3o\n\nSobre a fatura paga depois do vencimento h\u00e1 multa de 2 %, uma s\u00f3 vez, e juros de 1 % ao m\u00eas, contados por dia de atraso.\n\nA prestadora avisa o assinante do atraso e diz o motivo, o valor e o m\u00eas, as datas da suspens\u00e3o e do fim do contrato e a possibilidade de registro em cadastro de inadimplentes.\n\n! Passados 15 dias do aviso sem pagamento, o servi\u00e7o pode ser suspenso. Depois de 60 dias de suspens\u00e3o, e de novo aviso, a prestadora pode encerrar o contrato e registrar a d\u00edvida nos \u00f3rg\u00e3os de prote\u00e7\u00e3o ao cr\u00e9dito.\n\nConfirmado o pagamento, o servi\u00e7o volta em at\u00e9 1 dia, sem taxa de religa\u00e7\u00e3o. Os dias de suspens\u00e3o total n\u00e3o s\u00e3o cobrados.\n\n## Desbloqueio em confian\u00e7a\n\nO assinante suspenso por atraso pode pedir o desbloqueio em confian\u00e7a, pela central do assinante ou pelo atendimento: o servi\u00e7o volta na hora, por 1 dia, para que a fatura seja paga. O pedido vale uma vez por m\u00eas e para cada servi\u00e7o.\n\nTerminado o prazo sem pagamento, a suspens\u00e3o volta, sem novo aviso. O desbloqueio n\u00e3o tem custo nem muda o vencimento ou o valor da d\u00edvida.\n\n## Perman\u00eancia e benef\u00edcio\n\nO assinante pode contratar sem prazo de perman\u00eancia. Quando aceita permanecer, recebe em troca um benef\u00edcio. Para pessoa f\u00edsica o prazo \u00e9 de no m\u00e1ximo 12 meses.\n\n! Se o assinante sair antes do fim do prazo, devolve apenas a parte do benef\u00edcio que corresponde ao tempo que falta: valor do benef\u00edcio \u00d7 dias restantes \u00f7 dias do prazo.\n\nNada \u00e9 devido se a sa\u00edda for por falha da prestadora, por mudan\u00e7a das condi\u00e7\u00f5es feita por ela, por falecimento do assinante ou nos 7 dias de arrependimento. O prazo n\u00e3o se renova sozinho: outra perman\u00eancia exige novo benef\u00edcio e novo aceite.\n\nO que foi combinado neste contrato:\n\n{{tabela.permanencia}}\n\n## Atendimento e qualidade\n\nO suporte atende 24 horas, todos os dias, pelo telefone {{empresa.telefone}} e pela central do assinante em {{empresa.site}}. Todo contato recebe na hora um n\u00famero de protocolo, e o hist\u00f3rico pode ser consultado pelo assinante.\n\nO pedido que n\u00e3o se resolve na hora \u00e9 respondido em at\u00e9 7 dias corridos. O reparo do acesso come\u00e7a em at\u00e9 24 horas do pedido, salvo for\u00e7a maior ou falta de acesso ao local.\n\nA manuten\u00e7\u00e3o programada \u00e9 avisada com uma semana de anteced\u00eancia. O tempo sem servi\u00e7o por causa da prestadora vira desconto proporcional na fatura seguinte, sem que seja preciso pedir.\n\nSe a resposta n\u00e3o resolver, o assinante pode procurar a ouvidoria da prestadora, a Anatel (telefone 1331 ou anatel.gov.br) e o Procon.\n\n## Deveres da prestadora\n\nA prestadora se obriga a:\n\n- manter o servi\u00e7o de modo cont\u00ednuo, com a qualidade contratada e as metas da Anatel;\n- informar com clareza pre\u00e7os, prazos e mudan\u00e7as, sem cobrar o que n\u00e3o foi pedido;\n- cumprir a data combinada para instala\u00e7\u00e3o, reparo e retirada;\n- manter o sigilo das comunica\u00e7\u00f5es e dos dados do assinante;\n- responder pelos danos que causar, na forma da lei.\n\n## Deveres do assinante\n\nO assinante se obriga a:\n\n- pagar em dia e manter atualizados telefone, e-mail e endere\u00e7o;\n- dar acesso ao local para instalar, reparar e retirar, e ter energia e tomada em ordem;\n- usar o servi\u00e7o de acordo com a lei, sem prejudicar a rede ou outras pessoas;\n- cuidar de suas senhas e da seguran\u00e7a dos pr\u00f3prios aparelhos.\n\n! O assinante n\u00e3o pode revender nem repartir o servi\u00e7o com outro endere\u00e7o. Uso il\u00edcito ou fraude comprovados permitem suspender o servi\u00e7o e encerrar o contrato, com aviso e direito de defesa.\n\n## Direitos do assinante\n\nAl\u00e9m do que est\u00e1 neste contrato, a Resolu\u00e7\u00e3o Anatel 765/2023 e o C\u00f3digo de Defesa do Consumidor garantem ao assinante:\n\n- escolher a prestadora e o plano, e receber igual tratamento;\n- ver antes de contratar a oferta, o pre\u00e7o e as condi\u00e7\u00f5es, sem mudan\u00e7a durante a vig\u00eancia dela;\n- suspender o servi\u00e7o a pedido, sem custo, uma vez a cada 12 meses, por 30 a 120 dias;\n- mudar de plano e comparar as ofertas dispon\u00edveis, inclusive uma sem perman\u00eancia;\n- receber protocolo, c\u00f3pia deste contrato, hist\u00f3rico e detalhe das faturas;\n- n\u00e3o ter o servi\u00e7o suspenso por valor contestado ou sem o aviso da cl\u00e1usula de atraso.\n\n## Cancelamento\n\nO assinante pode cancelar quando quiser, pelo mesmo canal em que contratou, pelo telefone ou pela central do assinante, mesmo com d\u00edvida. O pedido vale na hora com atendente e em at\u00e9 2 dias \u00fateis pelo canal autom\u00e1tico. A \u00faltima fatura cobra s\u00f3 os dias usados.\n\nQuem contratou por telefone, internet ou em casa pode desistir em 7 dias da contrata\u00e7\u00e3o ou da instala\u00e7\u00e3o e recebe de volta tudo o que pagou.\n\nA prestadora pode encerrar o contrato por falta de pagamento, nos prazos da cl\u00e1usula de atraso, por fraude, ou se perder as condi\u00e7\u00f5es legais ou t\u00e9cnicas de prestar o servi\u00e7o, neste caso com aviso de 30 dias e sem custo para o assinante.\n\n## Mudan\u00e7a de endere\u00e7o, plano e titular\n\nA mudan\u00e7a de endere\u00e7o depende de rede no novo local. A prestadora responde em at\u00e9 7 dias e informa antes o custo, se houver. Se n\u00e3o puder atender, o assinante decide se cancela.\n\nA mudan\u00e7a de plano vale da ativa\u00e7\u00e3o em diante, com cobran\u00e7a proporcional dos dias de cada plano, e fica registrada em novo termo.\n\nA mudan\u00e7a de titular exige o aceite dos dois. O titular atual responde pelas faturas at\u00e9 a data da transfer\u00eancia, e o novo recebe o contrato e a perman\u00eancia que restar.\n\n## Seus dados\n\nA prestadora trata os dados do assinante (identifica\u00e7\u00e3o, contato, endere\u00e7o, pagamento e uso t\u00e9cnico da rede) para instalar, cobrar, atender e cumprir a lei, conforme a Lei Geral de Prote\u00e7\u00e3o de Dados. N\u00e3o os vende. S\u00f3 os entrega a quem participa do servi\u00e7o, como bancos e t\u00e9cnicos, e \u00e0 autoridade que tenha direito de pedi-los.\n\nOs registros de conex\u00e3o (data, hora, dura\u00e7\u00e3o e endere\u00e7o IP) s\u00e3o guardados em sigilo por 1 ano, como manda o Marco Civil da Internet, e s\u00f3 s\u00e3o abertos por ordem judicial. A prestadora n\u00e3o guarda os sites visitados. Contratos, faturas e atendimentos s\u00e3o guardados por 5 anos depois do fim do contrato, e ent\u00e3o apagados.\n\nO assinante pode ver, corrigir, levar consigo e pedir c\u00f3pia ou exclus\u00e3o de seus dados, na central do assinante ou pelo atendimento. Um vazamento que o ponha em risco lhe \u00e9 comunicado.\n\n## Disposi\u00e7\u00f5es gerais\n\nO aceite eletr\u00f4nico vale como assinatura: ficam registrados a data, a hora, o endere\u00e7o IP e o c\u00f3digo deste documento. O texto aceito n\u00e3o muda; toda altera\u00e7\u00e3o \u00e9 um novo documento.\n\nDeixar de exigir um direito uma vez n\u00e3o \u00e9 abrir m\u00e3o dele. Se uma cl\u00e1usula for inv\u00e1lida, as outras continuam valendo. Avisos s\u00e3o enviados ao telefone, ao e-mail ou ao endere\u00e7o de cobran\u00e7a do assinante.\n\nAs d\u00favidas deste contrato s\u00e3o decididas no foro do domic\u00edlio do assinante.\n\n{{assinaturas}}\n", "company": {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "cnpj": "12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG", "phone": "0800 000 1234", "site": "valeclaro.example", "brand": "#0b5f66", "has_logo": false}, "values": {"cliente.nome": "Jos\u00e9 Ant\u00f4nio Ferreira", "cliente.documento_tipo": "CPF", "cliente.documento": "318.204.756-62", "cliente.rg": "", "cliente.nascimento": "30/01/1971", "cliente.telefone": "(37) 99100-4567", "cliente.email": "", "cliente.endereco_cobranca": "Rua S\u00e3o Jos\u00e9, 51, Boa Vista, Vale Claro/MG, CEP 35500-150", "cliente.nome_fantasia": "", "cliente.inscricao_estadual": "", "cliente.responsavel": "", "servico.plano": "Fibra 300 Mbps", "servico.tecnologia": "fibra", "servico.download": "300 Mbps", "servico.upload": "150 Mbps", "servico.mensalidade": "R$\u00a079,90", "servico.endereco_instalacao": "Rua S\u00e3o Jos\u00e9, 51, Boa Vista, Vale Claro/MG, CEP 35500-150", "cobranca.forma": "Boleto mensal", "cobranca.dia": "15", "cobranca.tipo": "antecipado", "cobranca.carne": "sem carn\u00ea", "cobranca.primeiro_vencimento": "15/04/2026", "cobranca.primeira_fatura": "R$\u00a093,22", "cobranca.taxa_instalacao": "sem taxa", "fidelidade.meses": "12", "fidelidade.dias": "365", "fidelidade.inicio": "10/04/2026", "fidelidade.fim": "10/04/2027", "fidelidade.beneficio": "Instala\u00e7\u00e3o de R$ 400,00 por R$ 150,00", "fidelidade.valor_beneficio": "R$\u00a0250,00"}, "composition": [["Internet (SCM)", "R$\u00a059,90"], ["Aplicativos (SVA)", "R$\u00a020,00"]], "first_invoice": [["5 dias de uso, 10/04/2026 a 14/04/2026", "R$\u00a079,90 \u00d7 5 \u00f7 30", "R$\u00a013,32"], ["Mensalidade, 15/04/2026 a 14/05/2026", "", "R$\u00a079,90"]]}', 'b9285e2a9503caf9fd93be76e439294408a316d6ff9a7a4f6afaa79bb42f2339', '2026-04-10 14:15:00+00', '2026-11-26 15:00:00+00', 'b3e44df802e407df3d586bb3d4b3a7db17bc868565f04a061077f7d8de3e44bd', '\x255044462d312e330a25e2e3cfd30a312030206f626a0a3c3c0a2f50726f647563657220287079706466290a3e3e0a656e646f626a0a322030206f626a0a3c3c0a2f54797065202f50616765730a2f436f756e7420310a2f4b696473205b203420302052205d0a3e3e0a656e646f626a0a332030206f626a0a3c3c0a2f54797065202f436174616c6f670a2f50616765732032203020520a3e3e0a656e646f626a0a342030206f626a0a3c3c0a2f54797065202f506167650a2f5265736f7572636573203c3c0a3e3e0a2f4d65646961426f78205b20302e3020302e302035393520383432205d0a2f506172656e742032203020520a3e3e0a656e646f626a0a787265660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303534203030303030206e200a30303030303030313133203030303030206e200a30303030303030313632203030303030206e200a747261696c65720a3c3c0a2f53697a6520350a2f526f6f742033203020520a2f496e666f2031203020520a3e3e0a7374617274787265660a3235360a2525454f460a', 431, 1),
	(5, 'contract', 'Contrato 5', '{"title": "Contrato de presta\u00e7\u00e3o de servi\u00e7o", "number": "5", "template_name": "Fibra residencial, 12 meses", "revision": "1", "issued_on": "25 de novembro de 2026", "body": "Este contrato \u00e9 feito entre {{empresa.razao_social}}, CNPJ {{empresa.cnpj}}, chamada aqui de prestadora, e {{cliente.nome}}, {{cliente.documento_tipo}} {{cliente.documento}}, chamado aqui de assinante. Os dados do quadro acima fazem parte dele.\n\n## O que \u00e9 contratado\n\nA prestadora leva ao endere\u00e7o da instala\u00e7\u00e3o o Servi\u00e7o de Comunica\u00e7\u00e3o Multim\u00eddia (SCM), que \u00e9 o acesso \u00e0 internet, na forma das regras da Anatel, e os servi\u00e7os de valor adicionado que comp\u00f5em o plano.\n\nO contrato vale por prazo indeterminado a partir da assinatura ou do aceite. A cobran\u00e7a s\u00f3 come\u00e7a depois que o servi\u00e7o est\u00e1 instalado e funcionando.\n\nO assinante recebe uma via deste contrato e a oferta do plano. O que a oferta promete faz parte do contrato.\n\n## Plano e velocidade\n\nO plano contratado \u00e9 {{servico.plano}}, com acesso por {{servico.tecnologia}}, at\u00e9 {{servico.download}} para receber e at\u00e9 {{servico.upload}} para enviar dados.\n\nA velocidade \u00e9 a que chega ao equipamento da prestadora, medida por cabo. Na rede sem fio ela varia com a dist\u00e2ncia, as paredes, as redes vizinhas e o aparelho usado.\n\nN\u00e3o h\u00e1 limite de dados, salvo se a oferta do plano disser outra coisa. A prestadora n\u00e3o escolhe nem atrasa conte\u00fados: a rede \u00e9 neutra, como manda o Marco Civil da Internet.\n\n## Instala\u00e7\u00e3o e equipamentos\n\nA instala\u00e7\u00e3o \u00e9 feita em data e per\u00edodo combinados, por t\u00e9cnico identificado, com a presen\u00e7a de uma pessoa maior de idade. A taxa de instala\u00e7\u00e3o \u00e9 {{cobranca.taxa_instalacao}}.\n\nO equipamento da prestadora \u00e9 emprestado em comodato, sem custo. Modelo e n\u00famero de s\u00e9rie ficam anotados na ordem de servi\u00e7o, que o assinante assina.\n\nA manuten\u00e7\u00e3o e a troca por desgaste ou defeito s\u00e3o da prestadora. O assinante cuida do aparelho, n\u00e3o o abre, n\u00e3o o empresta e n\u00e3o o leva a outro endere\u00e7o.\n\n! No fim do contrato o assinante devolve o equipamento. A prestadora marca a retirada sem custo em at\u00e9 30 dias. Se ele n\u00e3o for devolvido, ou voltar danificado por mau uso, o assinante paga o valor anotado na ordem de servi\u00e7o.\n\n## Pre\u00e7o e composi\u00e7\u00e3o\n\nA mensalidade \u00e9 {{servico.mensalidade}} e se comp\u00f5e assim:\n\n{{tabela.composicao}}\n\nOs tributos j\u00e1 est\u00e3o no pre\u00e7o. Cada item \u00e9 discriminado na fatura e no documento fiscal.\n\n## Cobran\u00e7a e pagamento\n\nA fatura vence todo dia {{cobranca.dia}} e \u00e9 cobrada por {{cobranca.forma}} (carn\u00ea: {{cobranca.carne}}). Ela chega ao menos 5 dias antes do vencimento e fica sempre na central do assinante. Vencimento em s\u00e1bado, domingo ou feriado banc\u00e1rio passa, sem acr\u00e9scimo, para o dia \u00fatil seguinte.\n\nTipo de cobran\u00e7a deste contrato: {{cobranca.tipo}}. Na cobran\u00e7a antecipada, a fatura paga o m\u00eas que come\u00e7a no vencimento. Na postecipada, paga o m\u00eas que terminou na v\u00e9spera do vencimento.\n\nO assinante pode contestar qualquer cobran\u00e7a em at\u00e9 3 anos. A prestadora responde em at\u00e9 30 dias e, enquanto isso, o valor contestado n\u00e3o precisa ser pago nem causa suspens\u00e3o. O que foi pago a mais volta em dobro, salvo engano justific\u00e1vel.\n\nA primeira fatura vence em {{cobranca.primeiro_vencimento}}. Os dias de uso que n\u00e3o completam um m\u00eas s\u00e3o cobrados em propor\u00e7\u00e3o: mensalidade \u00d7 dias \u00f7 30, nunca mais que uma mensalidade. A conta \u00e9 esta:\n\n{{tabela.primeira_fatura}}\n\n## Reajuste\n\nO pre\u00e7o s\u00f3 pode ser reajustado depois de 12 meses da assinatura ou do \u00faltimo reajuste, pela varia\u00e7\u00e3o do \u00cdndice de Servi\u00e7os de Telecomunica\u00e7\u00f5es (IST) ou do \u00edndice que o substituir. O novo valor \u00e9 avisado com 30 dias de anteced\u00eancia.\n\n## Atraso e suspens\u00e3o\n\nSobre a fatura paga depois do vencimento h\u00e1 multa de 2 %, uma s\u00f3 vez, e juros de 1 % ao m\u00eas, contados por dia de atraso.\n\nA prestadora avisa o assinante do atraso e diz o motivo, o valor e o m\u00eas, as datas da suspens\u00e3o e do fim do contrato e a possibilidade de registro em cadastro de inadimplentes.\n\n! Passados 15 dias do aviso sem pagamento, o servi\u00e7o pode ser suspenso. Depois de 60 dias de suspens\u00e3o, e de novo aviso, a prestadora pode encerrar o contrato e registrar a d\u00edvida nos \u00f3rg\u00e3os de prote\u00e7\u00e3o ao cr\u00e9dito.\n\nConfirmado o pagamento, o servi\u00e7o volta em at\u00e9 1 dia, sem taxa de religa\u00e7\u00e3o. Os dias de suspens\u00e3o total n\u00e3o s\u00e3o cobrados.\n\n## Desbloqueio em confian\u00e7a\n\nO assinante suspenso por atraso pode pedir o desbloqueio em confian\u00e7a, pela central do assinante ou pelo atendimento: o servi\u00e7o volta na hora, por 1 dia, para que a fatura seja paga. O pedido vale uma vez por m\u00eas e para cada servi\u00e7o.\n\nTerminado o prazo sem pagamento, a suspens\u00e3o volta, sem novo aviso. O desbloqueio n\u00e3o tem custo nem muda o vencimento ou o valor da d\u00edvida.\n\n## Perman\u00eancia e benef\u00edcio\n\nO assinante pode contratar sem prazo de perman\u00eancia. Quando aceita permanecer, recebe em troca um benef\u00edcio. Para pessoa f\u00edsica o prazo \u00e9 de no m\u00e1ximo 12 meses.\n\n! Se o assinante sair antes do fim do prazo, devolve apenas a parte do benef\u00edcio que corresponde ao tempo que falta: valor do benef\u00edcio \u00d7 dias restantes \u00f7 dias do prazo.\n\nNada \u00e9 devido se a sa\u00edda for por falha da prestadora, por mudan\u00e7a das condi\u00e7\u00f5es feita por ela, por falecimento do assinante ou nos 7 dias de arrependimento. O prazo n\u00e3o se renova sozinho: outra perman\u00eancia exige novo benef\u00edcio e novo aceite.\n\nO que foi combinado neste contrato:\n\n{{tabela.permanencia}}\n\n## Atendimento e qualidade\n\nO suporte atende 24 horas, todos os dias, pelo telefone {{empresa.telefone}} e pela central do assinante em {{empresa.site}}. Todo contato recebe na hora um n\u00famero de protocolo, e o hist\u00f3rico pode ser consultado pelo assinante.\n\nO pedido que n\u00e3o se resolve na hora \u00e9 respondido em at\u00e9 7 dias corridos. O reparo do acesso come\u00e7a em at\u00e9 24 horas do pedido, salvo for\u00e7a maior ou falta de acesso ao local.\n\nA manuten\u00e7\u00e3o programada \u00e9 avisada com uma semana de anteced\u00eancia. O tempo sem servi\u00e7o por causa da prestadora vira desconto proporcional na fatura seguinte, sem que seja preciso pedir.\n\nSe a resposta n\u00e3o resolver, o assinante pode procurar a ouvidoria da prestadora, a Anatel (telefone 1331 ou anatel.gov.br) e o Procon.\n\n## Deveres da prestadora\n\nA prestadora se obriga a:\n\n- manter o servi\u00e7o de modo cont\u00ednuo, com a qualidade contratada e as metas da Anatel;\n- informar com clareza pre\u00e7os, prazos e mudan\u00e7as, sem cobrar o que n\u00e3o foi pedido;\n- cumprir a data combinada para instala\u00e7\u00e3o, reparo e retirada;\n- manter o sigilo das comunica\u00e7\u00f5es e dos dados do assinante;\n- responder pelos danos que causar, na forma da lei.\n\n## Deveres do assinante\n\nO assinante se obriga a:\n\n- pagar em dia e manter atualizados telefone, e-mail e endere\u00e7o;\n- dar acesso ao local para instalar, reparar e retirar, e ter energia e tomada em ordem;\n- usar o servi\u00e7o de acordo com a lei, sem prejudicar a rede ou outras pessoas;\n- cuidar de suas senhas e da seguran\u00e7a dos pr\u00f3prios aparelhos.\n\n! O assinante n\u00e3o pode revender nem repartir o servi\u00e7o com outro endere\u00e7o. Uso il\u00edcito ou fraude comprovados permitem suspender o servi\u00e7o e encerrar o contrato, com aviso e direito de defesa.\n\n## Direitos do assinante\n\nAl\u00e9m do que est\u00e1 neste contrato, a Resolu\u00e7\u00e3o Anatel 765/2023 e o C\u00f3digo de Defesa do Consumidor garantem ao assinante:\n\n- escolher a prestadora e o plano, e receber igual tratamento;\n- ver antes de contratar a oferta, o pre\u00e7o e as condi\u00e7\u00f5es, sem mudan\u00e7a durante a vig\u00eancia dela;\n- suspender o servi\u00e7o a pedido, sem custo, uma vez a cada 12 meses, por 30 a 120 dias;\n- mudar de plano e comparar as ofertas dispon\u00edveis, inclusive uma sem perman\u00eancia;\n- receber protocolo, c\u00f3pia deste contrato, hist\u00f3rico e detalhe das faturas;\n- n\u00e3o ter o servi\u00e7o suspenso por valor contestado ou sem o aviso da cl\u00e1usula de atraso.\n\n## Cancelamento\n\nO assinante pode cancelar quando quiser, pelo mesmo canal em que contratou, pelo telefone ou pela central do assinante, mesmo com d\u00edvida. O pedido vale na hora com atendente e em at\u00e9 2 dias \u00fateis pelo canal autom\u00e1tico. A \u00faltima fatura cobra s\u00f3 os dias usados.\n\nQuem contratou por telefone, internet ou em casa pode desistir em 7 dias da contrata\u00e7\u00e3o ou da instala\u00e7\u00e3o e recebe de volta tudo o que pagou.\n\nA prestadora pode encerrar o contrato por falta de pagamento, nos prazos da cl\u00e1usula de atraso, por fraude, ou se perder as condi\u00e7\u00f5es legais ou t\u00e9cnicas de prestar o servi\u00e7o, neste caso com aviso de 30 dias e sem custo para o assinante.\n\n## Mudan\u00e7a de endere\u00e7o, plano e titular\n\nA mudan\u00e7a de endere\u00e7o depende de rede no novo local. A prestadora responde em at\u00e9 7 dias e informa antes o custo, se houver. Se n\u00e3o puder atender, o assinante decide se cancela.\n\nA mudan\u00e7a de plano vale da ativa\u00e7\u00e3o em diante, com cobran\u00e7a proporcional dos dias de cada plano, e fica registrada em novo termo.\n\nA mudan\u00e7a de titular exige o aceite dos dois. O titular atual responde pelas faturas at\u00e9 a data da transfer\u00eancia, e o novo recebe o contrato e a perman\u00eancia que restar.\n\n## Seus dados\n\nA prestadora trata os dados do assinante (identifica\u00e7\u00e3o, contato, endere\u00e7o, pagamento e uso t\u00e9cnico da rede) para instalar, cobrar, atender e cumprir a lei, conforme a Lei Geral de Prote\u00e7\u00e3o de Dados. N\u00e3o os vende. S\u00f3 os entrega a quem participa do servi\u00e7o, como bancos e t\u00e9cnicos, e \u00e0 autoridade que tenha direito de pedi-los.\n\nOs registros de conex\u00e3o (data, hora, dura\u00e7\u00e3o e endere\u00e7o IP) s\u00e3o guardados em sigilo por 1 ano, como manda o Marco Civil da Internet, e s\u00f3 s\u00e3o abertos por ordem judicial. A prestadora n\u00e3o guarda os sites visitados. Contratos, faturas e atendimentos s\u00e3o guardados por 5 anos depois do fim do contrato, e ent\u00e3o apagados.\n\nO assinante pode ver, corrigir, levar consigo e pedir c\u00f3pia ou exclus\u00e3o de seus dados, na central do assinante ou pelo atendimento. Um vazamento que o ponha em risco lhe \u00e9 comunicado.\n\n## Disposi\u00e7\u00f5es gerais\n\nO aceite eletr\u00f4nico vale como assinatura: ficam registrados a data, a hora, o endere\u00e7o IP e o c\u00f3digo deste documento. O texto aceito n\u00e3o muda; toda altera\u00e7\u00e3o \u00e9 um novo documento.\n\nDeixar de exigir um direito uma vez n\u00e3o \u00e9 abrir m\u00e3o dele. Se uma cl\u00e1usula for inv\u00e1lida, as outras continuam valendo. Avisos s\u00e3o enviados ao telefone, ao e-mail ou ao endere\u00e7o de cobran\u00e7a do assinante.\n\nAs d\u00favidas deste contrato s\u00e3o decididas no foro do domic\u00edlio do assinante.\n\n{{assinaturas}}\n", "company": {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "cnpj": "12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG", "phone": "0800 000 1234", "site": "valeclaro.example", "brand": "#0b5f66", "has_logo": false}, "values": {"cliente.nome": "Joaquim Bernardes de Oliveira Neto", "cliente.documento_tipo": "CPF", "cliente.documento": "860.325.147-90", "cliente.rg": "", "cliente.nascimento": "14/07/1990", "cliente.telefone": "(37) 99912-0800", "cliente.email": "joaquim.neto@exemplo.example", "cliente.endereco_cobranca": "Av. Presidente Tancredo Neves, 1480, casa 2, Jardim Alvorada, Vale Claro/MG, CEP 35500-130", "cliente.nome_fantasia": "", "cliente.inscricao_estadual": "", "cliente.responsavel": "", "servico.plano": "Fibra 500 Mbps", "servico.tecnologia": "fibra", "servico.download": "500 Mbps", "servico.upload": "250 Mbps", "servico.mensalidade": "R$\u00a099,90", "servico.endereco_instalacao": "Av. Presidente Tancredo Neves, 1480, casa 2, Jardim Alvorada, Vale Claro/MG, CEP 35500-130", "cobranca.forma": "Boleto mensal", "cobranca.dia": "10", "cobranca.tipo": "antecipado", "cobranca.carne": "sem carn\u00ea", "cobranca.primeiro_vencimento": "10/12/2026", "cobranca.primeira_fatura": "R$\u00a0286,53", "cobranca.taxa_instalacao": "R$\u00a0150,00", "fidelidade.meses": "12", "fidelidade.dias": "365", "fidelidade.inicio": "25/11/2026", "fidelidade.fim": "25/11/2027", "fidelidade.beneficio": "Instala\u00e7\u00e3o de R$ 400,00 por R$ 150,00", "fidelidade.valor_beneficio": "R$\u00a0250,00"}, "composition": [["Internet (SCM)", "R$\u00a069,90"], ["Aplicativos (SVA)", "R$\u00a030,00"]], "first_invoice": [["11 dias de uso, 29/11/2026 a 09/12/2026", "R$\u00a099,90 \u00d7 11 \u00f7 30", "R$\u00a036,63"], ["Mensalidade, 10/12/2026 a 09/01/2027", "", "R$\u00a099,90"], ["Taxa de instala\u00e7\u00e3o", "", "R$\u00a0150,00"]]}', '60fe303241d34d1d6852eb6ec0e78510c4f36a918b4104c8976712a518be06fb', '2026-11-25 17:33:00+00', '2026-11-26 15:00:00+00', 'b3e44df802e407df3d586bb3d4b3a7db17bc868565f04a061077f7d8de3e44bd', '\x255044462d312e330a25e2e3cfd30a312030206f626a0a3c3c0a2f50726f647563657220287079706466290a3e3e0a656e646f626a0a322030206f626a0a3c3c0a2f54797065202f50616765730a2f436f756e7420310a2f4b696473205b203420302052205d0a3e3e0a656e646f626a0a332030206f626a0a3c3c0a2f54797065202f436174616c6f670a2f50616765732032203020520a3e3e0a656e646f626a0a342030206f626a0a3c3c0a2f54797065202f506167650a2f5265736f7572636573203c3c0a3e3e0a2f4d65646961426f78205b20302e3020302e302035393520383432205d0a2f506172656e742032203020520a3e3e0a656e646f626a0a787265660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303534203030303030206e200a30303030303030313133203030303030206e200a30303030303030313632203030303030206e200a747261696c65720a3c3c0a2f53697a6520350a2f526f6f742033203020520a2f496e666f2031203020520a3e3e0a7374617274787265660a3235360a2525454f460a', 431, 1),
	(6, 'contract', 'Contrato 6', '{"title": "Contrato de presta\u00e7\u00e3o de servi\u00e7o", "number": "6", "template_name": "Fibra residencial, 12 meses", "revision": "1", "issued_on": "12 de setembro de 2026", "body": "Este contrato \u00e9 feito entre {{empresa.razao_social}}, CNPJ {{empresa.cnpj}}, chamada aqui de prestadora, e {{cliente.nome}}, {{cliente.documento_tipo}} {{cliente.documento}}, chamado aqui de assinante. Os dados do quadro acima fazem parte dele.\n\n## O que \u00e9 contratado\n\nA prestadora leva ao endere\u00e7o da instala\u00e7\u00e3o o Servi\u00e7o de Comunica\u00e7\u00e3o Multim\u00eddia (SCM), que \u00e9 o acesso \u00e0 internet, na forma das regras da Anatel, e os servi\u00e7os de valor adicionado que comp\u00f5em o plano.\n\nO contrato vale por prazo indeterminado a partir da assinatura ou do aceite. A cobran\u00e7a s\u00f3 come\u00e7a depois que o servi\u00e7o est\u00e1 instalado e funcionando.\n\nO assinante recebe uma via deste contrato e a oferta do plano. O que a oferta promete faz parte do contrato.\n\n## Plano e velocidade\n\nO plano contratado \u00e9 {{servico.plano}}, com acesso por {{servico.tecnologia}}, at\u00e9 {{servico.download}} para receber e at\u00e9 {{servico.upload}} para enviar dados.\n\nA velocidade \u00e9 a que chega ao equipamento da prestadora, medida por cabo. Na rede sem fio ela varia com a dist\u00e2ncia, as paredes, as redes vizinhas e o aparelho usado.\n\nN\u00e3o h\u00e1 limite de dados, salvo se a oferta do plano disser outra coisa. A prestadora n\u00e3o escolhe nem atrasa conte\u00fados: a rede \u00e9 neutra, como manda o Marco Civil da Internet.\n\n## Instala\u00e7\u00e3o e equipamentos\n\nA instala\u00e7\u00e3o \u00e9 feita em data e per\u00edodo combinados, por t\u00e9cnico identificado, com a presen\u00e7a de uma pessoa maior de idade. A taxa de instala\u00e7\u00e3o \u00e9 {{cobranca.taxa_instalacao}}.\n\nO equipamento da prestadora \u00e9 emprestado em comodato, sem custo. Modelo e n\u00famero de s\u00e9rie ficam anotados na ordem de servi\u00e7o, que o assinante assina.\n\nA manuten\u00e7\u00e3o e a troca por desgaste ou defeito s\u00e3o da prestadora. O assinante cuida do aparelho, n\u00e3o o abre, n\u00e3o o empresta e n\u00e3o o leva a outro endere\u00e7o.\n\n! No fim do contrato o assinante devolve o equipamento. A prestadora marca a retirada sem custo em at\u00e9 30 dias. Se ele n\u00e3o for devolvido, ou voltar danificado por mau uso, o assinante paga o valor anotado na ordem de servi\u00e7o.\n\n## Pre\u00e7o e composi\u00e7\u00e3o\n\nA mensalidade \u00e9 {{servico.mensalidade}} e se comp\u00f5e assim:\n\n{{tabela.composicao}}\n\nOs tributos j\u00e1 est\u00e3o no pre\u00e7o. Cada item \u00e9 discriminado na fatura e no documento fiscal.\n\n## Cobran\u00e7a e pagamento\n\nA fatura vence todo dia {{cobranca.dia}} e \u00e9 cobrada por {{cobranca.forma}} (carn\u00ea: {{cobranca.carne}}). Ela chega ao menos 5 dias antes do vencimento e fica sempre na central do assinante. Vencimento em s\u00e1bado, domingo ou feriado banc\u00e1rio passa, sem acr\u00e9scimo, para o dia \u00fatil seguinte.\n\nTipo de cobran\u00e7a deste contrato: {{cobranca.tipo}}. Na cobran\u00e7a antecipada, a fatura paga o m\u00eas que come\u00e7a no vencimento. Na postecipada, paga o m\u00eas que terminou na v\u00e9spera do vencimento.\n\nO assinante pode contestar qualquer cobran\u00e7a em at\u00e9 3 anos. A prestadora responde em at\u00e9 30 dias e, enquanto isso, o valor contestado n\u00e3o precisa ser pago nem causa suspens\u00e3o. O que foi pago a mais volta em dobro, salvo engano justific\u00e1vel.\n\nA primeira fatura vence em {{cobranca.primeiro_vencimento}}. Os dias de uso que n\u00e3o completam um m\u00eas s\u00e3o cobrados em propor\u00e7\u00e3o: mensalidade \u00d7 dias \u00f7 30, nunca mais que uma mensalidade. A conta \u00e9 esta:\n\n{{tabela.primeira_fatura}}\n\n## Reajuste\n\nO pre\u00e7o s\u00f3 pode ser reajustado depois de 12 meses da assinatura ou do \u00faltimo reajuste, pela varia\u00e7\u00e3o do \u00cdndice de Servi\u00e7os de Telecomunica\u00e7\u00f5es (IST) ou do \u00edndice que o substituir. O novo valor \u00e9 avisado com 30 dias de anteced\u00eancia.\n\n## Atraso e suspens\u00e3o\n\nSobre a fatura paga depois do vencimento h\u00e1 multa de 2 %, uma s\u00f3 vez, e juros de 1 % ao m\u00eas, contados por dia de atraso.\n\nA prestadora avisa o assinante do atraso e diz o motivo, o valor e o m\u00eas, as datas da suspens\u00e3o e do fim do contrato e a possibilidade de registro em cadastro de inadimplentes.\n\n! Passados 15 dias do aviso sem pagamento, o servi\u00e7o pode ser suspenso. Depois de 60 dias de suspens\u00e3o, e de novo aviso, a prestadora pode encerrar o contrato e registrar a d\u00edvida nos \u00f3rg\u00e3os de prote\u00e7\u00e3o ao cr\u00e9dito.\n\nConfirmado o pagamento, o servi\u00e7o volta em at\u00e9 1 dia, sem taxa de religa\u00e7\u00e3o. Os dias de suspens\u00e3o total n\u00e3o s\u00e3o cobrados.\n\n## Desbloqueio em confian\u00e7a\n\nO assinante suspenso por atraso pode pedir o desbloqueio em confian\u00e7a, pela central do assinante ou pelo atendimento: o servi\u00e7o volta na hora, por 1 dia, para que a fatura seja paga. O pedido vale uma vez por m\u00eas e para cada servi\u00e7o.\n\nTerminado o prazo sem pagamento, a suspens\u00e3o volta, sem novo aviso. O desbloqueio n\u00e3o tem custo nem muda o vencimento ou o valor da d\u00edvida.\n\n## Perman\u00eancia e benef\u00edcio\n\nO assinante pode contratar sem prazo de perman\u00eancia. Quando aceita permanecer, recebe em troca um benef\u00edcio. Para pessoa f\u00edsica o prazo \u00e9 de no m\u00e1ximo 12 meses.\n\n! Se o assinante sair antes do fim do prazo, devolve apenas a parte do benef\u00edcio que corresponde ao tempo que falta: valor do benef\u00edcio \u00d7 dias restantes \u00f7 dias do prazo.\n\nNada \u00e9 devido se a sa\u00edda for por falha da prestadora, por mudan\u00e7a das condi\u00e7\u00f5es feita por ela, por falecimento do assinante ou nos 7 dias de arrependimento. O prazo n\u00e3o se renova sozinho: outra perman\u00eancia exige novo benef\u00edcio e novo aceite.\n\nO que foi combinado neste contrato:\n\n{{tabela.permanencia}}\n\n## Atendimento e qualidade\n\nO suporte atende 24 horas, todos os dias, pelo telefone {{empresa.telefone}} e pela central do assinante em {{empresa.site}}. Todo contato recebe na hora um n\u00famero de protocolo, e o hist\u00f3rico pode ser consultado pelo assinante.\n\nO pedido que n\u00e3o se resolve na hora \u00e9 respondido em at\u00e9 7 dias corridos. O reparo do acesso come\u00e7a em at\u00e9 24 horas do pedido, salvo for\u00e7a maior ou falta de acesso ao local.\n\nA manuten\u00e7\u00e3o programada \u00e9 avisada com uma semana de anteced\u00eancia. O tempo sem servi\u00e7o por causa da prestadora vira desconto proporcional na fatura seguinte, sem que seja preciso pedir.\n\nSe a resposta n\u00e3o resolver, o assinante pode procurar a ouvidoria da prestadora, a Anatel (telefone 1331 ou anatel.gov.br) e o Procon.\n\n## Deveres da prestadora\n\nA prestadora se obriga a:\n\n- manter o servi\u00e7o de modo cont\u00ednuo, com a qualidade contratada e as metas da Anatel;\n- informar com clareza pre\u00e7os, prazos e mudan\u00e7as, sem cobrar o que n\u00e3o foi pedido;\n- cumprir a data combinada para instala\u00e7\u00e3o, reparo e retirada;\n- manter o sigilo das comunica\u00e7\u00f5es e dos dados do assinante;\n- responder pelos danos que causar, na forma da lei.\n\n## Deveres do assinante\n\nO assinante se obriga a:\n\n- pagar em dia e manter atualizados telefone, e-mail e endere\u00e7o;\n- dar acesso ao local para instalar, reparar e retirar, e ter energia e tomada em ordem;\n- usar o servi\u00e7o de acordo com a lei, sem prejudicar a rede ou outras pessoas;\n- cuidar de suas senhas e da seguran\u00e7a dos pr\u00f3prios aparelhos.\n\n! O assinante n\u00e3o pode revender nem repartir o servi\u00e7o com outro endere\u00e7o. Uso il\u00edcito ou fraude comprovados permitem suspender o servi\u00e7o e encerrar o contrato, com aviso e direito de defesa.\n\n## Direitos do assinante\n\nAl\u00e9m do que est\u00e1 neste contrato, a Resolu\u00e7\u00e3o Anatel 765/2023 e o C\u00f3digo de Defesa do Consumidor garantem ao assinante:\n\n- escolher a prestadora e o plano, e receber igual tratamento;\n- ver antes de contratar a oferta, o pre\u00e7o e as condi\u00e7\u00f5es, sem mudan\u00e7a durante a vig\u00eancia dela;\n- suspender o servi\u00e7o a pedido, sem custo, uma vez a cada 12 meses, por 30 a 120 dias;\n- mudar de plano e comparar as ofertas dispon\u00edveis, inclusive uma sem perman\u00eancia;\n- receber protocolo, c\u00f3pia deste contrato, hist\u00f3rico e detalhe das faturas;\n- n\u00e3o ter o servi\u00e7o suspenso por valor contestado ou sem o aviso da cl\u00e1usula de atraso.\n\n## Cancelamento\n\nO assinante pode cancelar quando quiser, pelo mesmo canal em que contratou, pelo telefone ou pela central do assinante, mesmo com d\u00edvida. O pedido vale na hora com atendente e em at\u00e9 2 dias \u00fateis pelo canal autom\u00e1tico. A \u00faltima fatura cobra s\u00f3 os dias usados.\n\nQuem contratou por telefone, internet ou em casa pode desistir em 7 dias da contrata\u00e7\u00e3o ou da instala\u00e7\u00e3o e recebe de volta tudo o que pagou.\n\nA prestadora pode encerrar o contrato por falta de pagamento, nos prazos da cl\u00e1usula de atraso, por fraude, ou se perder as condi\u00e7\u00f5es legais ou t\u00e9cnicas de prestar o servi\u00e7o, neste caso com aviso de 30 dias e sem custo para o assinante.\n\n## Mudan\u00e7a de endere\u00e7o, plano e titular\n\nA mudan\u00e7a de endere\u00e7o depende de rede no novo local. A prestadora responde em at\u00e9 7 dias e informa antes o custo, se houver. Se n\u00e3o puder atender, o assinante decide se cancela.\n\nA mudan\u00e7a de plano vale da ativa\u00e7\u00e3o em diante, com cobran\u00e7a proporcional dos dias de cada plano, e fica registrada em novo termo.\n\nA mudan\u00e7a de titular exige o aceite dos dois. O titular atual responde pelas faturas at\u00e9 a data da transfer\u00eancia, e o novo recebe o contrato e a perman\u00eancia que restar.\n\n## Seus dados\n\nA prestadora trata os dados do assinante (identifica\u00e7\u00e3o, contato, endere\u00e7o, pagamento e uso t\u00e9cnico da rede) para instalar, cobrar, atender e cumprir a lei, conforme a Lei Geral de Prote\u00e7\u00e3o de Dados. N\u00e3o os vende. S\u00f3 os entrega a quem participa do servi\u00e7o, como bancos e t\u00e9cnicos, e \u00e0 autoridade que tenha direito de pedi-los.\n\nOs registros de conex\u00e3o (data, hora, dura\u00e7\u00e3o e endere\u00e7o IP) s\u00e3o guardados em sigilo por 1 ano, como manda o Marco Civil da Internet, e s\u00f3 s\u00e3o abertos por ordem judicial. A prestadora n\u00e3o guarda os sites visitados. Contratos, faturas e atendimentos s\u00e3o guardados por 5 anos depois do fim do contrato, e ent\u00e3o apagados.\n\nO assinante pode ver, corrigir, levar consigo e pedir c\u00f3pia ou exclus\u00e3o de seus dados, na central do assinante ou pelo atendimento. Um vazamento que o ponha em risco lhe \u00e9 comunicado.\n\n## Disposi\u00e7\u00f5es gerais\n\nO aceite eletr\u00f4nico vale como assinatura: ficam registrados a data, a hora, o endere\u00e7o IP e o c\u00f3digo deste documento. O texto aceito n\u00e3o muda; toda altera\u00e7\u00e3o \u00e9 um novo documento.\n\nDeixar de exigir um direito uma vez n\u00e3o \u00e9 abrir m\u00e3o dele. Se uma cl\u00e1usula for inv\u00e1lida, as outras continuam valendo. Avisos s\u00e3o enviados ao telefone, ao e-mail ou ao endere\u00e7o de cobran\u00e7a do assinante.\n\nAs d\u00favidas deste contrato s\u00e3o decididas no foro do domic\u00edlio do assinante.\n\n{{assinaturas}}\n", "company": {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "cnpj": "12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG", "phone": "0800 000 1234", "site": "valeclaro.example", "brand": "#0b5f66", "has_logo": false}, "values": {"cliente.nome": "Cooperativa Rural do Vale e da Serra", "cliente.documento_tipo": "CNPJ", "cliente.documento": "44.712.065/0001-35", "cliente.rg": "", "cliente.nascimento": "", "cliente.telefone": "(37) 99550-3344", "cliente.email": "", "cliente.endereco_cobranca": "Av. das Ind\u00fastrias, 2200, Distrito Industrial, Vale Claro/MG, CEP 35500-170", "cliente.nome_fantasia": "", "cliente.inscricao_estadual": "", "cliente.responsavel": "Ivone Leal", "servico.plano": "Fibra 1 Gbps", "servico.tecnologia": "fibra", "servico.download": "1000 Mbps", "servico.upload": "500 Mbps", "servico.mensalidade": "R$\u00a0149,90", "servico.endereco_instalacao": "Av. das Ind\u00fastrias, 2200, Distrito Industrial, Vale Claro/MG, CEP 35500-170", "cobranca.forma": "Boleto mensal", "cobranca.dia": "25", "cobranca.tipo": "antecipado", "cobranca.carne": "sem carn\u00ea", "cobranca.primeiro_vencimento": "25/09/2026", "cobranca.primeira_fatura": "R$\u00a0214,86", "cobranca.taxa_instalacao": "sem taxa", "fidelidade.meses": "12", "fidelidade.dias": "365", "fidelidade.inicio": "12/09/2026", "fidelidade.fim": "12/09/2027", "fidelidade.beneficio": "Instala\u00e7\u00e3o de R$ 400,00 por R$ 150,00", "fidelidade.valor_beneficio": "R$\u00a0250,00"}, "composition": [["Internet (SCM)", "R$\u00a0109,90"], ["Aplicativos (SVA)", "R$\u00a040,00"]], "first_invoice": [["13 dias de uso, 12/09/2026 a 24/09/2026", "R$\u00a0149,90 \u00d7 13 \u00f7 30", "R$\u00a064,96"], ["Mensalidade, 25/09/2026 a 24/10/2026", "", "R$\u00a0149,90"]]}', '8fc14a61f8b0ac96768de6b239bbd68af8cec7cecc6771aba5ef035e4681a2a7', '2026-09-12 13:00:00+00', '2026-11-26 15:00:00+00', 'b3e44df802e407df3d586bb3d4b3a7db17bc868565f04a061077f7d8de3e44bd', '\x255044462d312e330a25e2e3cfd30a312030206f626a0a3c3c0a2f50726f647563657220287079706466290a3e3e0a656e646f626a0a322030206f626a0a3c3c0a2f54797065202f50616765730a2f436f756e7420310a2f4b696473205b203420302052205d0a3e3e0a656e646f626a0a332030206f626a0a3c3c0a2f54797065202f436174616c6f670a2f50616765732032203020520a3e3e0a656e646f626a0a342030206f626a0a3c3c0a2f54797065202f506167650a2f5265736f7572636573203c3c0a3e3e0a2f4d65646961426f78205b20302e3020302e302035393520383432205d0a2f506172656e742032203020520a3e3e0a656e646f626a0a787265660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303534203030303030206e200a30303030303030313133203030303030206e200a30303030303030313632203030303030206e200a747261696c65720a3c3c0a2f53697a6520350a2f526f6f742033203020520a2f496e666f2031203020520a3e3e0a7374617274787265660a3235360a2525454f460a', 431, 1),
	(8, 'carne', 'Carnê 1', '{"title": "Carn\u00ea 1", "of": 12, "slips": [{"document": "25", "installment": 1, "issued_on": "26/11/2026", "due_on": "05/01/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/01/2027 a 04/02/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENF3BEB76A546F9E7633E6CF163049547", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00002.550051 71234.570001 1 16820000004980", "barcode": "34191168200000049801090000002550057123457000", "nosso_numero": "109/00000025-5", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "26", "installment": 2, "issued_on": "26/11/2026", "due_on": "05/02/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/02/2027 a 04/03/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN99A98AEBBF27EEBF4AB42FA63046098", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00002.630051 71234.570001 2 17130000004980", "barcode": "34192171300000049801090000002630057123457000", "nosso_numero": "109/00000026-3", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "27", "installment": 3, "issued_on": "26/11/2026", "due_on": "05/03/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/03/2027 a 04/04/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN4BC12F8AA711B8CC4F0F84E63047873", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00002.710051 71234.570001 1 17410000004980", "barcode": "34191174100000049801090000002710057123457000", "nosso_numero": "109/00000027-1", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "28", "installment": 4, "issued_on": "26/11/2026", "due_on": "05/04/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/04/2027 a 04/05/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN4738158A5DD730E111750E663041815", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00002.890051 71234.570001 1 17720000004980", "barcode": "34191177200000049801090000002890057123457000", "nosso_numero": "109/00000028-9", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "29", "installment": 5, "issued_on": "26/11/2026", "due_on": "05/05/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/05/2027 a 04/06/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN6F11DE646274D9D0E0ED5376304720C", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00002.970051 71234.570001 9 18020000004980", "barcode": "34199180200000049801090000002970057123457000", "nosso_numero": "109/00000029-7", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "30", "installment": 6, "issued_on": "26/11/2026", "due_on": "05/06/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/06/2027 a 04/07/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENEE4CBCD1466DC043B46B61963045395", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00003.050051 71234.570001 8 18330000004980", "barcode": "34198183300000049801090000003050057123457000", "nosso_numero": "109/00000030-5", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "31", "installment": 7, "issued_on": "26/11/2026", "due_on": "05/07/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/07/2027 a 04/08/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENA8A5A9BE7B1B31D80CE4B6E6304293F", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00003.130051 71234.570001 7 18630000004980", "barcode": "34197186300000049801090000003130057123457000", "nosso_numero": "109/00000031-3", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "32", "installment": 8, "issued_on": "26/11/2026", "due_on": "05/08/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/08/2027 a 04/09/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN9E8EE5762C0B3EE1485EF1563042331", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00003.210051 71234.570001 1 18940000004980", "barcode": "34191189400000049801090000003210057123457000", "nosso_numero": "109/00000032-1", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "33", "installment": 9, "issued_on": "26/11/2026", "due_on": "05/09/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/09/2027 a 04/10/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN6293638552B24F4AD98857863042200", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00003.390051 71234.570001 1 19250000004980", "barcode": "34191192500000049801090000003390057123457000", "nosso_numero": "109/00000033-9", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "34", "installment": 10, "issued_on": "26/11/2026", "due_on": "05/10/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/10/2027 a 04/11/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENBACDEB68541CCC7EBEC3587630406B0", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00003.470051 71234.570001 1 19550000004980", "barcode": "34191195500000049801090000003470057123457000", "nosso_numero": "109/00000034-7", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "35", "installment": 11, "issued_on": "26/11/2026", "due_on": "05/11/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/11/2027 a 04/12/2027: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN694C015979F4DF46ED71B0563047818", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00003.540051 71234.570001 1 19860000004980", "barcode": "34191198600000049801090000003540057123457000", "nosso_numero": "109/00000035-4", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, {"document": "36", "installment": 12, "issued_on": "26/11/2026", "due_on": "05/12/2027", "amount": "R$\u00a049,80", "sums": ["Mensalidade, 05/12/2027 a 04/01/2028: R$\u00a049,80"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENCF58B63B69E2FE1910B7FF6630416A0", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00003.620051 71234.570001 4 20160000004980", "barcode": "34194201600000049801090000003620057123457000", "nosso_numero": "109/00000036-2", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}], "company": {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "cnpj": "12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG", "phone": "0800 000 1234", "site": "valeclaro.example", "brand": "#0b5f66", "has_logo": false}, "payee": {"name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "tax_id": "CNPJ 12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG"}, "payer": {"name": "Padaria e Confeitaria Sol Ltda.", "tax_id": "CNPJ 21.456.789/0001-60", "address": "Rua do Com\u00e9rcio, 88, Centro, Vale Claro/MG, CEP 35500-110"}, "about": "Telefone fixo 2 ramais, contrato 3", "late": "Depois do vencimento: multa de 2 % e juros de 1 % ao m\u00eas, por dia de atraso."}', 'cc80d9d52d35794dee4eb52d55fc7c8cdaf8f22fab87fe55ee6108f25593f8b1', '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', 'b3e44df802e407df3d586bb3d4b3a7db17bc868565f04a061077f7d8de3e44bd', '\x255044462d312e330a25e2e3cfd30a312030206f626a0a3c3c0a2f50726f647563657220287079706466290a3e3e0a656e646f626a0a322030206f626a0a3c3c0a2f54797065202f50616765730a2f436f756e7420310a2f4b696473205b203420302052205d0a3e3e0a656e646f626a0a332030206f626a0a3c3c0a2f54797065202f436174616c6f670a2f50616765732032203020520a3e3e0a656e646f626a0a342030206f626a0a3c3c0a2f54797065202f506167650a2f5265736f7572636573203c3c0a3e3e0a2f4d65646961426f78205b20302e3020302e302035393520383432205d0a2f506172656e742032203020520a3e3e0a656e646f626a0a787265660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303534203030303030206e200a30303030303030313133203030303030206e200a30303030303030313632203030303030206e200a747261696c65720a3c3c0a2f53697a6520350a2f526f6f742033203020520a2f496e666f2031203020520a3e3e0a7374617274787265660a3235360a2525454f460a', 431, 1),
	(7, 'invoice', 'Fatura 22', '{"title": "Fatura 22", "number": "22", "period": "15/12/2026 a 14/01/2027", "lines": [{"name": "Mensalidade", "period": "15/12/2026 a 14/01/2027", "formula": "", "amount": "R$\u00a079,90", "items": [["Internet (SCM)", "R$\u00a059,90"], ["Aplicativos (SVA)", "R$\u00a020,00"]], "discount": ""}], "changes": [], "since": "fatura 18, de 15/11/2026", "grace": "Vence em s\u00e1bado, domingo ou feriado? Pague no dia \u00fatil seguinte, sem acr\u00e9scimo.", "slip": {"document": "22", "installment": 0, "issued_on": "25/11/2026", "due_on": "18/12/2026", "amount": "R$\u00a079,90", "sums": ["Mensalidade, 15/12/2026 a 14/01/2027: R$\u00a079,90"], "instructions": "Pague em qualquer banco, mesmo depois do vencimento.", "pix_code": "00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540579.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN58C101C6BE3FF1A9A8D462C63041C99", "pix_today": "", "boleto": {"bank": "Ita\u00fa", "code": "341-7", "line": "34191.09008 00003.960051 71234.570001 8 16640000007990", "barcode": "34198166400000079901090000003960057123457000", "nosso_numero": "109/00000039-6", "payee": "0057 / 12345-7", "wallet": "109", "place": "Pague com Pix ou em qualquer banco, mesmo depois do vencimento"}}, "company": {"name": "Vale Claro Telecom", "legal_name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "cnpj": "12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG", "phone": "0800 000 1234", "site": "valeclaro.example", "brand": "#0b5f66", "has_logo": false}, "payee": {"name": "Vale Claro Telecomunica\u00e7\u00f5es Ltda.", "tax_id": "CNPJ 12.345.678/0001-95", "address": "Av. Sete de Setembro, 900, Centro, Vale Claro/MG"}, "payer": {"name": "Jos\u00e9 Ant\u00f4nio Ferreira", "tax_id": "CPF 318.204.756-62", "address": "Rua S\u00e3o Jos\u00e9, 51, Boa Vista, Vale Claro/MG, CEP 35500-150"}, "about": "Fibra 300 Mbps, contrato 4", "late": "Depois do vencimento: multa de 2 % e juros de 1 % ao m\u00eas, por dia de atraso."}', 'ac38a3ee298cff7debbfac0ba69f98a2addd2b948c0bb7f451e50b7a0757d710', '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', 'b3e44df802e407df3d586bb3d4b3a7db17bc868565f04a061077f7d8de3e44bd', '\x255044462d312e330a25e2e3cfd30a312030206f626a0a3c3c0a2f50726f647563657220287079706466290a3e3e0a656e646f626a0a322030206f626a0a3c3c0a2f54797065202f50616765730a2f436f756e7420310a2f4b696473205b203420302052205d0a3e3e0a656e646f626a0a332030206f626a0a3c3c0a2f54797065202f436174616c6f670a2f50616765732032203020520a3e3e0a656e646f626a0a342030206f626a0a3c3c0a2f54797065202f506167650a2f5265736f7572636573203c3c0a3e3e0a2f4d65646961426f78205b20302e3020302e302035393520383432205d0a2f506172656e742032203020520a3e3e0a656e646f626a0a787265660a3020350a303030303030303030302036353533352066200a30303030303030303135203030303030206e200a30303030303030303534203030303030206e200a30303030303030313133203030303030206e200a30303030303030313632203030303030206e200a747261696c65720a3c3c0a2f53697a6520350a2f526f6f742033203020520a2f496e666f2031203020520a3e3e0a7374617274787265660a3235360a2525454f460a', 431, 1);
INSERT INTO public.effect VALUES
	(17, 'review_service', 'review_service:4:paid:18:2', '{"service_id": 4, "paid": true}', 'done', '2026-11-21 17:20:00+00', '2026-11-21 17:20:00+00', NULL, NULL, 0, NULL),
	(18, 'confirm_pix', 'confirm_pix:E0000000020261105094000000014990', '{"receipt_id": 1}', 'done', '2026-11-05 12:40:00+00', '2026-11-05 12:40:00+00', NULL, NULL, 0, NULL),
	(19, 'confirm_pix', 'confirm_pix:E0000000020261125094000000006990', '{"receipt_id": 2}', 'done', '2026-11-25 12:40:00+00', '2026-11-25 12:40:00+00', NULL, NULL, 0, NULL),
	(20, 'confirm_pix', 'confirm_pix:E0000000020261125094000000008990', '{"receipt_id": 3}', 'done', '2026-11-25 12:40:00+00', '2026-11-25 12:40:00+00', NULL, NULL, 0, NULL),
	(8, 'apply_access', 'apply_access:4:1', '{"service_id": 4}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(1, 'apply_access', 'apply_access:1:1', '{"service_id": 1}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(2, 'render_document', 'render_document:1', '{"document_id": 1}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(9, 'render_document', 'render_document:4', '{"document_id": 4}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(3, 'apply_access', 'apply_access:1:2', '{"service_id": 1}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(4, 'apply_access', 'apply_access:2:1', '{"service_id": 2}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(10, 'apply_access', 'apply_access:5:1', '{"service_id": 5}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(5, 'render_document', 'render_document:2', '{"document_id": 2}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(6, 'apply_access', 'apply_access:3:1', '{"service_id": 3}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(11, 'apply_access', 'apply_access:5:2', '{"service_id": 5}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(7, 'render_document', 'render_document:3', '{"document_id": 3}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(12, 'apply_access', 'apply_access:6:1', '{"service_id": 6}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(13, 'render_document', 'render_document:5', '{"document_id": 5}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(14, 'apply_access', 'apply_access:7:1', '{"service_id": 7}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(15, 'apply_access', 'apply_access:8:1', '{"service_id": 8}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(16, 'render_document', 'render_document:6', '{"document_id": 6}', 'done', '2026-11-26 15:00:00+00', '2026-11-26 15:00:00+00', '2026-11-26 15:02:00+00', 'vm:6810', 1, NULL),
	(21, 'apply_access', 'apply_access:8:2', '{"service_id": 8}', 'done', '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', '2026-12-14 15:02:00+00', 'vm:6810', 1, NULL),
	(22, 'render_document', 'render_document:7', '{"document_id": 7}', 'done', '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', '2026-12-14 15:02:00+00', 'vm:6810', 1, NULL),
	(23, 'render_document', 'render_document:8', '{"document_id": 8}', 'done', '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', '2026-12-14 15:02:00+00', 'vm:6810', 1, NULL),
	(24, 'apply_access', 'apply_access:1:3', '{"service_id": 1}', 'done', '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', '2026-12-14 15:02:00+00', 'vm:6810', 1, NULL),
	(25, 'request_pix', 'request_pix:1:dc4a547357e84842bdee9d3acc1bbf76', '{"charge_id": 1}', 'done', '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', '2026-12-14 15:02:00+00', 'vm:6810', 1, NULL);
INSERT INTO public.event VALUES
	(1, '2026-11-26 15:00:00+00', 'catalog.created', 'company', 1, 'Vale Claro Telecom', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a empresa", "name": "Vale Claro Telecom"}', NULL, NULL, NULL, NULL, NULL),
	(2, '2026-11-26 15:00:00+00', 'catalog.created', 'company', 2, 'Serra Azul Net', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a empresa", "name": "Serra Azul Net"}', NULL, NULL, NULL, NULL, NULL),
	(3, '2026-11-26 15:00:00+00', 'catalog.created', 'department', 1, 'Comercial', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o setor", "name": "Comercial"}', NULL, NULL, NULL, NULL, NULL),
	(4, '2026-11-26 15:00:00+00', 'catalog.created', 'department', 2, 'Suporte', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o setor", "name": "Suporte"}', NULL, NULL, NULL, NULL, NULL),
	(5, '2026-11-26 15:00:00+00', 'catalog.created', 'department', 3, 'Financeiro', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o setor", "name": "Financeiro"}', NULL, NULL, NULL, NULL, NULL),
	(6, '2026-11-26 15:00:00+00', 'catalog.created', 'department', 4, 'Supervisão', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o setor", "name": "Supervis\u00e3o"}', NULL, NULL, NULL, NULL, NULL),
	(7, '2026-11-26 15:00:00+00', 'catalog.created', 'role', 1, 'Atendimento', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o perfil", "name": "Atendimento"}', NULL, NULL, NULL, NULL, NULL),
	(8, '2026-11-26 15:00:00+00', 'catalog.created', 'role', 2, 'Técnico', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o perfil", "name": "T\u00e9cnico"}', NULL, NULL, NULL, NULL, NULL),
	(9, '2026-11-26 15:00:00+00', 'catalog.created', 'role', 3, 'Comercial', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o perfil", "name": "Comercial"}', NULL, NULL, NULL, NULL, NULL),
	(10, '2026-11-26 15:00:00+00', 'catalog.created', 'role', 4, 'Financeiro', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o perfil", "name": "Financeiro"}', NULL, NULL, NULL, NULL, NULL),
	(11, '2026-11-26 15:00:00+00', 'catalog.created', 'role', 5, 'Supervisão', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o perfil", "name": "Supervis\u00e3o"}', NULL, NULL, NULL, NULL, NULL),
	(12, '2026-11-26 15:00:00+00', 'catalog.created', 'role', 6, 'Administrador', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o perfil", "name": "Administrador"}', NULL, NULL, NULL, NULL, NULL),
	(13, '2026-11-26 15:00:00+00', 'operator.invited', 'operator', 1, 'Ana Souza', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"name": "Ana Souza"}', NULL, NULL, NULL, NULL, NULL),
	(14, '2026-11-26 15:00:00+00', 'operator.password_set', 'operator', 1, 'Ana Souza', 'operator', 1, 'Ana Souza', 'staff', NULL, NULL, 0, 'internal', NULL, '{}', NULL, NULL, NULL, NULL, NULL),
	(15, '2026-11-26 15:00:00+00', 'operator.invited', 'operator', 2, 'Bruno Reis', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"name": "Bruno Reis"}', NULL, NULL, NULL, NULL, NULL),
	(16, '2026-11-26 15:00:00+00', 'operator.invited', 'operator', 3, 'Célia Prado', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"name": "C\u00e9lia Prado"}', NULL, NULL, NULL, NULL, NULL),
	(17, '2026-11-26 15:00:00+00', 'operator.invited', 'operator', 4, 'Rafael Teixeira', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"name": "Rafael Teixeira"}', NULL, NULL, NULL, NULL, NULL),
	(18, '2026-11-26 15:00:00+00', 'operator.invited', 'operator', 5, 'João Pedro de Alcântara', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"name": "Jo\u00e3o Pedro de Alc\u00e2ntara"}', NULL, NULL, NULL, NULL, NULL),
	(19, '2026-11-26 15:00:00+00', 'operator.invited', 'operator', 6, 'Wagner Luís', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"name": "Wagner Lu\u00eds"}', NULL, NULL, NULL, NULL, NULL),
	(20, '2026-11-26 15:00:00+00', 'operator.invited', 'operator', 7, 'Sílvia Maia', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"name": "S\u00edlvia Maia"}', NULL, NULL, NULL, NULL, NULL),
	(21, '2026-11-26 15:00:00+00', 'operator.invited', 'operator', 8, 'Davi Rocha', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"name": "Davi Rocha"}', NULL, NULL, NULL, NULL, NULL),
	(22, '2026-11-26 15:00:00+00', 'catalog.created', 'person_group', 1, 'Residencial', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o grupo de clientes", "name": "Residencial"}', NULL, NULL, NULL, NULL, NULL),
	(23, '2026-11-26 15:00:00+00', 'catalog.created', 'person_group', 2, 'Empresarial', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o grupo de clientes", "name": "Empresarial"}', NULL, NULL, NULL, NULL, NULL),
	(24, '2026-11-26 15:00:00+00', 'catalog.created', 'person_group', 3, 'Hospital', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o grupo de clientes", "name": "Hospital"}', NULL, NULL, NULL, NULL, NULL),
	(25, '2026-11-26 15:00:00+00', 'catalog.created', 'origin', 1, 'Indicação', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a origem", "name": "Indica\u00e7\u00e3o"}', NULL, NULL, NULL, NULL, NULL),
	(26, '2026-11-26 15:00:00+00', 'catalog.created', 'origin', 2, 'Instagram', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a origem", "name": "Instagram"}', NULL, NULL, NULL, NULL, NULL),
	(27, '2026-11-26 15:00:00+00', 'catalog.created', 'origin', 3, 'Loja', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a origem", "name": "Loja"}', NULL, NULL, NULL, NULL, NULL),
	(28, '2026-11-26 15:00:00+00', 'catalog.created', 'origin', 4, 'Panfleto', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a origem", "name": "Panfleto"}', NULL, NULL, NULL, NULL, NULL),
	(29, '2026-11-26 15:00:00+00', 'catalog.created', 'origin', 5, 'Site', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a origem", "name": "Site"}', NULL, NULL, NULL, NULL, NULL),
	(30, '2026-11-26 15:00:00+00', 'catalog.created', 'tag', 1, 'Fidelidade', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a etiqueta", "name": "Fidelidade"}', NULL, NULL, NULL, NULL, NULL),
	(31, '2026-11-26 15:00:00+00', 'catalog.created', 'tag', 2, 'VIP', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a etiqueta", "name": "VIP"}', NULL, NULL, NULL, NULL, NULL),
	(32, '2026-11-26 15:00:00+00', 'catalog.created', 'tag', 3, 'Cobrança sensível', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a etiqueta", "name": "Cobran\u00e7a sens\u00edvel"}', NULL, NULL, NULL, NULL, NULL),
	(33, '2026-11-26 15:00:00+00', 'catalog.created', 'work_order_kind', 1, 'Instalação', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o tipo de OS", "name": "Instala\u00e7\u00e3o"}', NULL, NULL, NULL, NULL, NULL),
	(34, '2026-11-26 15:00:00+00', 'catalog.created', 'work_order_kind', 2, 'Mudança de endereço', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o tipo de OS", "name": "Mudan\u00e7a de endere\u00e7o"}', NULL, NULL, NULL, NULL, NULL),
	(35, '2026-11-26 15:00:00+00', 'catalog.created', 'work_order_kind', 3, 'Corretiva', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o tipo de OS", "name": "Corretiva"}', NULL, NULL, NULL, NULL, NULL),
	(36, '2026-11-26 15:00:00+00', 'catalog.created', 'billing_method', 1, 'Boleto mensal', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a forma de cobran\u00e7a", "name": "Boleto mensal"}', NULL, NULL, NULL, NULL, NULL),
	(37, '2026-11-26 15:00:00+00', 'catalog.created', 'billing_method', 2, 'Pix mensal', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a forma de cobran\u00e7a", "name": "Pix mensal"}', NULL, NULL, NULL, NULL, NULL),
	(38, '2026-11-26 15:00:00+00', 'catalog.created', 'billing_method', 3, 'Balcão', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a forma de cobran\u00e7a", "name": "Balc\u00e3o"}', NULL, NULL, NULL, NULL, NULL),
	(39, '2026-11-26 15:00:00+00', 'catalog.created', 'contract_template', 1, 'Fibra residencial, 12 meses', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o modelo de contrato", "name": "Fibra residencial, 12 meses"}', NULL, NULL, NULL, NULL, NULL),
	(40, '2026-11-26 15:00:00+00', 'contract_template.published', 'contract_template', 1, 'Fibra residencial, 12 meses', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"revision": 1, "name": "Fibra residencial, 12 meses"}', NULL, NULL, NULL, NULL, NULL),
	(41, '2026-11-26 15:00:00+00', 'catalog.created', 'contract_template', 2, 'Telefone, sem fidelidade', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o modelo de contrato", "name": "Telefone, sem fidelidade"}', NULL, NULL, NULL, NULL, NULL),
	(42, '2026-11-26 15:00:00+00', 'contract_template.published', 'contract_template', 2, 'Telefone, sem fidelidade', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"revision": 1, "name": "Telefone, sem fidelidade"}', NULL, NULL, NULL, NULL, NULL),
	(43, '2026-11-26 15:00:00+00', 'catalog.created', 'plan', 1, 'Fibra 300 Mbps', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o plano", "name": "Fibra 300 Mbps"}', NULL, NULL, NULL, NULL, NULL),
	(44, '2026-11-26 15:00:00+00', 'catalog.created', 'plan', 2, 'Fibra 500 Mbps', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o plano", "name": "Fibra 500 Mbps"}', NULL, NULL, NULL, NULL, NULL),
	(45, '2026-11-26 15:00:00+00', 'catalog.created', 'plan', 3, 'Fibra 1 Gbps', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o plano", "name": "Fibra 1 Gbps"}', NULL, NULL, NULL, NULL, NULL),
	(46, '2026-11-26 15:00:00+00', 'catalog.created', 'plan', 4, 'Rádio 20 Mbps', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o plano", "name": "R\u00e1dio 20 Mbps"}', NULL, NULL, NULL, NULL, NULL),
	(47, '2026-11-26 15:00:00+00', 'catalog.created', 'plan', 5, 'Telefone fixo 2 ramais', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o plano", "name": "Telefone fixo 2 ramais"}', NULL, NULL, NULL, NULL, NULL),
	(48, '2026-11-26 15:00:00+00', 'catalog.created', 'plan', 6, 'Serra 400 Mbps', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "o plano", "name": "Serra 400 Mbps"}', NULL, NULL, NULL, NULL, NULL),
	(49, '2025-10-12 13:20:00+00', 'person.created', 'person', 1, 'cliente 1', 'operator', 4, 'Rafael Teixeira', 'staff', 1, NULL, 1, 'internal', NULL, '{"sale": 1}', NULL, NULL, NULL, NULL, NULL),
	(50, '2025-10-12 13:20:00+00', 'person.tags_changed', 'person', 1, 'cliente 1', 'operator', 4, 'Rafael Teixeira', 'staff', 1, NULL, 1, 'internal', NULL, '{"tags": "Fidelidade"}', NULL, NULL, NULL, NULL, NULL),
	(51, '2025-10-12 13:20:00+00', 'service.created', 'service', 1, 'Fibra 500 Mbps nº 1', 'operator', 4, 'Rafael Teixeira', 'staff', 1, NULL, 1, 'subscriber', NULL, '{"plan": "Fibra 500 Mbps", "price_cents": 9990, "status": "Habilitado"}', NULL, NULL, NULL, NULL, NULL),
	(52, '2025-10-12 13:20:00+00', 'contract.issued', 'contract', 1, 'contrato 1', 'operator', 4, 'Rafael Teixeira', 'staff', 1, NULL, 1, 'subscriber', NULL, '{"number": 1, "template": "Fibra residencial, 12 meses"}', NULL, NULL, NULL, NULL, NULL),
	(53, '2025-10-12 13:20:00+00', 'contract.printed', 'contract', 1, 'contrato 1', 'operator', 4, 'Rafael Teixeira', 'staff', 1, NULL, 1, 'internal', NULL, '{"edition": 1, "number": 1}', NULL, NULL, NULL, NULL, NULL),
	(54, '2026-11-22 11:05:00+00', 'service.suspended', 'service', 1, 'Fibra 500 Mbps nº 1', 'operator', 1, 'Ana Souza', 'staff', 1, NULL, 1, 'subscriber', 'Fatura vencida em 10/10/2026 em aberto, aviso enviado há 15 dias', '{"plan": "Fibra 500 Mbps", "reason": "Fatura vencida em 10/10/2026 em aberto, aviso enviado h\u00e1 15 dias"}', NULL, NULL, NULL, NULL, NULL),
	(55, '2025-03-16 18:40:00+00', 'person.created', 'person', 2, 'cliente 2', 'operator', 4, 'Rafael Teixeira', 'staff', 2, NULL, 1, 'internal', NULL, '{"sale": 2}', NULL, NULL, NULL, NULL, NULL),
	(56, '2025-03-16 18:40:00+00', 'person.tags_changed', 'person', 2, 'cliente 2', 'operator', 4, 'Rafael Teixeira', 'staff', 2, NULL, 1, 'internal', NULL, '{"tags": "VIP"}', NULL, NULL, NULL, NULL, NULL),
	(57, '2025-03-16 18:40:00+00', 'service.created', 'service', 2, 'Fibra 1 Gbps nº 2', 'operator', 4, 'Rafael Teixeira', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"plan": "Fibra 1 Gbps", "price_cents": 14990, "status": "Habilitado"}', NULL, NULL, NULL, NULL, NULL),
	(58, '2025-03-16 18:40:00+00', 'contract.issued', 'contract', 2, 'contrato 2', 'operator', 4, 'Rafael Teixeira', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"number": 2, "template": "Fibra residencial, 12 meses"}', NULL, NULL, NULL, NULL, NULL),
	(59, '2025-03-16 18:40:00+00', 'contract.printed', 'contract', 2, 'contrato 2', 'operator', 4, 'Rafael Teixeira', 'staff', 2, NULL, 1, 'internal', NULL, '{"edition": 1, "number": 2}', NULL, NULL, NULL, NULL, NULL),
	(60, '2026-08-23 12:30:00+00', 'service.created', 'service', 3, 'Telefone fixo 2 ramais nº 3', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"plan": "Telefone fixo 2 ramais", "price_cents": 4980, "status": "Habilitado"}', NULL, NULL, NULL, NULL, NULL),
	(61, '2026-08-23 12:30:00+00', 'contract.issued', 'contract', 3, 'contrato 3', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"number": 3, "template": "Telefone, sem fidelidade"}', NULL, NULL, NULL, NULL, NULL),
	(62, '2026-08-23 12:30:00+00', 'contract.printed', 'contract', 3, 'contrato 3', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'internal', NULL, '{"edition": 1, "number": 3}', NULL, NULL, NULL, NULL, NULL),
	(63, '2026-04-10 14:15:00+00', 'person.created', 'person', 3, 'cliente 3', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'internal', NULL, '{"sale": 4}', NULL, NULL, NULL, NULL, NULL),
	(64, '2026-04-10 14:15:00+00', 'service.created', 'service', 4, 'Fibra 300 Mbps nº 4', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'subscriber', NULL, '{"plan": "Fibra 300 Mbps", "price_cents": 7990, "status": "Habilitado"}', NULL, NULL, NULL, NULL, NULL),
	(65, '2026-04-10 14:15:00+00', 'contract.issued', 'contract', 4, 'contrato 4', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'subscriber', NULL, '{"number": 4, "template": "Fibra residencial, 12 meses"}', NULL, NULL, NULL, NULL, NULL),
	(66, '2026-04-10 14:15:00+00', 'contract.printed', 'contract', 4, 'contrato 4', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'internal', NULL, '{"edition": 1, "number": 4}', NULL, NULL, NULL, NULL, NULL),
	(67, '2026-06-29 19:50:00+00', 'person.created', 'person', 4, 'cliente 4', 'operator', 4, 'Rafael Teixeira', 'staff', 4, NULL, 1, 'internal', NULL, '{"sale": 5}', NULL, NULL, NULL, NULL, NULL),
	(68, '2026-06-29 19:50:00+00', 'person.tags_changed', 'person', 4, 'cliente 4', 'operator', 4, 'Rafael Teixeira', 'staff', 4, NULL, 1, 'internal', NULL, '{"tags": "Cobran\u00e7a sens\u00edvel"}', NULL, NULL, NULL, NULL, NULL),
	(69, '2026-06-29 19:50:00+00', 'service.created', 'service', 5, 'Rádio 20 Mbps nº 5', 'operator', 4, 'Rafael Teixeira', 'staff', 4, NULL, 1, 'subscriber', NULL, '{"plan": "R\u00e1dio 20 Mbps", "price_cents": 6990, "status": "Habilitado"}', NULL, NULL, NULL, NULL, NULL),
	(70, '2026-11-24 11:05:00+00', 'service.reduced', 'service', 5, 'Rádio 20 Mbps nº 5', 'operator', 1, 'Ana Souza', 'staff', 4, NULL, 1, 'subscriber', 'Uma fatura em aberto há 8 dias', '{"plan": "R\u00e1dio 20 Mbps", "reason": "Uma fatura em aberto h\u00e1 8 dias"}', NULL, NULL, NULL, NULL, NULL),
	(71, '2026-11-25 17:33:00+00', 'person.created', 'person', 5, 'cliente 5', 'operator', 4, 'Rafael Teixeira', 'staff', 5, NULL, 1, 'internal', NULL, '{"sale": 6}', NULL, NULL, NULL, NULL, NULL),
	(72, '2026-11-25 17:33:00+00', 'service.created', 'service', 6, 'Fibra 500 Mbps nº 6', 'operator', 4, 'Rafael Teixeira', 'staff', 5, NULL, 1, 'subscriber', NULL, '{"plan": "Fibra 500 Mbps", "price_cents": 9990, "status": "Aguardando Instala\u00e7\u00e3o"}', NULL, NULL, NULL, NULL, NULL),
	(73, '2026-11-25 17:33:00+00', 'contract.issued', 'contract', 5, 'contrato 5', 'operator', 4, 'Rafael Teixeira', 'staff', 5, NULL, 1, 'subscriber', NULL, '{"number": 5, "template": "Fibra residencial, 12 meses"}', NULL, NULL, NULL, NULL, NULL),
	(74, '2026-11-25 17:33:00+00', 'contract.printed', 'contract', 5, 'contrato 5', 'operator', 4, 'Rafael Teixeira', 'staff', 5, NULL, 1, 'internal', NULL, '{"edition": 1, "number": 5}', NULL, NULL, NULL, NULL, NULL),
	(75, '2026-11-25 17:33:00+00', 'work_order.opened', 'work_order', 1, 'OS 1', 'operator', 4, 'Rafael Teixeira', 'staff', 5, NULL, 1, 'subscriber', NULL, '{"number": 1, "type": "Instala\u00e7\u00e3o", "technician": "Wagner Lu\u00eds", "start_at": "2026-11-29T11:00:00+00:00"}', NULL, NULL, NULL, NULL, NULL),
	(76, '2026-01-30 16:05:00+00', 'person.created', 'person', 6, 'cliente 6', 'operator', 3, 'Célia Prado', 'staff', 6, NULL, 2, 'internal', NULL, '{"sale": 7}', NULL, NULL, NULL, NULL, NULL),
	(77, '2026-01-30 16:05:00+00', 'service.created', 'service', 7, 'Serra 400 Mbps nº 7', 'operator', 3, 'Célia Prado', 'staff', 6, NULL, 2, 'subscriber', NULL, '{"plan": "Serra 400 Mbps", "price_cents": 8990, "status": "Habilitado"}', NULL, NULL, NULL, NULL, NULL),
	(78, '2026-09-12 13:00:00+00', 'person.created', 'person', 7, 'cliente 7', 'operator', 7, 'Sílvia Maia', 'staff', 7, NULL, 0, 'internal', NULL, '{"sale": 8}', NULL, NULL, NULL, NULL, NULL),
	(79, '2026-09-12 13:00:00+00', 'service.created', 'service', 8, 'Fibra 1 Gbps nº 8', 'operator', 7, 'Sílvia Maia', 'staff', 7, NULL, 1, 'subscriber', NULL, '{"plan": "Fibra 1 Gbps", "price_cents": 14990, "status": "Habilitado"}', NULL, NULL, NULL, NULL, NULL),
	(80, '2026-09-12 13:00:00+00', 'contract.issued', 'contract', 6, 'contrato 6', 'operator', 7, 'Sílvia Maia', 'staff', 7, NULL, 1, 'subscriber', NULL, '{"number": 6, "template": "Fibra residencial, 12 meses"}', NULL, NULL, NULL, NULL, NULL),
	(81, '2026-09-12 13:00:00+00', 'contract.printed', 'contract', 6, 'contrato 6', 'operator', 7, 'Sílvia Maia', 'staff', 7, NULL, 1, 'internal', NULL, '{"edition": 1, "number": 6}', NULL, NULL, NULL, NULL, NULL),
	(82, '2026-11-26 15:00:00+00', 'catalog.created', 'bank_account', 1, 'Itaú, conta principal', 'job', NULL, 'Instalação', 'job', NULL, NULL, 0, 'internal', NULL, '{"kind": "a conta de cobran\u00e7a", "name": "Ita\u00fa, conta principal"}', NULL, NULL, NULL, NULL, NULL),
	(83, '2026-08-28 09:00:00+00', 'invoice.issued', 'invoice', 1, 'fatura 1', 'job', NULL, 'Instalação', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 1, "amount_cents": 7138, "due_on": "2026-09-05"}', NULL, NULL, NULL, NULL, NULL),
	(84, '2026-08-28 09:00:00+00', 'invoice.issued', 'invoice', 2, 'fatura 2', 'job', NULL, 'Instalação', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 2, "amount_cents": 14990, "due_on": "2026-09-05"}', NULL, NULL, NULL, NULL, NULL),
	(85, '2026-09-02 09:00:00+00', 'invoice.issued', 'invoice', 3, 'fatura 3', 'job', NULL, 'Instalação', 'job', 1, NULL, 1, 'subscriber', NULL, '{"number": 3, "amount_cents": 9990, "due_on": "2026-09-10"}', NULL, NULL, NULL, NULL, NULL),
	(86, '2026-09-07 09:00:00+00', 'invoice.issued', 'invoice', 4, 'fatura 4', 'job', NULL, 'Instalação', 'job', 3, NULL, 1, 'subscriber', NULL, '{"number": 4, "amount_cents": 7990, "due_on": "2026-09-15"}', NULL, NULL, NULL, NULL, NULL),
	(87, '2026-09-07 09:00:00+00', 'invoice.issued', 'invoice', 5, 'fatura 5', 'job', NULL, 'Instalação', 'job', 6, NULL, 2, 'subscriber', NULL, '{"number": 5, "amount_cents": 8990, "due_on": "2026-09-15"}', NULL, NULL, NULL, NULL, NULL),
	(88, '2026-09-12 09:00:00+00', 'invoice.issued', 'invoice', 6, 'fatura 6', 'job', NULL, 'Instalação', 'job', 4, NULL, 1, 'subscriber', NULL, '{"number": 6, "amount_cents": 6990, "due_on": "2026-09-20"}', NULL, NULL, NULL, NULL, NULL),
	(89, '2026-09-17 09:00:00+00', 'invoice.issued', 'invoice', 7, 'fatura 7', 'job', NULL, 'Instalação', 'job', 7, NULL, 1, 'subscriber', NULL, '{"number": 7, "amount_cents": 21486, "due_on": "2026-09-25"}', NULL, NULL, NULL, NULL, NULL),
	(90, '2026-09-27 09:00:00+00', 'invoice.issued', 'invoice', 8, 'fatura 8', 'job', NULL, 'Instalação', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 8, "amount_cents": 4980, "due_on": "2026-10-05"}', NULL, NULL, NULL, NULL, NULL),
	(91, '2026-09-27 09:00:00+00', 'invoice.issued', 'invoice', 9, 'fatura 9', 'job', NULL, 'Instalação', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 9, "amount_cents": 14990, "due_on": "2026-10-05"}', NULL, NULL, NULL, NULL, NULL),
	(92, '2026-10-02 09:00:00+00', 'invoice.issued', 'invoice', 10, 'fatura 10', 'job', NULL, 'Instalação', 'job', 1, NULL, 1, 'subscriber', NULL, '{"number": 10, "amount_cents": 9990, "due_on": "2026-10-10"}', NULL, NULL, NULL, NULL, NULL),
	(93, '2026-10-07 09:00:00+00', 'invoice.issued', 'invoice', 11, 'fatura 11', 'job', NULL, 'Instalação', 'job', 3, NULL, 1, 'subscriber', NULL, '{"number": 11, "amount_cents": 7990, "due_on": "2026-10-15"}', NULL, NULL, NULL, NULL, NULL),
	(94, '2026-10-07 09:00:00+00', 'invoice.issued', 'invoice', 12, 'fatura 12', 'job', NULL, 'Instalação', 'job', 6, NULL, 2, 'subscriber', NULL, '{"number": 12, "amount_cents": 8990, "due_on": "2026-10-15"}', NULL, NULL, NULL, NULL, NULL),
	(95, '2026-10-12 09:00:00+00', 'invoice.issued', 'invoice', 13, 'fatura 13', 'job', NULL, 'Instalação', 'job', 4, NULL, 1, 'subscriber', NULL, '{"number": 13, "amount_cents": 6990, "due_on": "2026-10-20"}', NULL, NULL, NULL, NULL, NULL),
	(96, '2026-10-17 09:00:00+00', 'invoice.issued', 'invoice', 14, 'fatura 14', 'job', NULL, 'Instalação', 'job', 7, NULL, 1, 'subscriber', NULL, '{"number": 14, "amount_cents": 14990, "due_on": "2026-10-25"}', NULL, NULL, NULL, NULL, NULL),
	(97, '2026-10-27 09:00:00+00', 'invoice.issued', 'invoice', 15, 'fatura 15', 'job', NULL, 'Instalação', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 15, "amount_cents": 4980, "due_on": "2026-11-05"}', NULL, NULL, NULL, NULL, NULL),
	(98, '2026-10-27 09:00:00+00', 'invoice.issued', 'invoice', 16, 'fatura 16', 'job', NULL, 'Instalação', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 16, "amount_cents": 14990, "due_on": "2026-11-05"}', NULL, NULL, NULL, NULL, NULL),
	(99, '2026-11-01 09:00:00+00', 'invoice.issued', 'invoice', 17, 'fatura 17', 'job', NULL, 'Instalação', 'job', 1, NULL, 1, 'subscriber', NULL, '{"number": 17, "amount_cents": 9990, "due_on": "2026-11-10"}', NULL, NULL, NULL, NULL, NULL),
	(100, '2026-11-06 09:00:00+00', 'invoice.issued', 'invoice', 18, 'fatura 18', 'job', NULL, 'Instalação', 'job', 3, NULL, 1, 'subscriber', NULL, '{"number": 18, "amount_cents": 7990, "due_on": "2026-11-15"}', NULL, NULL, NULL, NULL, NULL),
	(101, '2026-11-06 09:00:00+00', 'invoice.issued', 'invoice', 19, 'fatura 19', 'job', NULL, 'Instalação', 'job', 6, NULL, 2, 'subscriber', NULL, '{"number": 19, "amount_cents": 8990, "due_on": "2026-11-15"}', NULL, NULL, NULL, NULL, NULL),
	(102, '2026-11-11 09:00:00+00', 'invoice.issued', 'invoice', 20, 'fatura 20', 'job', NULL, 'Instalação', 'job', 4, NULL, 1, 'subscriber', NULL, '{"number": 20, "amount_cents": 6990, "due_on": "2026-11-20"}', NULL, NULL, NULL, NULL, NULL),
	(103, '2026-11-16 09:00:00+00', 'invoice.issued', 'invoice', 21, 'fatura 21', 'job', NULL, 'Instalação', 'job', 7, NULL, 1, 'subscriber', NULL, '{"number": 21, "amount_cents": 14990, "due_on": "2026-11-25"}', NULL, NULL, NULL, NULL, NULL),
	(104, '2026-11-25 09:00:00+00', 'invoice.issued', 'invoice', 22, 'fatura 22', 'job', NULL, 'Instalação', 'job', 3, NULL, 1, 'subscriber', NULL, '{"number": 22, "amount_cents": 7990, "due_on": "2026-12-15"}', NULL, NULL, NULL, NULL, NULL),
	(105, '2026-11-25 20:10:00+00', 'bank_file.made', 'bank_file', 1, 'remessa remessa-341-000001.rem', 'operator', 1, 'Ana Souza', 'staff', NULL, NULL, 1, 'internal', NULL, '{"sequence": 1, "titles": 1}', NULL, NULL, NULL, NULL, NULL),
	(106, '2026-11-26 15:00:00+00', 'bank_file.settled', 'bank_file', 2, 'retorno CB2611261.RET', 'job', NULL, 'Retorno do banco', 'job', NULL, NULL, 1, 'internal', NULL, '{"name": "CB2611261.RET", "settled": 0}', NULL, NULL, NULL, NULL, NULL),
	(107, '2026-11-26 09:00:00+00', 'invoice.issued', 'invoice', 23, 'fatura 23', 'job', NULL, 'Instalação', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 23, "amount_cents": 4980, "due_on": "2026-12-05"}', NULL, NULL, NULL, NULL, NULL),
	(108, '2026-11-26 09:00:00+00', 'invoice.issued', 'invoice', 24, 'fatura 24', 'job', NULL, 'Instalação', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 24, "amount_cents": 14990, "due_on": "2026-12-05"}', NULL, NULL, NULL, NULL, NULL),
	(109, '2026-11-15 21:00:00+00', 'invoice.paid', 'invoice', 19, 'fatura 19', 'integration', NULL, 'Retorno do Itaú', 'job', 6, NULL, 2, 'subscriber', NULL, '{"number": 19, "amount_cents": 8990, "means": "Boleto", "paid_on": "2026-11-15"}', NULL, NULL, NULL, NULL, NULL),
	(110, '2026-11-21 17:20:00+00', 'invoice.paid', 'invoice', 18, 'fatura 18', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'subscriber', NULL, '{"number": 18, "amount_cents": 8163, "means": "Balc\u00e3o", "paid_on": "2026-11-21"}', NULL, NULL, NULL, NULL, NULL),
	(111, '2026-11-05 21:00:00+00', 'invoice.paid', 'invoice', 15, 'fatura 15', 'integration', NULL, 'Retorno do Itaú', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 15, "amount_cents": 4980, "means": "Boleto", "paid_on": "2026-11-05"}', NULL, NULL, NULL, NULL, NULL),
	(112, '2026-10-25 21:00:00+00', 'invoice.paid', 'invoice', 14, 'fatura 14', 'integration', NULL, 'Retorno do Itaú', 'job', 7, NULL, 1, 'subscriber', NULL, '{"number": 14, "amount_cents": 14990, "means": "Boleto", "paid_on": "2026-10-25"}', NULL, NULL, NULL, NULL, NULL),
	(113, '2026-10-20 21:00:00+00', 'invoice.paid', 'invoice', 13, 'fatura 13', 'integration', NULL, 'Retorno do Itaú', 'job', 4, NULL, 1, 'subscriber', NULL, '{"number": 13, "amount_cents": 6990, "means": "Boleto", "paid_on": "2026-10-20"}', NULL, NULL, NULL, NULL, NULL),
	(114, '2026-10-15 21:00:00+00', 'invoice.paid', 'invoice', 12, 'fatura 12', 'integration', NULL, 'Retorno do Itaú', 'job', 6, NULL, 2, 'subscriber', NULL, '{"number": 12, "amount_cents": 8990, "means": "Boleto", "paid_on": "2026-10-15"}', NULL, NULL, NULL, NULL, NULL),
	(115, '2026-10-15 21:00:00+00', 'invoice.paid', 'invoice', 11, 'fatura 11', 'integration', NULL, 'Retorno do Itaú', 'job', 3, NULL, 1, 'subscriber', NULL, '{"number": 11, "amount_cents": 7990, "means": "Boleto", "paid_on": "2026-10-15"}', NULL, NULL, NULL, NULL, NULL),
	(116, '2026-10-05 21:00:00+00', 'invoice.paid', 'invoice', 9, 'fatura 9', 'integration', NULL, 'Retorno do Itaú', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 9, "amount_cents": 14990, "means": "Boleto", "paid_on": "2026-10-05"}', NULL, NULL, NULL, NULL, NULL),
	(117, '2026-10-05 21:00:00+00', 'invoice.paid', 'invoice', 8, 'fatura 8', 'integration', NULL, 'Retorno do Itaú', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 8, "amount_cents": 4980, "means": "Boleto", "paid_on": "2026-10-05"}', NULL, NULL, NULL, NULL, NULL),
	(118, '2026-09-25 21:00:00+00', 'invoice.paid', 'invoice', 7, 'fatura 7', 'integration', NULL, 'Retorno do Itaú', 'job', 7, NULL, 1, 'subscriber', NULL, '{"number": 7, "amount_cents": 21486, "means": "Boleto", "paid_on": "2026-09-25"}', NULL, NULL, NULL, NULL, NULL),
	(119, '2026-09-20 21:00:00+00', 'invoice.paid', 'invoice', 6, 'fatura 6', 'integration', NULL, 'Retorno do Itaú', 'job', 4, NULL, 1, 'subscriber', NULL, '{"number": 6, "amount_cents": 6990, "means": "Boleto", "paid_on": "2026-09-20"}', NULL, NULL, NULL, NULL, NULL),
	(120, '2026-09-15 21:00:00+00', 'invoice.paid', 'invoice', 5, 'fatura 5', 'integration', NULL, 'Retorno do Itaú', 'job', 6, NULL, 2, 'subscriber', NULL, '{"number": 5, "amount_cents": 8990, "means": "Boleto", "paid_on": "2026-09-15"}', NULL, NULL, NULL, NULL, NULL),
	(121, '2026-09-15 21:00:00+00', 'invoice.paid', 'invoice', 4, 'fatura 4', 'integration', NULL, 'Retorno do Itaú', 'job', 3, NULL, 1, 'subscriber', NULL, '{"number": 4, "amount_cents": 7990, "means": "Boleto", "paid_on": "2026-09-15"}', NULL, NULL, NULL, NULL, NULL),
	(122, '2026-09-10 21:00:00+00', 'invoice.paid', 'invoice', 3, 'fatura 3', 'integration', NULL, 'Retorno do Itaú', 'job', 1, NULL, 1, 'subscriber', NULL, '{"number": 3, "amount_cents": 9990, "means": "Boleto", "paid_on": "2026-09-10"}', NULL, NULL, NULL, NULL, NULL),
	(123, '2026-09-05 21:00:00+00', 'invoice.paid', 'invoice', 2, 'fatura 2', 'integration', NULL, 'Retorno do Itaú', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 2, "amount_cents": 14990, "means": "Boleto", "paid_on": "2026-09-05"}', NULL, NULL, NULL, NULL, NULL),
	(124, '2026-09-05 21:00:00+00', 'invoice.paid', 'invoice', 1, 'fatura 1', 'integration', NULL, 'Retorno do Itaú', 'job', 2, NULL, 1, 'subscriber', NULL, '{"number": 1, "amount_cents": 7138, "means": "Boleto", "paid_on": "2026-09-05"}', NULL, NULL, NULL, NULL, NULL),
	(125, '2026-11-05 12:40:00+00', 'invoice.paid', 'invoice', 16, 'fatura 16', 'integration', NULL, 'Banco do Pix', 'api', 2, NULL, 1, 'subscriber', NULL, '{"number": 16, "amount_cents": 14990, "means": "Pix", "paid_on": "2026-11-05"}', NULL, NULL, NULL, NULL, NULL),
	(126, '2026-11-07 12:00:00+00', 'debt.noticed', 'service', 1, 'Fibra 500 Mbps nº 1', 'job', NULL, 'Instalação', 'job', 1, NULL, 1, 'subscriber', NULL, '{"plan": "Fibra 500 Mbps", "number": 10, "amount_cents": 9990, "channel": "aviso na Central"}', NULL, NULL, NULL, NULL, NULL),
	(127, '2026-11-26 15:00:00+00', 'service.billing_changed', 'service', 3, 'Telefone fixo 2 ramais nº 3', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'internal', NULL, '{"plan": "Telefone fixo 2 ramais", "changes": "carn\u00ea de N\u00e3o para Sim"}', NULL, NULL, NULL, NULL, NULL),
	(128, '2026-11-26 15:00:00+00', 'carne.generated', 'carne', 1, 'carnê 1', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"number": 1, "plan": "Telefone fixo 2 ramais", "installments": 12, "amount_cents": 59760}', NULL, NULL, NULL, NULL, NULL),
	(129, '2026-11-26 15:00:00+00', 'charge.created', 'charge', 39, 'cobrança 39', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"description": "Mudan\u00e7a do roteador de lugar", "amount_cents": 8000, "due_on": "2026-12-06"}', NULL, NULL, NULL, NULL, NULL),
	(130, '2026-11-26 15:00:00+00', 'charge.created', 'charge', 40, 'cobrança 40', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"description": "Cabo de rede at\u00e9 o escrit\u00f3rio", "amount_cents": 12000, "due_on": "2026-12-06"}', NULL, NULL, NULL, NULL, NULL),
	(131, '2026-11-26 15:00:00+00', 'charge.paid', 'charge', 40, 'cobrança 40', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"description": "Cabo de rede at\u00e9 o escrit\u00f3rio", "amount_cents": 12000}', NULL, NULL, NULL, NULL, NULL),
	(132, '2026-11-26 15:00:00+00', 'charge.created', 'charge', 41, 'cobrança 41', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"description": "Roteador Wi-Fi 6", "amount_cents": 30000, "due_on": "2026-12-06"}', NULL, NULL, NULL, NULL, NULL),
	(133, '2026-11-26 15:00:00+00', 'invoice.issued', 'invoice', 37, 'fatura 37', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"number": 37, "amount_cents": 30000, "due_on": "2026-12-06"}', NULL, NULL, NULL, NULL, NULL),
	(134, '2026-11-26 15:00:00+00', 'invoice.paid', 'invoice', 37, 'fatura 37', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'subscriber', NULL, '{"number": 37, "amount_cents": 10000, "means": "Balc\u00e3o", "paid_on": "2026-11-26"}', NULL, NULL, NULL, NULL, NULL),
	(135, '2026-11-26 15:00:00+00', 'charge.created', 'charge', 42, 'cobrança 42', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'subscriber', NULL, '{"description": "Troca do conector", "amount_cents": 6000, "due_on": "2026-12-06"}', NULL, NULL, NULL, NULL, NULL),
	(136, '2026-11-26 15:00:00+00', 'invoice.issued', 'invoice', 38, 'fatura 38', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'subscriber', NULL, '{"number": 38, "amount_cents": 6000, "due_on": "2026-12-06"}', NULL, NULL, NULL, NULL, NULL),
	(137, '2026-11-26 15:00:00+00', 'invoice.cancelled', 'invoice', 38, 'fatura 38', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'subscriber', 'Lançada duas vezes', '{"number": 38, "reason": "Lan\u00e7ada duas vezes"}', NULL, NULL, NULL, NULL, NULL),
	(138, '2026-11-26 15:00:00+00', 'debt.held', 'service', 5, 'Rádio 20 Mbps nº 5', 'operator', 1, 'Ana Souza', 'staff', 4, NULL, 1, 'internal', 'Prometeu pagar em três dias', '{"plan": "R\u00e1dio 20 Mbps", "until_on": "2026-11-29", "reason": "Prometeu pagar em tr\u00eas dias"}', NULL, NULL, NULL, NULL, NULL),
	(139, '2026-11-26 15:00:00+00', 'debt.noticed', 'service', 8, 'Fibra 1 Gbps nº 8', 'job', NULL, 'Régua', 'job', 7, NULL, 1, 'subscriber', NULL, '{"plan": "Fibra 1 Gbps", "number": 21, "amount_cents": 14990, "channel": "aviso na Central"}', NULL, NULL, NULL, NULL, NULL),
	(140, '2026-12-14 15:00:00+00', 'service.suspended', 'service', 8, 'Fibra 1 Gbps nº 8', 'job', NULL, 'Régua', 'job', 7, NULL, 1, 'subscriber', 'Fatura 21 de 25/11/2026, avisada em 26/11/2026, 18 dias antes, R$ 149,90 em aberto', '{"plan": "Fibra 1 Gbps", "reason": "Fatura 21 de 25/11/2026, avisada em 26/11/2026, 18 dias antes, R$ 149,90 em aberto"}', NULL, NULL, NULL, NULL, NULL),
	(141, '2026-12-14 15:00:00+00', 'invoice.due_moved', 'invoice', 22, 'fatura 22', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'subscriber', NULL, '{"number": 22, "before_on": "2026-12-15", "after_on": "2026-12-18"}', NULL, NULL, NULL, NULL, NULL),
	(142, '2026-12-14 15:00:00+00', 'invoice.printed', 'invoice', 22, 'fatura 22', 'operator', 1, 'Ana Souza', 'staff', 3, NULL, 1, 'internal', NULL, '{"number": 22}', NULL, NULL, NULL, NULL, NULL),
	(143, '2026-12-14 15:00:00+00', 'carne.printed', 'carne', 1, 'carnê 1', 'operator', 1, 'Ana Souza', 'staff', 2, NULL, 1, 'internal', NULL, '{"number": 1}', NULL, NULL, NULL, NULL, NULL),
	(144, '2026-12-14 15:00:00+00', 'service.trust_unlocked', 'service', 1, 'Fibra 500 Mbps nº 1', 'subscriber', 1, 'Assinante', 'portal', 1, NULL, 1, 'subscriber', 'pedido na Central do Assinante', '{"plan": "Fibra 500 Mbps", "until_at": "2026-12-15T15:00:00+00:00", "month": "2026-12", "previous_status": "suspended_for_debt", "reason": "pedido na Central do Assinante"}', NULL, NULL, NULL, NULL, NULL),
	(145, '2026-12-14 15:00:00+00', 'person.password_set', 'person', 1, 'cliente 1', 'subscriber', 1, 'Assinante', 'portal', 1, NULL, 1, 'internal', NULL, '{}', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.hold VALUES
	(1, 5, '2026-11-29', 'Prometeu pagar em três dias', 1, '2026-11-26 15:00:00+00', NULL, 1);
INSERT INTO public.invoice VALUES
	(10, 10, 1, 1, 1, 1, NULL, NULL, '2026-10-02', '2026-10-10', '2026-10-10', '2026-11-09', 9990, 0, NULL, 'open', 10, '109/00000010-7', '34198159500000099901090000001070057123457000', 'registered', 'EN38A1173F4E42C9DC1DF214E', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540599.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN38A1173F4E42C9DC1DF214E6304288B', NULL, '2026-10-02 09:00:00+00', 1, 2026, 1),
	(17, 17, 1, 1, 1, 1, NULL, NULL, '2026-11-01', '2026-11-10', '2026-11-10', '2026-12-09', 9990, 0, NULL, 'open', 17, '109/00000017-2', '34196162600000099901090000001720057123457000', 'registered', 'EN8E3AEE7BE654F7B03187AD5', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540599.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN8E3AEE7BE654F7B03187AD56304BB1C', NULL, '2026-11-01 09:00:00+00', 1, 2026, 1),
	(20, 20, 4, 5, 1, 1, NULL, NULL, '2026-11-11', '2026-11-20', '2026-10-20', '2026-11-19', 6990, 0, NULL, 'open', 20, '109/00000020-6', '34194163600000069901090000002060057123457000', 'registered', 'EN4DAEB622BF6D34B16FF2CB4', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540569.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN4DAEB622BF6D34B16FF2CB463048EAD', NULL, '2026-11-11 09:00:00+00', 1, 2026, 1),
	(21, 21, 7, 8, 1, 1, NULL, NULL, '2026-11-16', '2026-11-25', '2026-11-25', '2026-12-24', 14990, 0, NULL, 'open', 21, '109/00000021-4', '34191164100000149901090000002140057123457000', 'registered', 'EN12171C36DF39986F5A2C050', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example5204000053039865406149.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN12171C36DF39986F5A2C0506304A7AE', NULL, '2026-11-16 09:00:00+00', 1, 2026, 1),
	(23, 23, 2, 3, 1, 1, NULL, NULL, '2026-11-26', '2026-12-05', '2026-12-05', '2027-01-04', 4980, 0, NULL, 'open', 23, '109/00000023-0', '34197165100000049801090000002300057123457000', 'pending', 'ENF3F56976481551FB60D6BF9', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENF3F56976481551FB60D6BF963047136', NULL, '2026-11-26 09:00:00+00', 1, 2026, 1),
	(24, 24, 2, 2, 2, 1, NULL, NULL, '2026-11-26', '2026-12-05', '2026-12-05', '2027-01-04', 14990, 0, NULL, 'open', 24, '109/00000024-8', '34199165100000149901090000002480057123457000', 'pending', 'ENBB9E35A7D949F52D0E81A99', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example5204000053039865406149.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENBB9E35A7D949F52D0E81A9963044381', NULL, '2026-11-26 09:00:00+00', 1, 2026, 1),
	(19, 19, 6, 7, 1, 1, NULL, NULL, '2026-11-06', '2026-11-15', '2026-11-15', '2026-12-14', 8990, 8990, '2026-11-15', 'paid', 19, '109/00000019-8', '34196163100000089901090000001980057123457000', 'registered', 'ENF0E3E8535058D9A9E3011E5', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540589.905802BR5925Serra Azul Provedor de In6010VALE CLARO62290525ENF0E3E8535058D9A9E3011E563040D33', NULL, '2026-11-06 09:00:00+00', 2, 2026, 2),
	(18, 18, 3, 4, 1, 1, NULL, NULL, '2026-11-06', '2026-11-15', '2026-11-15', '2026-12-14', 7990, 7990, '2026-11-21', 'paid', 18, '109/00000018-0', '34191163100000079901090000001800057123457000', 'registered', 'EN72D6122E14B67B77FB13366', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540579.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN72D6122E14B67B77FB133666304E0B2', NULL, '2026-11-06 09:00:00+00', 2, 2026, 1),
	(15, 15, 2, 3, 1, 1, NULL, NULL, '2026-10-27', '2026-11-05', '2026-11-05', '2026-12-04', 4980, 4980, '2026-11-05', 'paid', 15, '109/00000015-6', '34199162100000049801090000001560057123457000', 'registered', 'EN622E0F0B3AECD9CD9340596', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN622E0F0B3AECD9CD934059663043FD3', NULL, '2026-10-27 09:00:00+00', 2, 2026, 1),
	(14, 14, 7, 8, 1, 1, NULL, NULL, '2026-10-17', '2026-10-25', '2026-10-25', '2026-11-24', 14990, 14990, '2026-10-25', 'paid', 14, '109/00000014-9', '34197161000000149901090000001490057123457000', 'registered', 'EN4B94333988F6E98E09ADA6A', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example5204000053039865406149.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN4B94333988F6E98E09ADA6A6304F93D', NULL, '2026-10-17 09:00:00+00', 2, 2026, 1),
	(13, 13, 4, 5, 1, 1, NULL, NULL, '2026-10-12', '2026-10-20', '2026-09-20', '2026-10-19', 6990, 6990, '2026-10-20', 'paid', 13, '109/00000013-1', '34193160500000069901090000001310057123457000', 'registered', 'EN8F2306D19690FB65D52653C', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540569.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN8F2306D19690FB65D52653C6304481B', NULL, '2026-10-12 09:00:00+00', 2, 2026, 1),
	(12, 12, 6, 7, 1, 1, NULL, NULL, '2026-10-07', '2026-10-15', '2026-10-15', '2026-11-14', 8990, 8990, '2026-10-15', 'paid', 12, '109/00000012-3', '34191160000000089901090000001230057123457000', 'registered', 'EN0DAEE30D74D90FF6CCE950F', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540589.905802BR5925Serra Azul Provedor de In6010VALE CLARO62290525EN0DAEE30D74D90FF6CCE950F6304856E', NULL, '2026-10-07 09:00:00+00', 2, 2026, 2),
	(11, 11, 3, 4, 1, 1, NULL, NULL, '2026-10-07', '2026-10-15', '2026-10-15', '2026-11-14', 7990, 7990, '2026-10-15', 'paid', 11, '109/00000011-5', '34191160000000079901090000001150057123457000', 'registered', 'ENCE1EAB186B314E724A70609', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540579.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENCE1EAB186B314E724A706096304DC2D', NULL, '2026-10-07 09:00:00+00', 2, 2026, 1),
	(22, 22, 3, 4, 1, 1, NULL, NULL, '2026-11-25', '2026-12-18', '2026-12-15', '2027-01-14', 7990, 0, NULL, 'open', 39, '109/00000039-6', '34198166400000079901090000003960057123457000', 'pending', 'EN58C101C6BE3FF1A9A8D462C', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540579.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN58C101C6BE3FF1A9A8D462C63041C99', 7, '2026-11-25 09:00:00+00', 2, 2026, 1),
	(9, 9, 2, 2, 2, 1, NULL, NULL, '2026-09-27', '2026-10-05', '2026-10-05', '2026-11-04', 14990, 14990, '2026-10-05', 'paid', 9, '109/00000009-9', '34191159000000149901090000000990057123457000', 'registered', 'ENCD3DCDA7D0A4538D19EBD3B', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example5204000053039865406149.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENCD3DCDA7D0A4538D19EBD3B63040292', NULL, '2026-09-27 09:00:00+00', 2, 2026, 1),
	(8, 8, 2, 3, 1, 1, NULL, NULL, '2026-09-27', '2026-10-05', '2026-10-05', '2026-11-04', 4980, 4980, '2026-10-05', 'paid', 8, '109/00000008-1', '34191159000000049801090000000810057123457000', 'registered', 'ENC7BFD40057BD932DB4A2147', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENC7BFD40057BD932DB4A21476304E7CC', NULL, '2026-09-27 09:00:00+00', 2, 2026, 1),
	(7, 7, 7, 8, 1, 1, NULL, NULL, '2026-09-17', '2026-09-25', '2026-09-12', '2026-10-24', 21486, 21486, '2026-09-25', 'paid', 7, '109/00000007-3', '34191158000000214861090000000730057123457000', 'registered', 'EN0D39CDCB21A112C5D92252D', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example5204000053039865406214.865802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN0D39CDCB21A112C5D92252D63043F21', NULL, '2026-09-17 09:00:00+00', 2, 2026, 1),
	(6, 6, 4, 5, 1, 1, NULL, NULL, '2026-09-12', '2026-09-20', '2026-08-20', '2026-09-19', 6990, 6990, '2026-09-20', 'paid', 6, '109/00000006-5', '34192157500000069901090000000650057123457000', 'registered', 'ENA651B93A114C0EE0302F1C2', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540569.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENA651B93A114C0EE0302F1C26304AB27', NULL, '2026-09-12 09:00:00+00', 2, 2026, 1),
	(5, 5, 6, 7, 1, 1, NULL, NULL, '2026-09-07', '2026-09-15', '2026-09-15', '2026-10-14', 8990, 8990, '2026-09-15', 'paid', 5, '109/00000005-7', '34199157000000089901090000000570057123457000', 'registered', 'EN2B1382FFC123E9386E11A88', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540589.905802BR5925Serra Azul Provedor de In6010VALE CLARO62290525EN2B1382FFC123E9386E11A8863042822', NULL, '2026-09-07 09:00:00+00', 2, 2026, 2),
	(4, 4, 3, 4, 1, 1, NULL, NULL, '2026-09-07', '2026-09-15', '2026-09-15', '2026-10-14', 7990, 7990, '2026-09-15', 'paid', 4, '109/00000004-0', '34196157000000079901090000000400057123457000', 'registered', 'EN01948B880F93BEF9D569EBB', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540579.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN01948B880F93BEF9D569EBB6304777F', NULL, '2026-09-07 09:00:00+00', 2, 2026, 1),
	(3, 3, 1, 1, 1, 1, NULL, NULL, '2026-09-02', '2026-09-10', '2026-09-10', '2026-10-09', 9990, 9990, '2026-09-10', 'paid', 3, '109/00000003-2', '34192156500000099901090000000320057123457000', 'registered', 'EN8525B8DD3EB131258DEA88C', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540599.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN8525B8DD3EB131258DEA88C630433F8', NULL, '2026-09-02 09:00:00+00', 2, 2026, 1),
	(2, 2, 2, 2, 2, 1, NULL, NULL, '2026-08-28', '2026-09-05', '2026-09-05', '2026-10-04', 14990, 14990, '2026-09-05', 'paid', 2, '109/00000002-4', '34191156000000149901090000000240057123457000', 'registered', 'EN16AEEA1C3EA7106AB46C5A7', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example5204000053039865406149.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN16AEEA1C3EA7106AB46C5A76304D766', NULL, '2026-08-28 09:00:00+00', 2, 2026, 1),
	(1, 1, 2, 3, 1, 1, NULL, NULL, '2026-08-28', '2026-09-05', '2026-08-23', '2026-10-04', 7138, 7138, '2026-09-05', 'paid', 1, '109/00000001-6', '34191156000000071381090000000160057123457000', 'registered', 'EN4A0F0337606B394D7D0AB74', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540571.385802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN4A0F0337606B394D7D0AB7463040B06', NULL, '2026-08-28 09:00:00+00', 2, 2026, 1),
	(16, 16, 2, 2, 2, 1, NULL, NULL, '2026-10-27', '2026-11-05', '2026-11-05', '2026-12-04', 14990, 14990, '2026-11-05', 'paid', 16, '109/00000016-4', '34194162100000149901090000001640057123457000', 'registered', 'EN0E9E6A7BB2151760797B4B2', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example5204000053039865406149.905802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN0E9E6A7BB2151760797B4B2630476CB', NULL, '2026-10-27 09:00:00+00', 2, 2026, 1),
	(25, 25, 2, 3, 1, 1, 1, 1, '2026-11-26', '2027-01-05', '2027-01-05', '2027-02-04', 4980, 0, NULL, 'open', 25, '109/00000025-5', '34191168200000049801090000002550057123457000', 'pending', 'ENF3BEB76A546F9E7633E6CF1', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENF3BEB76A546F9E7633E6CF163049547', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(26, 26, 2, 3, 1, 1, 1, 2, '2026-11-26', '2027-02-05', '2027-02-05', '2027-03-04', 4980, 0, NULL, 'open', 26, '109/00000026-3', '34192171300000049801090000002630057123457000', 'pending', 'EN99A98AEBBF27EEBF4AB42FA', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN99A98AEBBF27EEBF4AB42FA63046098', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(27, 27, 2, 3, 1, 1, 1, 3, '2026-11-26', '2027-03-05', '2027-03-05', '2027-04-04', 4980, 0, NULL, 'open', 27, '109/00000027-1', '34191174100000049801090000002710057123457000', 'pending', 'EN4BC12F8AA711B8CC4F0F84E', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN4BC12F8AA711B8CC4F0F84E63047873', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(28, 28, 2, 3, 1, 1, 1, 4, '2026-11-26', '2027-04-05', '2027-04-05', '2027-05-04', 4980, 0, NULL, 'open', 28, '109/00000028-9', '34191177200000049801090000002890057123457000', 'pending', 'EN4738158A5DD730E111750E6', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN4738158A5DD730E111750E663041815', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(29, 29, 2, 3, 1, 1, 1, 5, '2026-11-26', '2027-05-05', '2027-05-05', '2027-06-04', 4980, 0, NULL, 'open', 29, '109/00000029-7', '34199180200000049801090000002970057123457000', 'pending', 'EN6F11DE646274D9D0E0ED537', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN6F11DE646274D9D0E0ED5376304720C', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(30, 30, 2, 3, 1, 1, 1, 6, '2026-11-26', '2027-06-05', '2027-06-05', '2027-07-04', 4980, 0, NULL, 'open', 30, '109/00000030-5', '34198183300000049801090000003050057123457000', 'pending', 'ENEE4CBCD1466DC043B46B619', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENEE4CBCD1466DC043B46B61963045395', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(31, 31, 2, 3, 1, 1, 1, 7, '2026-11-26', '2027-07-05', '2027-07-05', '2027-08-04', 4980, 0, NULL, 'open', 31, '109/00000031-3', '34197186300000049801090000003130057123457000', 'pending', 'ENA8A5A9BE7B1B31D80CE4B6E', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENA8A5A9BE7B1B31D80CE4B6E6304293F', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(32, 32, 2, 3, 1, 1, 1, 8, '2026-11-26', '2027-08-05', '2027-08-05', '2027-09-04', 4980, 0, NULL, 'open', 32, '109/00000032-1', '34191189400000049801090000003210057123457000', 'pending', 'EN9E8EE5762C0B3EE1485EF15', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN9E8EE5762C0B3EE1485EF1563042331', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(33, 33, 2, 3, 1, 1, 1, 9, '2026-11-26', '2027-09-05', '2027-09-05', '2027-10-04', 4980, 0, NULL, 'open', 33, '109/00000033-9', '34191192500000049801090000003390057123457000', 'pending', 'EN6293638552B24F4AD988578', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN6293638552B24F4AD98857863042200', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(34, 34, 2, 3, 1, 1, 1, 10, '2026-11-26', '2027-10-05', '2027-10-05', '2027-11-04', 4980, 0, NULL, 'open', 34, '109/00000034-7', '34191195500000049801090000003470057123457000', 'pending', 'ENBACDEB68541CCC7EBEC3587', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENBACDEB68541CCC7EBEC3587630406B0', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(35, 35, 2, 3, 1, 1, 1, 11, '2026-11-26', '2027-11-05', '2027-11-05', '2027-12-04', 4980, 0, NULL, 'open', 35, '109/00000035-4', '34191198600000049801090000003540057123457000', 'pending', 'EN694C015979F4DF46ED71B05', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN694C015979F4DF46ED71B0563047818', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(36, 36, 2, 3, 1, 1, 1, 12, '2026-11-26', '2027-12-05', '2027-12-05', '2028-01-04', 4980, 0, NULL, 'open', 36, '109/00000036-2', '34194201600000049801090000003620057123457000', 'pending', 'ENCF58B63B69E2FE1910B7FF6', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540549.805802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525ENCF58B63B69E2FE1910B7FF6630416A0', NULL, '2026-11-26 15:00:00+00', 1, 2026, 1),
	(37, 37, 2, 2, 2, 1, NULL, NULL, '2026-11-26', '2026-12-06', NULL, NULL, 30000, 10000, NULL, 'open', 37, '109/00000037-0', '34198165200000300001090000003700057123457000', 'pending', 'EN125523FC2C84C60B6FEB2E7', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example5204000053039865406300.005802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525EN125523FC2C84C60B6FEB2E76304E3D3', NULL, '2026-11-26 15:00:00+00', 2, 2026, 1),
	(38, 38, 3, 4, 1, 1, NULL, NULL, '2026-11-26', '2026-12-06', NULL, NULL, 6000, 0, NULL, 'cancelled', 38, '109/00000038-8', '34196165200000060001090000003880057123457000', 'pending', 'END69AB696040AADFD761943E', '00020126500014br.gov.bcb.pix0128financeiro@valeclaro.example520400005303986540560.005802BR5925Vale Claro Telecomunicaco6010VALE CLARO62290525END69AB696040AADFD761943E6304DDDC', NULL, '2026-11-26 15:00:00+00', 2, 2026, 1);
INSERT INTO public.login_session VALUES
	(1, '51740d4096a3f8cf64ceaa8b3dc2aecc7b55188cefa91abaef9647782f3aa4ca', 'staff', 1, 'staff', 0, '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', NULL, '127.0.0.1', 'Firefox');
INSERT INTO public.operator VALUES
	(1, 'Ana Souza', 'ana.souza', '', '$argon2id$v=19$m=65536,t=3,p=4$XVaPQ99Ss1RXU5VE/fkV5w$36k5BKSCM9Tpb7cDf27NgVHE7MbhLQ/tCe5aOQ7wz+s', 4, 3, true, false, NULL, NULL, NULL, NULL),
	(2, 'Bruno Reis', 'bruno.reis', '', '$argon2id$v=19$m=65536,t=3,p=4$XVaPQ99Ss1RXU5VE/fkV5w$36k5BKSCM9Tpb7cDf27NgVHE7MbhLQ/tCe5aOQ7wz+s', 1, 2, false, false, NULL, NULL, NULL, NULL),
	(3, 'Célia Prado', 'celia.prado', '', '$argon2id$v=19$m=65536,t=3,p=4$XVaPQ99Ss1RXU5VE/fkV5w$36k5BKSCM9Tpb7cDf27NgVHE7MbhLQ/tCe5aOQ7wz+s', 3, 1, true, false, NULL, NULL, NULL, NULL),
	(4, 'Rafael Teixeira', 'rafael.teixeira', '', '$argon2id$v=19$m=65536,t=3,p=4$XVaPQ99Ss1RXU5VE/fkV5w$36k5BKSCM9Tpb7cDf27NgVHE7MbhLQ/tCe5aOQ7wz+s', 3, 1, true, false, NULL, NULL, NULL, NULL),
	(5, 'João Pedro de Alcântara', 'joao.alcantara', '', '$argon2id$v=19$m=65536,t=3,p=4$XVaPQ99Ss1RXU5VE/fkV5w$36k5BKSCM9Tpb7cDf27NgVHE7MbhLQ/tCe5aOQ7wz+s', 2, 2, false, true, NULL, NULL, NULL, NULL),
	(6, 'Wagner Luís', 'wagner.luis', '', '$argon2id$v=19$m=65536,t=3,p=4$XVaPQ99Ss1RXU5VE/fkV5w$36k5BKSCM9Tpb7cDf27NgVHE7MbhLQ/tCe5aOQ7wz+s', 2, 2, false, true, NULL, NULL, NULL, NULL),
	(7, 'Sílvia Maia', 'silvia.maia', '', '$argon2id$v=19$m=65536,t=3,p=4$XVaPQ99Ss1RXU5VE/fkV5w$36k5BKSCM9Tpb7cDf27NgVHE7MbhLQ/tCe5aOQ7wz+s', 5, 4, false, false, NULL, NULL, NULL, NULL),
	(8, 'Davi Rocha', 'davi.rocha', '', '$argon2id$v=19$m=65536,t=3,p=4$XVaPQ99Ss1RXU5VE/fkV5w$36k5BKSCM9Tpb7cDf27NgVHE7MbhLQ/tCe5aOQ7wz+s', 6, 4, false, false, NULL, NULL, NULL, NULL);
INSERT INTO public.operator_company VALUES
	(1, 1),
	(2, 1),
	(3, 2),
	(4, 1),
	(5, 1),
	(6, 1),
	(7, 0),
	(8, 0);
INSERT INTO public.origin VALUES
	(1, 'Indicação', NULL),
	(2, 'Instagram', NULL),
	(3, 'Loja', NULL),
	(4, 'Panfleto', NULL),
	(5, 'Site', NULL);
INSERT INTO public.payment VALUES
	(1, 6, 19, NULL, 'boleto', '2026-11-15', NULL, 8990, 8990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-11-15 21:00:00+00', 2),
	(2, 3, 18, NULL, 'counter', '2026-11-21', '2026-11-21', 8163, 7990, 160, 13, 0, 0, 0, '', NULL, NULL, '', 'Ana Souza', '2026-11-21 17:20:00+00', 1),
	(3, 2, 15, NULL, 'boleto', '2026-11-05', NULL, 4980, 4980, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-11-05 21:00:00+00', 1),
	(4, 7, 14, NULL, 'boleto', '2026-10-25', NULL, 14990, 14990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-10-25 21:00:00+00', 1),
	(5, 4, 13, NULL, 'boleto', '2026-10-20', NULL, 6990, 6990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-10-20 21:00:00+00', 1),
	(6, 6, 12, NULL, 'boleto', '2026-10-15', NULL, 8990, 8990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-10-15 21:00:00+00', 2),
	(7, 3, 11, NULL, 'boleto', '2026-10-15', NULL, 7990, 7990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-10-15 21:00:00+00', 1),
	(8, 2, 9, NULL, 'boleto', '2026-10-05', NULL, 14990, 14990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-10-05 21:00:00+00', 1),
	(9, 2, 8, NULL, 'boleto', '2026-10-05', NULL, 4980, 4980, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-10-05 21:00:00+00', 1),
	(10, 7, 7, NULL, 'boleto', '2026-09-25', NULL, 21486, 21486, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-09-25 21:00:00+00', 1),
	(11, 4, 6, NULL, 'boleto', '2026-09-20', NULL, 6990, 6990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-09-20 21:00:00+00', 1),
	(12, 6, 5, NULL, 'boleto', '2026-09-15', NULL, 8990, 8990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-09-15 21:00:00+00', 2),
	(13, 3, 4, NULL, 'boleto', '2026-09-15', NULL, 7990, 7990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-09-15 21:00:00+00', 1),
	(14, 1, 3, NULL, 'boleto', '2026-09-10', NULL, 9990, 9990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-09-10 21:00:00+00', 1),
	(15, 2, 2, NULL, 'boleto', '2026-09-05', NULL, 14990, 14990, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-09-05 21:00:00+00', 1),
	(16, 2, 1, NULL, 'boleto', '2026-09-05', NULL, 7138, 7138, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Retorno do Itaú', '2026-09-05 21:00:00+00', 1),
	(17, 2, 16, NULL, 'pix', '2026-11-05', '2026-11-05', 14990, 14990, 0, 0, 0, 0, 0, '', 'E0000000020261105094000000014990', NULL, '', 'Banco do Pix', '2026-11-05 12:40:00+00', 1),
	(18, 2, NULL, 40, 'counter', '2026-11-26', '2026-11-26', 12000, 12000, 0, 0, 0, 0, 0, '', NULL, NULL, '', 'Ana Souza', '2026-11-26 15:00:00+00', 1),
	(19, 2, 37, NULL, 'counter', '2026-11-26', '2026-11-26', 10000, 10000, 0, 0, 0, 0, 0, 'under', NULL, NULL, '', 'Ana Souza', '2026-11-26 15:00:00+00', 1);
INSERT INTO public.person VALUES
	(1, 'individual', '52998224725', 'Rita Aparecida Moreira', '', '', '', '', '1958-05-22', 1, 1, 'rita aparecida moreira', '2025-10-12', 1, '2025-10-12 13:20:00+00', 1),
	(2, 'organization', '21456789000160', 'Padaria e Confeitaria Sol Ltda.', 'Padaria Sol', '', 'Eunice Sol Martins', '', NULL, 2, 1, 'padaria e confeitaria sol ltda. padaria sol', '2025-03-16', 1, '2025-03-16 18:40:00+00', 1),
	(3, 'individual', '31820475662', 'José Antônio Ferreira', '', '', '', '', '1971-01-30', 1, 1, 'jose antonio ferreira', '2026-04-10', 1, '2026-04-10 14:15:00+00', 1),
	(4, 'individual', '70411609394', 'Maria Aparecida dos Santos Albuquerque', '', '', '', '', '1984-11-03', 1, 1, 'maria aparecida dos santos albuquerque', '2026-06-29', 1, '2026-06-29 19:50:00+00', 1),
	(5, 'individual', '86032514790', 'Joaquim Bernardes de Oliveira Neto', '', '', '', '', '1990-07-14', 1, 1, 'joaquim bernardes de oliveira neto', '2026-11-25', 1, '2026-11-25 17:33:00+00', 1),
	(6, 'organization', '30551824000110', 'Hotel Mar Azul Ltda.', '', '', 'Célio Antunes', '', NULL, NULL, 1, 'hotel mar azul ltda.', '2026-01-30', 1, '2026-01-30 16:05:00+00', 2),
	(7, 'organization', '44712065000135', 'Cooperativa Rural do Vale e da Serra', '', '', 'Ivone Leal', '', NULL, NULL, 1, 'cooperativa rural do vale e da serra', '2026-09-12', 1, '2026-09-12 13:00:00+00', 0);
INSERT INTO public.person_group VALUES
	(1, 'Residencial', 0, NULL),
	(2, 'Empresarial', 1, NULL),
	(3, 'Hospital', 2, NULL);
INSERT INTO public.person_tag VALUES
	(1, 1),
	(2, 2),
	(4, 3);
INSERT INTO public.pix_charge VALUES
	(1, 22, 1, 'ENE021F9089175432C9C0342FD', 'active', '00020101021226860014br.gov.bcb.pix2564pix.simulado.example/qr/v2/cobv/458fd0511719eca10f41978d363827db5204000053039865802BR5908SIMULADO6008BRASILIA62070503***63046C62', 7990, '2026-12-18', '2026-12-14 15:00:00+00', '2026-12-14 15:00:00+00', 1);
INSERT INTO public.pix_receipt VALUES
	(1, 'E0000000020261105094000000014990', 'EN0E9E6A7BB2151760797B4B2', 14990, '2026-11-05 12:40:00+00', 16, 'settled', 'webhook', '2026-11-05 12:40:00+00', '2026-11-05 12:40:00+00', 1),
	(2, 'E0000000020261125094000000006990', 'EN034EE62DB72FA6EDA2C0F78', 6990, '2026-11-25 12:40:00+00', 22, 'divergent', 'webhook', '2026-11-25 12:40:00+00', '2026-11-25 12:40:00+00', 1),
	(3, 'E0000000020261125094000000008990', 'ANTIGO884213', 8990, '2026-11-25 12:40:00+00', NULL, 'unknown', 'webhook', '2026-11-25 12:40:00+00', '2026-11-25 12:40:00+00', 0);
INSERT INTO public.plan VALUES
	(1, 'Fibra 300 Mbps', 'fiber', 300, 150, 1, NULL, 1),
	(2, 'Fibra 500 Mbps', 'fiber', 500, 250, 1, NULL, 1),
	(3, 'Fibra 1 Gbps', 'fiber', 1000, 500, 1, NULL, 1),
	(4, 'Rádio 20 Mbps', 'radio', 20, 10, NULL, NULL, 1),
	(5, 'Telefone fixo 2 ramais', 'phone', 0, 0, 2, NULL, 1),
	(6, 'Serra 400 Mbps', 'fiber', 400, 200, NULL, NULL, 2);
INSERT INTO public.plan_item VALUES
	(1, 1, 0, 'scm', 'Internet (SCM)', 5990),
	(2, 1, 1, 'sva', 'Aplicativos (SVA)', 2000),
	(3, 2, 0, 'scm', 'Internet (SCM)', 6990),
	(4, 2, 1, 'sva', 'Aplicativos (SVA)', 3000),
	(5, 3, 0, 'scm', 'Internet (SCM)', 10990),
	(6, 3, 1, 'sva', 'Aplicativos (SVA)', 4000),
	(7, 4, 0, 'scm', 'Internet (SCM)', 6990),
	(8, 5, 0, 'stfc', 'Telefone fixo (STFC)', 4980),
	(9, 6, 0, 'scm', 'Internet (SCM)', 8990);
INSERT INTO public.replaced_slip VALUES
	(1, 22, 1, 2026, 22, '109/00000022-2', '34196166100000079901090000002220057123457000', 'EN034EE62DB72FA6EDA2C0F78', '2026-12-15', 'standing', '2026-12-14 15:00:00+00', 1);
INSERT INTO public.role VALUES
	(1, 'Atendimento', '["people.read", "people.tag", "people.change", "services.unlock_in_trust", "contracts.read", "billing.read", "history.read"]', NULL),
	(2, 'Técnico', '["people.read"]', NULL),
	(3, 'Comercial', '["people.read", "people.read_cpf", "people.tag", "people.change", "sales.sell", "contracts.read", "contracts.issue", "billing.read", "billing.charge", "reports.read", "history.read", "catalog.read"]', NULL),
	(4, 'Financeiro', '["people.read", "people.read_cpf", "people.tag", "people.change", "sales.sell", "services.enable", "services.suspend", "services.unlock_in_trust", "contracts.read", "contracts.issue", "billing.read", "billing.charge", "billing.receive", "billing.cancel", "billing.files", "dunning.hold", "reports.read", "history.read", "catalog.read"]', NULL),
	(5, 'Supervisão', '["people.read", "people.read_cpf", "people.tag", "people.change", "sales.sell", "services.enable", "services.suspend", "services.unlock_in_trust", "contracts.read", "contracts.issue", "billing.read", "billing.charge", "billing.receive", "billing.discount", "billing.cancel", "billing.files", "dunning.hold", "reports.read", "history.read", "catalog.read", "catalog.edit", "catalog.edit_template", "outbox.retry"]', NULL),
	(6, 'Administrador', '["people.read", "people.read_cpf", "people.tag", "people.change", "sales.sell", "services.enable", "services.suspend", "services.unlock_in_trust", "contracts.read", "contracts.issue", "billing.read", "billing.charge", "billing.receive", "billing.discount", "billing.cancel", "billing.files", "dunning.hold", "reports.read", "history.read", "catalog.read", "catalog.edit", "catalog.edit_template", "operators.admin", "outbox.retry"]', NULL);
INSERT INTO public.sale VALUES
	(1, 4, 1, 1, '{}', 'done', 7, false, '2025-10-12 13:20:00+00', '2025-10-12 13:20:00+00', 1),
	(2, 4, 2, 2, '{}', 'done', 7, false, '2025-03-16 18:40:00+00', '2025-03-16 18:40:00+00', 1),
	(3, 1, 2, 3, '{}', 'done', 7, true, '2026-08-23 12:30:00+00', '2026-08-23 12:30:00+00', 1),
	(4, 1, 3, 4, '{}', 'done', 7, false, '2026-04-10 14:15:00+00', '2026-04-10 14:15:00+00', 1),
	(5, 4, 4, 5, '{}', 'done', 7, false, '2026-06-29 19:50:00+00', '2026-06-29 19:50:00+00', 1),
	(6, 4, 5, 6, '{}', 'done', 7, false, '2026-11-25 17:33:00+00', '2026-11-25 17:33:00+00', 1),
	(7, 3, 6, 7, '{}', 'done', 7, false, '2026-01-30 16:05:00+00', '2026-01-30 16:05:00+00', 2),
	(8, 7, 7, 8, '{}', 'done', 7, false, '2026-09-12 13:00:00+00', '2026-09-12 13:00:00+00', 0),
	(9, 4, NULL, NULL, '{"dados": {"kind": "individual", "document": "15209738612", "name": "Sebasti\u00e3o Nogueira Prado", "mobile": "37998765432", "company_id": 1, "origin_id": 1, "birth_date": {"$date": "1966-02-09"}, "email": "", "group_id": 1, "tags": []}, "endereco": {"cep": "35500160", "street": "Rua Dona Mariquinha", "number": "33", "complement": "", "district": "Boa Vista", "city": "Vale Claro", "state": "MG", "same_billing": true}, "plano": {"plan_id": 1, "seller_id": 4, "sold_on": {"$date": "2026-11-26"}, "offer": [["scm", "Internet (SCM)", 5990], ["sva", "Aplicativos (SVA)", 2000], ["fiber", 300, 150]]}, "contrato": {"templates": [1]}}', 'draft', 3, false, '2026-11-26 14:20:00+00', '2026-11-26 14:20:00+00', 1);
INSERT INTO public.service VALUES
	(2, 2, 3, 'Fibra 1 Gbps', 'fiber', 1000, 500, 2, 2, 'active', 4, '2025-03-16', '2025-03-16', '2025-03-16', NULL, '2025-03-16 18:40:00+00', 1, 2, 5, 'prepaid', false, false, false, 0, '', 1),
	(4, 3, 1, 'Fibra 300 Mbps', 'fiber', 300, 150, 3, 3, 'active', 1, '2026-04-10', '2026-04-10', '2026-04-10', NULL, '2026-04-10 14:15:00+00', 1, 1, 15, 'prepaid', false, false, false, 0, '', 1),
	(5, 4, 4, 'Rádio 20 Mbps', 'radio', 20, 10, 4, 4, 'reduced', 4, '2026-06-29', '2026-06-29', '2026-06-29', NULL, '2026-06-29 19:50:00+00', 2, 1, 20, 'postpaid', false, false, false, 0, '', 1),
	(6, 5, 2, 'Fibra 500 Mbps', 'fiber', 500, 250, 5, 5, 'awaiting_installation', 4, '2026-11-25', '2026-11-29', NULL, NULL, '2026-11-25 17:33:00+00', 1, 1, 10, 'prepaid', false, false, false, 15000, 'Taxa de instalação', 1),
	(7, 6, 6, 'Serra 400 Mbps', 'fiber', 400, 200, 6, 6, 'active', 3, '2026-01-30', '2026-01-30', '2026-01-30', NULL, '2026-01-30 16:05:00+00', 1, 1, 15, 'prepaid', false, false, false, 0, '', 2),
	(3, 2, 5, 'Telefone fixo 2 ramais', 'phone', 0, 0, 2, 2, 'active', 1, '2026-08-23', '2026-08-23', '2026-08-23', NULL, '2026-08-23 12:30:00+00', 2, 1, 5, 'prepaid', true, true, false, 0, '', 1),
	(8, 7, 3, 'Fibra 1 Gbps', 'fiber', 1000, 500, 7, 7, 'suspended_for_debt', 4, '2026-09-12', '2026-09-12', '2026-09-12', NULL, '2026-09-12 13:00:00+00', 2, 1, 25, 'prepaid', false, false, false, 0, '', 1),
	(1, 1, 2, 'Fibra 500 Mbps', 'fiber', 500, 250, 1, 1, 'active', 4, '2025-10-12', '2025-10-12', '2025-10-12', NULL, '2025-10-12 13:20:00+00', 3, 1, 10, 'prepaid', false, false, false, 15000, 'Taxa de instalação', 1);
INSERT INTO public.service_item VALUES
	(1, 1, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(2, 1, 1, 'sva', 'Aplicativos (SVA)', 3000, 1),
	(3, 2, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(4, 2, 1, 'sva', 'Aplicativos (SVA)', 4000, 1),
	(5, 3, 0, 'stfc', 'Telefone fixo (STFC)', 4980, 1),
	(6, 4, 0, 'scm', 'Internet (SCM)', 5990, 1),
	(7, 4, 1, 'sva', 'Aplicativos (SVA)', 2000, 1),
	(8, 5, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(9, 6, 0, 'scm', 'Internet (SCM)', 6990, 1),
	(10, 6, 1, 'sva', 'Aplicativos (SVA)', 3000, 1),
	(11, 7, 0, 'scm', 'Internet (SCM)', 8990, 2),
	(12, 8, 0, 'scm', 'Internet (SCM)', 10990, 1),
	(13, 8, 1, 'sva', 'Aplicativos (SVA)', 4000, 1);
INSERT INTO public.subscriber_password VALUES
	(1, '$argon2id$v=19$m=65536,t=3,p=4$7Gftpn2I1e3mDhaKRzLWNg$veIw1R7I9Q3GPX4gV5eXHKUGJoCSa9lFCDa5Nt8+XPQ', '2026-12-14 15:00:00+00');
INSERT INTO public.suspension VALUES
	(1, 1, 'suspended_for_debt', 'Fatura vencida em 10/10/2026 em aberto, aviso enviado há 15 dias', '2026-11-22 11:05:00+00', NULL, 1, false),
	(2, 5, 'reduced', 'Uma fatura em aberto há 8 dias', '2026-11-24 11:05:00+00', NULL, 1, false),
	(3, 8, 'suspended_for_debt', 'Fatura 21 de 25/11/2026, avisada em 26/11/2026, 18 dias antes, R$ 149,90 em aberto', '2026-12-14 15:00:00+00', NULL, 1, true);
INSERT INTO public.tag VALUES
	(1, 'Fidelidade', NULL),
	(2, 'VIP', NULL),
	(3, 'Cobrança sensível', NULL);
INSERT INTO public.trust_unlock VALUES
	(1, 1, 1, '2026-12', 'portal', 'active', 'suspended_for_debt', 'pedido na Central do Assinante', '2026-12-14 15:00:00+00', '2026-12-15 15:00:00+00', NULL, 1);
INSERT INTO public.work_order VALUES
	(1, 1, 5, 6, 1, 6, 'scheduled', '2026-11-29 11:00:00+00', 'Instalar fibra e roteador. Entrada pelo portão lateral; ligar antes de chegar.', '2026-11-25 17:33:00+00', 1);
INSERT INTO public.work_order_kind VALUES
	(1, 'Instalação', true, NULL),
	(2, 'Mudança de endereço', false, NULL),
	(3, 'Corretiva', false, NULL);
SELECT pg_catalog.setval('public.address_id_seq', 7, true);
SELECT pg_catalog.setval('public.bank_account_id_seq', 1, true);
SELECT pg_catalog.setval('public.bank_file_id_seq', 3, true);
SELECT pg_catalog.setval('public.bank_file_record_id_seq', 5, true);
SELECT pg_catalog.setval('public.billing_method_id_seq', 3, true);
SELECT pg_catalog.setval('public.carne_id_seq', 1, true);
SELECT pg_catalog.setval('public.charge_id_seq', 42, true);
SELECT pg_catalog.setval('public.charge_item_id_seq', 57, true);
SELECT pg_catalog.setval('public.charge_kind_id_seq', 4, true);
SELECT pg_catalog.setval('public.commission_id_seq', 8, true);
SELECT pg_catalog.setval('public.company_id_seq', 2, true);
SELECT pg_catalog.setval('public.connection_id_seq', 8, true);
SELECT pg_catalog.setval('public.contact_id_seq', 10, true);
SELECT pg_catalog.setval('public.contract_id_seq', 6, true);
SELECT pg_catalog.setval('public.contract_print_id_seq', 6, true);
SELECT pg_catalog.setval('public.contract_template_id_seq', 2, true);
SELECT pg_catalog.setval('public.contract_template_revision_id_seq', 2, true);
SELECT pg_catalog.setval('public.debt_notice_id_seq', 2, true);
SELECT pg_catalog.setval('public.department_id_seq', 4, true);
SELECT pg_catalog.setval('public.document_id_seq', 8, true);
SELECT pg_catalog.setval('public.dunning_rule_id_seq', 1, false);
SELECT pg_catalog.setval('public.effect_id_seq', 25, true);
SELECT pg_catalog.setval('public.event_id_seq', 145, true);
SELECT pg_catalog.setval('public.hold_id_seq', 1, true);
SELECT pg_catalog.setval('public.invoice_id_seq', 38, true);
SELECT pg_catalog.setval('public.login_session_id_seq', 1, true);
SELECT pg_catalog.setval('public.notice_id_seq', 1, false);
SELECT pg_catalog.setval('public.operator_id_seq', 8, true);
SELECT pg_catalog.setval('public.origin_id_seq', 5, true);
SELECT pg_catalog.setval('public.payment_id_seq', 19, true);
SELECT pg_catalog.setval('public.person_group_id_seq', 3, true);
SELECT pg_catalog.setval('public.person_id_seq', 7, true);
SELECT pg_catalog.setval('public.pix_charge_id_seq', 1, true);
SELECT pg_catalog.setval('public.pix_receipt_id_seq', 3, true);
SELECT pg_catalog.setval('public.plan_id_seq', 6, true);
SELECT pg_catalog.setval('public.plan_item_id_seq', 9, true);
SELECT pg_catalog.setval('public.replaced_slip_id_seq', 1, true);
SELECT pg_catalog.setval('public.role_id_seq', 6, true);
SELECT pg_catalog.setval('public.sale_id_seq', 9, true);
SELECT pg_catalog.setval('public.service_id_seq', 8, true);
SELECT pg_catalog.setval('public.service_item_id_seq', 13, true);
SELECT pg_catalog.setval('public.subscriber_code_id_seq', 1, false);
SELECT pg_catalog.setval('public.suspension_id_seq', 3, true);
SELECT pg_catalog.setval('public.tag_id_seq', 3, true);
SELECT pg_catalog.setval('public.trust_unlock_id_seq', 1, true);
SELECT pg_catalog.setval('public.work_order_id_seq', 1, true);
SELECT pg_catalog.setval('public.work_order_kind_id_seq', 3, true);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.address
    ADD CONSTRAINT pk_address PRIMARY KEY (id);
ALTER TABLE ONLY public.bank_account
    ADD CONSTRAINT pk_bank_account PRIMARY KEY (id);
ALTER TABLE ONLY public.bank_file
    ADD CONSTRAINT pk_bank_file PRIMARY KEY (id);
ALTER TABLE ONLY public.bank_file_record
    ADD CONSTRAINT pk_bank_file_record PRIMARY KEY (id);
ALTER TABLE ONLY public.billing_method
    ADD CONSTRAINT pk_billing_method PRIMARY KEY (id);
ALTER TABLE ONLY public.carne
    ADD CONSTRAINT pk_carne PRIMARY KEY (id);
ALTER TABLE ONLY public.charge
    ADD CONSTRAINT pk_charge PRIMARY KEY (id);
ALTER TABLE ONLY public.charge_item
    ADD CONSTRAINT pk_charge_item PRIMARY KEY (id);
ALTER TABLE ONLY public.charge_kind
    ADD CONSTRAINT pk_charge_kind PRIMARY KEY (id);
ALTER TABLE ONLY public.commission
    ADD CONSTRAINT pk_commission PRIMARY KEY (id);
ALTER TABLE ONLY public.company
    ADD CONSTRAINT pk_company PRIMARY KEY (id);
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT pk_connection PRIMARY KEY (id);
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT pk_contact PRIMARY KEY (id);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT pk_contract PRIMARY KEY (id);
ALTER TABLE ONLY public.contract_print
    ADD CONSTRAINT pk_contract_print PRIMARY KEY (id);
ALTER TABLE ONLY public.contract_template
    ADD CONSTRAINT pk_contract_template PRIMARY KEY (id);
ALTER TABLE ONLY public.contract_template_revision
    ADD CONSTRAINT pk_contract_template_revision PRIMARY KEY (id);
ALTER TABLE ONLY public.counter
    ADD CONSTRAINT pk_counter PRIMARY KEY (key);
ALTER TABLE ONLY public.debt_notice
    ADD CONSTRAINT pk_debt_notice PRIMARY KEY (id);
ALTER TABLE ONLY public.department
    ADD CONSTRAINT pk_department PRIMARY KEY (id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT pk_document PRIMARY KEY (id);
ALTER TABLE ONLY public.dunning_rule
    ADD CONSTRAINT pk_dunning_rule PRIMARY KEY (id);
ALTER TABLE ONLY public.effect
    ADD CONSTRAINT pk_effect PRIMARY KEY (id);
ALTER TABLE ONLY public.event
    ADD CONSTRAINT pk_event PRIMARY KEY (id);
ALTER TABLE ONLY public.hold
    ADD CONSTRAINT pk_hold PRIMARY KEY (id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT pk_invoice PRIMARY KEY (id);
ALTER TABLE ONLY public.login_session
    ADD CONSTRAINT pk_login_session PRIMARY KEY (id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT pk_notice PRIMARY KEY (id);
ALTER TABLE ONLY public.operator
    ADD CONSTRAINT pk_operator PRIMARY KEY (id);
ALTER TABLE ONLY public.operator_company
    ADD CONSTRAINT pk_operator_company PRIMARY KEY (operator_id, company_id);
ALTER TABLE ONLY public.origin
    ADD CONSTRAINT pk_origin PRIMARY KEY (id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT pk_payment PRIMARY KEY (id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT pk_person PRIMARY KEY (id);
ALTER TABLE ONLY public.person_group
    ADD CONSTRAINT pk_person_group PRIMARY KEY (id);
ALTER TABLE ONLY public.person_tag
    ADD CONSTRAINT pk_person_tag PRIMARY KEY (person_id, tag_id);
ALTER TABLE ONLY public.pix_charge
    ADD CONSTRAINT pk_pix_charge PRIMARY KEY (id);
ALTER TABLE ONLY public.pix_receipt
    ADD CONSTRAINT pk_pix_receipt PRIMARY KEY (id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT pk_plan PRIMARY KEY (id);
ALTER TABLE ONLY public.plan_item
    ADD CONSTRAINT pk_plan_item PRIMARY KEY (id);
ALTER TABLE ONLY public.replaced_slip
    ADD CONSTRAINT pk_replaced_slip PRIMARY KEY (id);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT pk_role PRIMARY KEY (id);
ALTER TABLE ONLY public.routine_run
    ADD CONSTRAINT pk_routine_run PRIMARY KEY (name, slot);
ALTER TABLE ONLY public.sale
    ADD CONSTRAINT pk_sale PRIMARY KEY (id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT pk_service PRIMARY KEY (id);
ALTER TABLE ONLY public.service_item
    ADD CONSTRAINT pk_service_item PRIMARY KEY (id);
ALTER TABLE ONLY public.subscriber_code
    ADD CONSTRAINT pk_subscriber_code PRIMARY KEY (id);
ALTER TABLE ONLY public.subscriber_password
    ADD CONSTRAINT pk_subscriber_password PRIMARY KEY (person_id);
ALTER TABLE ONLY public.suspension
    ADD CONSTRAINT pk_suspension PRIMARY KEY (id);
ALTER TABLE ONLY public.tag
    ADD CONSTRAINT pk_tag PRIMARY KEY (id);
ALTER TABLE ONLY public.throttle
    ADD CONSTRAINT pk_throttle PRIMARY KEY (key, slot);
ALTER TABLE ONLY public.trust_unlock
    ADD CONSTRAINT pk_trust_unlock PRIMARY KEY (id);
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT pk_work_order PRIMARY KEY (id);
ALTER TABLE ONLY public.work_order_kind
    ADD CONSTRAINT pk_work_order_kind PRIMARY KEY (id);
ALTER TABLE ONLY public.address
    ADD CONSTRAINT uq_address_person_id_id UNIQUE (person_id, id);
ALTER TABLE ONLY public.bank_account
    ADD CONSTRAINT uq_bank_account_name UNIQUE (name);
ALTER TABLE ONLY public.bank_file
    ADD CONSTRAINT uq_bank_file_company_id_id UNIQUE (company_id, id);
ALTER TABLE ONLY public.bank_file
    ADD CONSTRAINT uq_bank_file_once UNIQUE (bank_account_id, direction, sha256);
ALTER TABLE ONLY public.bank_file_record
    ADD CONSTRAINT uq_bank_file_record_bank_file_id_line UNIQUE (bank_file_id, line);
ALTER TABLE ONLY public.billing_method
    ADD CONSTRAINT uq_billing_method_name UNIQUE (name);
ALTER TABLE ONLY public.carne
    ADD CONSTRAINT uq_carne_company_id_id UNIQUE (company_id, id);
ALTER TABLE ONLY public.charge
    ADD CONSTRAINT uq_charge_company_id_id UNIQUE (company_id, id);
ALTER TABLE ONLY public.charge_kind
    ADD CONSTRAINT uq_charge_kind_name UNIQUE (name);
ALTER TABLE ONLY public.commission
    ADD CONSTRAINT uq_commission_service_id_kind UNIQUE (service_id, kind);
ALTER TABLE ONLY public.company
    ADD CONSTRAINT uq_company_name UNIQUE (name);
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT uq_connection_service_id UNIQUE (service_id);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT uq_contract_company_id_id UNIQUE (company_id, id);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT uq_contract_number UNIQUE (number);
ALTER TABLE ONLY public.contract_print
    ADD CONSTRAINT uq_contract_print_contract_id_edition UNIQUE (contract_id, edition);
ALTER TABLE ONLY public.contract_template
    ADD CONSTRAINT uq_contract_template_name UNIQUE (name);
ALTER TABLE ONLY public.contract_template_revision
    ADD CONSTRAINT uq_contract_template_revision_template_id_number UNIQUE (template_id, number);
ALTER TABLE ONLY public.debt_notice
    ADD CONSTRAINT uq_debt_notice_service_id_invoice_id UNIQUE (service_id, invoice_id);
ALTER TABLE ONLY public.department
    ADD CONSTRAINT uq_department_name UNIQUE (name);
ALTER TABLE ONLY public.dunning_rule
    ADD CONSTRAINT uq_dunning_rule_company_id UNIQUE (company_id);
ALTER TABLE ONLY public.effect
    ADD CONSTRAINT uq_effect_key UNIQUE (key);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT uq_invoice_company_id_id UNIQUE (company_id, id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT uq_invoice_nosso_numero UNIQUE (bank_account_id, issued_year, nosso_numero);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT uq_invoice_number UNIQUE (number);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT uq_invoice_txid UNIQUE (txid);
ALTER TABLE ONLY public.login_session
    ADD CONSTRAINT uq_login_session_token_hash UNIQUE (token_hash);
ALTER TABLE ONLY public.operator
    ADD CONSTRAINT uq_operator_invite_hash UNIQUE (invite_hash);
ALTER TABLE ONLY public.operator
    ADD CONSTRAINT uq_operator_login UNIQUE (login);
ALTER TABLE ONLY public.origin
    ADD CONSTRAINT uq_origin_name UNIQUE (name);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT uq_payment_bank_file_record_id UNIQUE (bank_file_record_id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT uq_payment_e2e_id UNIQUE (e2e_id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT uq_person_document UNIQUE (document);
ALTER TABLE ONLY public.person_group
    ADD CONSTRAINT uq_person_group_name UNIQUE (name);
ALTER TABLE ONLY public.pix_charge
    ADD CONSTRAINT uq_pix_charge_txid UNIQUE (txid);
ALTER TABLE ONLY public.pix_receipt
    ADD CONSTRAINT uq_pix_receipt_e2e_id UNIQUE (e2e_id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT uq_plan_name UNIQUE (name);
ALTER TABLE ONLY public.replaced_slip
    ADD CONSTRAINT uq_replaced_slip_nosso_numero UNIQUE (bank_account_id, issued_year, nosso_numero);
ALTER TABLE ONLY public.replaced_slip
    ADD CONSTRAINT uq_replaced_slip_txid UNIQUE (txid);
ALTER TABLE ONLY public.role
    ADD CONSTRAINT uq_role_name UNIQUE (name);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT uq_service_company_id_id UNIQUE (company_id, id);
ALTER TABLE ONLY public.tag
    ADD CONSTRAINT uq_tag_name UNIQUE (name);
ALTER TABLE ONLY public.work_order_kind
    ADD CONSTRAINT uq_work_order_kind_name UNIQUE (name);
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT uq_work_order_number UNIQUE (number);
CREATE INDEX ix_address_person_id ON public.address USING btree (person_id);
CREATE INDEX ix_bank_file_record_invoice_id ON public.bank_file_record USING btree (invoice_id);
CREATE INDEX ix_carne_person_id ON public.carne USING btree (person_id);
CREATE INDEX ix_carne_service_id ON public.carne USING btree (service_id);
CREATE INDEX ix_charge_invoice_id ON public.charge USING btree (invoice_id);
CREATE INDEX ix_charge_item_charge_id ON public.charge_item USING btree (charge_id);
CREATE INDEX ix_charge_person_id_due_on ON public.charge USING btree (person_id, due_on);
CREATE INDEX ix_charge_service_id_kind_period_end ON public.charge USING btree (service_id, kind, period_end);
CREATE INDEX ix_commission_month_seller_id ON public.commission USING btree (month, seller_id);
CREATE INDEX ix_contact_person_id_kind ON public.contact USING btree (person_id, kind);
CREATE INDEX ix_contact_value ON public.contact USING btree (value);
CREATE INDEX ix_effect_state_due_at ON public.effect USING btree (state, due_at);
CREATE INDEX ix_event_person_id_id ON public.event USING btree (person_id, id);
CREATE INDEX ix_event_subject_type_subject_id_id ON public.event USING btree (subject_type, subject_id, id);
CREATE INDEX ix_invoice_carne_id ON public.invoice USING btree (carne_id);
CREATE INDEX ix_invoice_person_id_due_on ON public.invoice USING btree (person_id, due_on);
CREATE INDEX ix_invoice_status_due_on ON public.invoice USING btree (status, due_on);
CREATE INDEX ix_login_session_kind_principal_id ON public.login_session USING btree (kind, principal_id);
CREATE INDEX ix_notice_person_id ON public.notice USING btree (person_id);
CREATE INDEX ix_payment_invoice_id ON public.payment USING btree (invoice_id);
CREATE INDEX ix_payment_paid_on ON public.payment USING btree (paid_on);
CREATE INDEX ix_person_company_id_search_text ON public.person USING btree (company_id, search_text);
CREATE INDEX ix_person_search_text ON public.person USING btree (search_text);
CREATE INDEX ix_pix_charge_invoice_id ON public.pix_charge USING btree (invoice_id);
CREATE INDEX ix_pix_receipt_outcome ON public.pix_receipt USING btree (outcome);
CREATE INDEX ix_plan_item_plan_id ON public.plan_item USING btree (plan_id);
CREATE INDEX ix_replaced_slip_invoice_id ON public.replaced_slip USING btree (invoice_id);
CREATE INDEX ix_sale_status_updated_at ON public.sale USING btree (status, updated_at);
CREATE INDEX ix_service_item_service_id ON public.service_item USING btree (service_id);
CREATE INDEX ix_service_person_id_status ON public.service USING btree (person_id, status);
CREATE INDEX ix_service_status_company_id ON public.service USING btree (status, company_id);
CREATE INDEX ix_subscriber_code_person_id ON public.subscriber_code USING btree (person_id);
CREATE INDEX ix_trust_unlock_status_ends_at ON public.trust_unlock USING btree (status, ends_at);
CREATE INDEX ix_work_order_person_id ON public.work_order USING btree (person_id);
CREATE INDEX ix_work_order_service_id ON public.work_order USING btree (service_id);
CREATE INDEX ix_work_order_technician_id_starts_at ON public.work_order USING btree (technician_id, starts_at);
CREATE UNIQUE INDEX uq_charge_service_period ON public.charge USING btree (service_id, period_start, kind) WHERE (((status)::text <> 'cancelled'::text) AND (period_start IS NOT NULL));
CREATE UNIQUE INDEX uq_contract_template_once ON public.contract USING btree (service_id, template_id) WHERE ((status)::text = 'active'::text);
CREATE UNIQUE INDEX uq_hold_open ON public.hold USING btree (service_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX uq_notice_invoice ON public.notice USING btree (invoice_id, kind) WHERE (invoice_id IS NOT NULL);
CREATE UNIQUE INDEX uq_pix_charge_live ON public.pix_charge USING btree (invoice_id) WHERE ((status)::text = ANY ((ARRAY['requested'::character varying, 'active'::character varying, 'paid'::character varying])::text[]));
CREATE UNIQUE INDEX uq_suspension_open ON public.suspension USING btree (service_id) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX uq_trust_unlock_once_a_month ON public.trust_unlock USING btree (line_id, month) WHERE ((channel)::text = 'portal'::text);
CREATE UNIQUE INDEX uq_trust_unlock_one_active ON public.trust_unlock USING btree (service_id) WHERE ((status)::text = 'active'::text);
CREATE TRIGGER event_kept BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.keep_history();
CREATE TRIGGER event_no_truncate BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.keep_history();
ALTER TABLE ONLY public.address
    ADD CONSTRAINT fk_address_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.bank_account
    ADD CONSTRAINT fk_bank_account_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.bank_file
    ADD CONSTRAINT fk_bank_file_bank_account_id FOREIGN KEY (bank_account_id) REFERENCES public.bank_account(id);
ALTER TABLE ONLY public.bank_file
    ADD CONSTRAINT fk_bank_file_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.bank_file_record
    ADD CONSTRAINT fk_bank_file_record_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.bank_file_record
    ADD CONSTRAINT fk_bank_file_record_company_id_bank_file_id FOREIGN KEY (company_id, bank_file_id) REFERENCES public.bank_file(company_id, id);
ALTER TABLE ONLY public.bank_file_record
    ADD CONSTRAINT fk_bank_file_record_invoice_id FOREIGN KEY (invoice_id) REFERENCES public.invoice(id);
ALTER TABLE ONLY public.billing_method
    ADD CONSTRAINT fk_billing_method_bank_account_id FOREIGN KEY (bank_account_id) REFERENCES public.bank_account(id);
ALTER TABLE ONLY public.billing_method
    ADD CONSTRAINT fk_billing_method_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.carne
    ADD CONSTRAINT fk_carne_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.carne
    ADD CONSTRAINT fk_carne_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.carne
    ADD CONSTRAINT fk_carne_document_id FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.carne
    ADD CONSTRAINT fk_carne_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.charge
    ADD CONSTRAINT fk_charge_charge_kind_id FOREIGN KEY (charge_kind_id) REFERENCES public.charge_kind(id);
ALTER TABLE ONLY public.charge
    ADD CONSTRAINT fk_charge_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.charge
    ADD CONSTRAINT fk_charge_company_id_invoice_id FOREIGN KEY (company_id, invoice_id) REFERENCES public.invoice(company_id, id);
ALTER TABLE ONLY public.charge
    ADD CONSTRAINT fk_charge_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.charge_item
    ADD CONSTRAINT fk_charge_item_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.charge_item
    ADD CONSTRAINT fk_charge_item_company_id_charge_id FOREIGN KEY (company_id, charge_id) REFERENCES public.charge(company_id, id);
ALTER TABLE ONLY public.charge
    ADD CONSTRAINT fk_charge_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.commission
    ADD CONSTRAINT fk_commission_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.commission
    ADD CONSTRAINT fk_commission_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.commission
    ADD CONSTRAINT fk_commission_seller_id FOREIGN KEY (seller_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT fk_connection_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.connection
    ADD CONSTRAINT fk_connection_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.contact
    ADD CONSTRAINT fk_contact_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT fk_contract_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT fk_contract_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.contract_print
    ADD CONSTRAINT fk_contract_print_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.contract_print
    ADD CONSTRAINT fk_contract_print_company_id_contract_id FOREIGN KEY (company_id, contract_id) REFERENCES public.contract(company_id, id);
ALTER TABLE ONLY public.contract_print
    ADD CONSTRAINT fk_contract_print_document_id FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT fk_contract_revision_id FOREIGN KEY (revision_id) REFERENCES public.contract_template_revision(id);
ALTER TABLE ONLY public.contract_template
    ADD CONSTRAINT fk_contract_template_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.contract
    ADD CONSTRAINT fk_contract_template_id FOREIGN KEY (template_id) REFERENCES public.contract_template(id);
ALTER TABLE ONLY public.contract_template_revision
    ADD CONSTRAINT fk_contract_template_revision_template_id FOREIGN KEY (template_id) REFERENCES public.contract_template(id);
ALTER TABLE ONLY public.debt_notice
    ADD CONSTRAINT fk_debt_notice_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.debt_notice
    ADD CONSTRAINT fk_debt_notice_company_id_invoice_id FOREIGN KEY (company_id, invoice_id) REFERENCES public.invoice(company_id, id);
ALTER TABLE ONLY public.debt_notice
    ADD CONSTRAINT fk_debt_notice_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.debt_notice
    ADD CONSTRAINT fk_debt_notice_notice_id FOREIGN KEY (notice_id) REFERENCES public.notice(id);
ALTER TABLE ONLY public.debt_notice
    ADD CONSTRAINT fk_debt_notice_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.document
    ADD CONSTRAINT fk_document_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.dunning_rule
    ADD CONSTRAINT fk_dunning_rule_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.hold
    ADD CONSTRAINT fk_hold_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.hold
    ADD CONSTRAINT fk_hold_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.hold
    ADD CONSTRAINT fk_hold_operator_id FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT fk_invoice_bank_account_id FOREIGN KEY (bank_account_id) REFERENCES public.bank_account(id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT fk_invoice_billing_method_id FOREIGN KEY (billing_method_id) REFERENCES public.billing_method(id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT fk_invoice_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT fk_invoice_company_id_carne_id FOREIGN KEY (company_id, carne_id) REFERENCES public.carne(company_id, id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT fk_invoice_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT fk_invoice_document_id FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.invoice
    ADD CONSTRAINT fk_invoice_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT fk_notice_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT fk_notice_company_id_invoice_id FOREIGN KEY (company_id, invoice_id) REFERENCES public.invoice(company_id, id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT fk_notice_document_id FOREIGN KEY (document_id) REFERENCES public.document(id);
ALTER TABLE ONLY public.notice
    ADD CONSTRAINT fk_notice_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.operator_company
    ADD CONSTRAINT fk_operator_company_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.operator_company
    ADD CONSTRAINT fk_operator_company_operator_id FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.operator
    ADD CONSTRAINT fk_operator_department_id FOREIGN KEY (department_id) REFERENCES public.department(id);
ALTER TABLE ONLY public.operator
    ADD CONSTRAINT fk_operator_role_id FOREIGN KEY (role_id) REFERENCES public.role(id);
ALTER TABLE ONLY public.operator
    ADD CONSTRAINT fk_operator_supervisor_id FOREIGN KEY (supervisor_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT fk_payment_bank_file_record_id FOREIGN KEY (bank_file_record_id) REFERENCES public.bank_file_record(id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT fk_payment_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT fk_payment_company_id_charge_id FOREIGN KEY (company_id, charge_id) REFERENCES public.charge(company_id, id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT fk_payment_company_id_invoice_id FOREIGN KEY (company_id, invoice_id) REFERENCES public.invoice(company_id, id);
ALTER TABLE ONLY public.payment
    ADD CONSTRAINT fk_payment_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT fk_person_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT fk_person_group_id FOREIGN KEY (group_id) REFERENCES public.person_group(id);
ALTER TABLE ONLY public.person
    ADD CONSTRAINT fk_person_origin_id FOREIGN KEY (origin_id) REFERENCES public.origin(id);
ALTER TABLE ONLY public.person_tag
    ADD CONSTRAINT fk_person_tag_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.person_tag
    ADD CONSTRAINT fk_person_tag_tag_id FOREIGN KEY (tag_id) REFERENCES public.tag(id);
ALTER TABLE ONLY public.pix_charge
    ADD CONSTRAINT fk_pix_charge_bank_account_id FOREIGN KEY (bank_account_id) REFERENCES public.bank_account(id);
ALTER TABLE ONLY public.pix_charge
    ADD CONSTRAINT fk_pix_charge_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.pix_charge
    ADD CONSTRAINT fk_pix_charge_company_id_invoice_id FOREIGN KEY (company_id, invoice_id) REFERENCES public.invoice(company_id, id);
ALTER TABLE ONLY public.pix_receipt
    ADD CONSTRAINT fk_pix_receipt_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.pix_receipt
    ADD CONSTRAINT fk_pix_receipt_company_id_invoice_id FOREIGN KEY (company_id, invoice_id) REFERENCES public.invoice(company_id, id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT fk_plan_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.plan
    ADD CONSTRAINT fk_plan_contract_template_id FOREIGN KEY (contract_template_id) REFERENCES public.contract_template(id);
ALTER TABLE ONLY public.plan_item
    ADD CONSTRAINT fk_plan_item_plan_id FOREIGN KEY (plan_id) REFERENCES public.plan(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.replaced_slip
    ADD CONSTRAINT fk_replaced_slip_bank_account_id FOREIGN KEY (bank_account_id) REFERENCES public.bank_account(id);
ALTER TABLE ONLY public.replaced_slip
    ADD CONSTRAINT fk_replaced_slip_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.replaced_slip
    ADD CONSTRAINT fk_replaced_slip_company_id_invoice_id FOREIGN KEY (company_id, invoice_id) REFERENCES public.invoice(company_id, id);
ALTER TABLE ONLY public.sale
    ADD CONSTRAINT fk_sale_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.sale
    ADD CONSTRAINT fk_sale_operator_id FOREIGN KEY (operator_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.sale
    ADD CONSTRAINT fk_sale_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.sale
    ADD CONSTRAINT fk_sale_service_id FOREIGN KEY (service_id) REFERENCES public.service(id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT fk_service_billing_method_id FOREIGN KEY (billing_method_id) REFERENCES public.billing_method(id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT fk_service_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.service_item
    ADD CONSTRAINT fk_service_item_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.service_item
    ADD CONSTRAINT fk_service_item_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT fk_service_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT fk_service_person_id_address_id FOREIGN KEY (person_id, address_id) REFERENCES public.address(person_id, id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT fk_service_person_id_billing_address_id FOREIGN KEY (person_id, billing_address_id) REFERENCES public.address(person_id, id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT fk_service_plan_id FOREIGN KEY (plan_id) REFERENCES public.plan(id);
ALTER TABLE ONLY public.service
    ADD CONSTRAINT fk_service_seller_id FOREIGN KEY (seller_id) REFERENCES public.operator(id);
ALTER TABLE ONLY public.subscriber_code
    ADD CONSTRAINT fk_subscriber_code_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.subscriber_password
    ADD CONSTRAINT fk_subscriber_password_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.suspension
    ADD CONSTRAINT fk_suspension_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.suspension
    ADD CONSTRAINT fk_suspension_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.trust_unlock
    ADD CONSTRAINT fk_trust_unlock_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.trust_unlock
    ADD CONSTRAINT fk_trust_unlock_company_id_service_id FOREIGN KEY (company_id, service_id) REFERENCES public.service(company_id, id);
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT fk_work_order_company_id FOREIGN KEY (company_id) REFERENCES public.company(id);
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT fk_work_order_kind_id FOREIGN KEY (kind_id) REFERENCES public.work_order_kind(id);
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT fk_work_order_person_id FOREIGN KEY (person_id) REFERENCES public.person(id);
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT fk_work_order_service_id FOREIGN KEY (service_id) REFERENCES public.service(id);
ALTER TABLE ONLY public.work_order
    ADD CONSTRAINT fk_work_order_technician_id FOREIGN KEY (technician_id) REFERENCES public.operator(id);
