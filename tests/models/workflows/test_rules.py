"""What the rows of the workflow refuse, and what the database refuses whoever asks (A-34 to A-42, A-101, C-115)."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from models import check
from models.base import db as base
from models.history import Event
from models.operators import Department
from models.refused import Refused, Stale
from models.scope import TODAS, Actor, acting
from models.workflows import (
    SLA_TYPES,
    AttendSettings,
    ContactOrigin,
    HoursProfile,
    Process,
    ProcessStep,
    SlaTable,
    SupportMaterial,
    TicketClassification,
    TicketKind,
)
from models.workflows.process import steps_by_process
from tests import answers, cast

pytestmark = pytest.mark.postgresql


@pytest.fixture
def process(db):
    return cast.process()


def named(db, table, name):
    return db.scalars(select(table).where(table.name == name)).one()


def names(process):
    return [step.name for step in process.steps()]


def refused(act, field=""):
    with pytest.raises(Refused) as no:
        act()
    return no.value.errors[field] if field else no.value.sentence


# ---- the order of subprocesses


def test_the_next_one_is_the_highest_that_was_not_executed(process):
    first, second, third, fourth = process.steps()
    assert process.first_step() == first
    assert process.next_step([first.id]) == second
    assert process.next_step([second.id]) == first
    assert process.next_step([first.id, second.id, third.id]) == fourth
    assert process.next_step([step.id for step in process.steps()]) is None


def test_reordering_changes_what_comes_next(db, process):
    executed = process.first_step()
    wanted = [step.id for step in reversed(process.steps())]
    process.reorder(wanted, process.version)
    assert [step.id for step in process.steps()] == wanted
    assert process.next_step([executed.id]).name == "Retorno"
    said = db.scalars(select(Event).order_by(Event.id.desc()).limit(1)).one()
    assert said.data["before"]["steps"] == "Suporte N1, Suporte N2, Campo, Retorno"
    assert said.data["after"]["steps"] == "Retorno, Campo, Suporte N2, Suporte N1"


def test_a_subprocess_moves_a_place_and_stays_at_the_end(process):
    last = process.steps()[-1]
    process.move(last.id, -1, process.version)
    assert names(process) == ["Suporte N1", "Suporte N2", "Retorno", "Campo"]
    process.move(process.steps()[0].id, -1, process.version)
    assert names(process)[0] == "Suporte N1"
    with pytest.raises(Stale):
        process.move(last.id, 1, process.version - 1)
    assert "reordene" in refused(lambda: process.reorder([last.id]))
    assert "fora de uso" in refused(lambda: process.move(10**6, 1))


def test_what_left_comes_back_below_the_others(db, process):
    first = process.steps()[0]
    first.retire()
    assert names(process) == ["Suporte N2", "Campo", "Retorno"]
    assert first not in steps_by_process()[process.id]
    first.restore()
    assert names(process) == ["Suporte N2", "Campo", "Retorno", "Suporte N1"]


def test_the_last_subprocess_stays(db, process):
    cast.macro(answers.TO_FIELD).retire()  # it goes to one of them
    *others, last = process.steps()
    for step in others:
        step.retire()
    sentence = "É o único subprocesso em uso de Suporte técnico. Adicione outro, ou inative o processo."
    assert refused(last.retire) == refused(last.remove) == sentence
    assert process.first_step() == last


def test_the_sector_is_compulsory_and_in_use(db, process):
    step = ProcessStep(process_id=process.id, name="Rede", department_id=None)
    assert refused(step.create, "department_id") == "Escolha o setor responsável, entre os que estão em uso."
    sector = named(db, Department, "Comercial")
    sector.change(duty=None)  # who has a part in telephony is not retired
    sector.retire()
    assert refused(ProcessStep(process_id=process.id, name="Rede", department_id=sector.id).create, "department_id")
    kept = next(step for step in process.steps() if step.department_id == sector.id)
    kept.change(kept.version, name="Retorno por telefone")  # the one it has may stay
    assert kept.name == "Retorno por telefone"


def test_a_process_is_offered_once_it_has_a_subprocess(db, process):
    row = Process(name="Novo", sla_type="other", company_id=TODAS)
    row.create()
    assert row not in Process.offered(cast.vale_claro().id)
    assert process in Process.offered(cast.vale_claro().id)
    step = ProcessStep(process_id=row.id, name="Único", department_id=process.steps()[0].department_id)
    step.create()
    assert row in Process.offered(cast.vale_claro().id)
    row.retire()
    assert row not in Process.offered(cast.vale_claro().id)
    assert row in Process.offered(cast.vale_claro().id, kept=row.id)


def test_a_process_nobody_uses_goes_with_its_subprocesses(db, process):
    row = cast.process("Revisão preventiva")
    id = row.id
    row.remove()
    assert not db.scalars(select(ProcessStep).where(ProcessStep.process_id == id)).all()
    assert refused(process.remove) == (
        "O tipo de atendimento 001 Sem acesso à internet usa este processo. Escolha outro nele antes de inativar."
    )


def test_two_subprocesses_share_no_place(db, process):
    first, second, *_ = process.steps()
    with pytest.raises(IntegrityError, match="process_step"):
        db.execute(
            text("update process_step set position = :place where id = :id"), {"place": second.position, "id": first.id}
        )


# ---- types, codes and processes


def test_a_type_without_process_waits_out_of_use(db):
    row = named(db, TicketKind, "Reclamação do site")
    assert row.inactive_since
    sentence = "Este tipo está sem processo. Escolha o processo em Editar e depois reative."
    assert row.refusal_to_restore() == refused(row.restore) == sentence
    row.change(row.version, process_id=cast.process("Dúvida").id)
    row.restore()
    assert row.inactive_since is None
    assert "Escolha o processo" in refused(lambda: row.change(row.version, process_id=None), "process_id")
    with pytest.raises(IntegrityError, match="ck_ticket_kind_process_id"):
        db.execute(text("update ticket_kind set process_id = null where id = :id"), {"id": row.id})


def test_a_type_does_not_come_back_to_a_process_out_of_use(db):
    row, process = cast.ticket_kind("Fibra rompida"), cast.process("Rompimento")
    assert "002" not in refused(process.retire)
    row.retire()
    process.retire()
    assert refused(row.restore).startswith("O processo Rompimento está fora de uso.")
    other = TicketKind(code="800", name="Outro", process_id=process.id, company_id=TODAS)
    assert refused(other.create, "process_id").startswith("Escolha um processo em uso")


def test_a_process_without_subprocess_begins_nothing(db):
    row = Process(name="Vazio", sla_type="other", company_id=TODAS)
    row.create()
    kind = TicketKind(code="800", name="Outro", process_id=row.id, company_id=TODAS)
    assert refused(kind.create, "process_id").startswith("Este processo ainda não tem subprocesso")


def test_codes_are_texts_and_one_is_offered_once(db):
    here, there, process = cast.vale_claro().id, cast.serra_azul().id, cast.process().id

    def kind(code, name, company_id):
        return TicketKind(code=code, name=name, process_id=process, company_id=company_id)

    kind("7", "Sete", here).create()
    kind("007", "Zero zero sete", here).create()
    kind("7", "Sete da serra", there).create()
    assert "Já há um tipo" in refused(kind("7", "Mais um", here).create, "code")
    assert "Já há um tipo" in refused(kind("7", "De todas", TODAS).create, "code")
    assert "Já há um tipo" in refused(kind("001", "Daqui", here).create, "code")
    for bad in ("", "12345678901", "a b", "ç"):
        assert "até 10" in refused(kind(bad, "Ruim", here).create, "code")


# ---- topics of the Central


def test_a_topic_becomes_the_type_of_the_company_else_of_todas(db):
    here, there, process = cast.vale_claro().id, cast.serra_azul().id, cast.process().id
    own = TicketKind(code="800", name="Sem sinal aqui", process_id=process, company_id=here, topic="no_internet")
    own.create()
    assert TicketKind.for_topic("no_internet", here) == own
    assert TicketKind.for_topic("no_internet", there).name == "Sem acesso à internet"
    assert TicketKind.for_topic("slow", here).name == "Lentidão"
    cast.ticket_kind("Lentidão").retire()
    assert TicketKind.for_topic("slow", here).name == "Dúvida geral"
    cast.ticket_kind("Dúvida geral").retire()
    assert TicketKind.for_topic("slow", here).code == "001"
    for row in db.scalars(select(TicketKind).where(TicketKind.inactive_since.is_(None))).all():
        row.retire()
    assert refused(lambda: TicketKind.for_topic("slow", here)).startswith("Ainda não há quem receba pedidos por aqui.")


def test_a_topic_has_one_type_in_use_of_a_company(db):
    here, process = cast.vale_claro().id, cast.process().id
    first, other = cast.ticket_kind("Lentidão"), cast.ticket_kind("Fibra rompida")
    taken = "O tipo 002 Lentidão já atende o assunto Está lenta ou caindo."
    assert refused(lambda: other.change(other.version, topic="slow"), "topic").startswith(taken)
    assert "na lista" in refused(lambda: other.change(other.version, topic="fila"), "topic")
    TicketKind(code="800", name="Lentidão daqui", process_id=process, company_id=here, topic="slow").create()
    first.retire()
    other.change(other.version, topic="slow")
    assert refused(first.restore).startswith("O tipo 003 Fibra rompida já atende o assunto")
    again = text("update ticket_kind set inactive_since = null where id = :id")
    with pytest.raises(IntegrityError, match="ticket_kind"):
        db.execute(again, {"id": first.id})


def test_of_two_types_given_one_topic_at_once_one_is_refused(app, db, race):
    cast.ticket_kind("Lentidão").retire()
    ids = [cast.ticket_kind("Fibra rompida").id, cast.ticket_kind("Mudança de endereço").id]
    db.commit()

    def give(id):
        row = base.session.get(TicketKind, id)
        row.change(row.version, topic="slow")

    assert sorted(race(2, lambda i: as_job(app, lambda: give(ids[i])))) == [False, True]


# ---- what belongs to which company


def test_a_row_names_rows_of_its_company_or_of_todas(db):
    here, there = cast.vale_claro().id, cast.serra_azul().id
    hours = named(db, HoursProfile, "Comercial")
    times = dict.fromkeys((f"{type}_minutes" for type in SLA_TYPES), 60)
    for company_id in (there, TODAS):
        table = SlaTable(name="Outra", company_id=company_id, hours_profile_id=hours.id, **times)
        assert "Escolha um horário" in refused(table.create, "hours_profile_id")
    SlaTable(name="Daqui", company_id=here, hours_profile_id=hours.id, **times).create()


def test_hours_a_table_counts_by_stay_in_use(db):
    hours, table = named(db, HoursProfile, "Comercial"), named(db, SlaTable, "SLA empresarial")
    assert (
        refused(hours.retire)
        == "A tabela SLA empresarial conta por este horário. Escolha outro nela antes de inativar."
    )
    table.retire()
    hours.retire()
    # What was the table's stays: it may be changed, and others may not choose it.
    table.change(table.version, other_minutes=90)


@pytest.mark.parametrize("minutes", [0, -1, None, 129_601, "60"])
def test_times_are_above_zero(db, minutes):
    table = named(db, SlaTable, "SLA padrão")
    assert "Escreva um tempo" in refused(lambda: table.change(table.version, doubt_minutes=minutes), "doubt_minutes")


def test_a_classification_keeps_its_moment(db):
    here = cast.vale_claro().id
    opening = [row.name for row in TicketClassification.for_moment(False, here)]
    closing = [row.name for row in TicketClassification.for_moment(True, here)]
    assert "Lentidão" in opening
    assert "Resolvido" in closing
    assert not set(opening) & set(closing)
    row = named(db, TicketClassification, "Lentidão")
    assert "não muda" in refused(lambda: row.change(row.version, closing=True), "closing")


def test_material_is_a_text_or_a_link(db, process):
    step = process.first_step()

    def material(**values):
        return SupportMaterial(step_id=step.id, name="Novo", **values)

    assert refused(material().create, "text") == "Escreva o texto, ou cole um link."
    for link in ("http://ajuda.example", "https://", "https://semponto", "javascript:alert(1)", "https://a b.example"):
        assert "https://" in refused(material(link=link).create, "link")
    material(link="https://ajuda.example/roteiro?passo=1").create()
    assert [row.name for row in SupportMaterial.of(step.id)] == ["Antes de passar adiante", "Luzes da ONU", "Novo"]


# ---- defaults of a new atendimento


def test_a_company_follows_todas_until_it_has_its_own(db):
    here = cast.vale_claro().id
    followed = AttendSettings.of(here)
    assert followed.company_id == TODAS
    assert db.get(SlaTable, followed.sla_table_id).name == "SLA padrão"
    own = AttendSettings.own(here)
    own.change(own.version, sla_table_id=named(db, SlaTable, "SLA empresarial").id)
    assert AttendSettings.of(here).company_id == here
    assert own.contact_origin_id == followed.contact_origin_id
    assert AttendSettings.of(cast.serra_azul().id).company_id == TODAS
    db.delete(own)
    db.delete(AttendSettings.of(TODAS))
    db.flush()
    assert AttendSettings.of(here).sla_table_id is None


def test_what_may_not_be_chosen_may_not_be_proposed(db):
    there, wrong = AttendSettings.own(cast.serra_azul().id), "opening_classification_id"
    closing = named(db, TicketClassification, "Resolvido").id
    assert "de abertura" in refused(lambda: there.change(0, **{wrong: closing}), wrong)
    table = named(db, SlaTable, "SLA empresarial").id
    assert "tabela de SLA" in refused(lambda: there.change(0, sla_table_id=table), "sla_table_id")
    origin = named(db, ContactOrigin, "Presencial")
    origin.retire()
    assert "origem" in refused(lambda: there.change(0, contact_origin_id=origin.id), "contact_origin_id")
    with pytest.raises(Stale):
        AttendSettings.of(TODAS).change(7, contact_origin_id=None)


def test_what_is_proposed_stays_in_use(db):
    for table, name in ((ContactOrigin, "Telefone"), (TicketClassification, "Sem acesso"), (SlaTable, "SLA padrão")):
        assert "padrões do atendimento de TODAS" in refused(named(db, table, name).retire)


# ---- races, and what flask check says


def as_job(app, act):
    """Whether it happened."""
    with app.app_context(), acting(Actor("job", None, "Teste"), "job"):
        try:
            act()
            base.session.commit()
        except Refused:
            return False
        return True


def test_of_two_who_retire_the_last_two_one_is_refused(app, db, race):
    ids = [step.id for step in cast.process("Rompimento").steps()]
    db.rollback()
    assert sorted(race(2, lambda i: as_job(app, lambda: base.session.get(ProcessStep, ids[i]).retire()))) == [
        False,
        True,
    ]
    assert len(cast.process("Rompimento").steps()) == 1


def test_of_choosing_and_retiring_one_is_refused(app, db, race):
    """What is proposed and put out of use at once is either in use or not proposed."""
    id, company = named(db, ContactOrigin, "Presencial").id, cast.vale_claro().id
    db.rollback()
    acts = [
        lambda: AttendSettings.own(company).change(0, contact_origin_id=id),
        lambda: base.session.get(ContactOrigin, id).retire(),
    ]
    assert sorted(race(2, lambda i: as_job(app, acts[i]))) == [False, True]
    assert found("defaults_may_be_chosen") == []


def found(name):
    [question] = [question for question in check.QUESTIONS if question.__name__ == name]
    return question()


def test_check_finds_what_no_verb_lets_through(db):
    assert [found(question.__name__) for question in check.workflows.QUESTIONS] == [[], [], []]
    gone = {"now": cast.rita().created_at.replace(tzinfo=None)}
    for table in ("process", "hours_profile", "sla_table"):
        db.execute(text(f"update {table} set inactive_since = :now where inactive_since is null"), gone)
    db.execute(text("update sla_table set inactive_since = null where hours_profile_id is not null"))
    assert len(found("types_begin_somewhere")) == 8
    assert len(found("tables_count_by_hours_in_use")) == 1
    assert len(found("defaults_may_be_chosen")) == 1
