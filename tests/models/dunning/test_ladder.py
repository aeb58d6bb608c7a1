"""The ladder: never early, never before a weekend, never over a hold, and back at payment (RGC, X-07, D-24)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from models.billing import Invoice, Receipt
from models.catalog import DunningRule
from models.dunning import DebtNotice, Hold, climb, rehearse, review
from models.dunning.debt_notice import notify_of_debt
from models.dunning.debts import debts_of
from models.dunning.ladder import cut_day, may_cut
from models.history import Event
from models.notices import Notice
from models.refused import Refused
from models.scope import Actor, acting
from models.services import Suspension
from tests import cast
from tests.models.billing.money import account, charged, nobody_else, run

pytestmark = pytest.mark.postgresql

DUE = date(2026, 12, 10)
TOLD = date(2026, 12, 14)  # a Monday
CUT = date(2026, 12, 29)  # fifteen days later, a Tuesday


@pytest.fixture(autouse=True)
def ana(db):
    operator = cast.operator("ana.souza")
    with acting(Actor("operator", operator.id, operator.name), "staff"):
        yield


@pytest.fixture
def service(db, clock):
    """Seu Zé owes R$ 166,50 since 10/12/2026; nothing else happens in the house."""
    with clock("2026-12-01 10:00"):
        account()
        charged(cast.ze())
        nobody_else(cast.ze())
        run()
    return cast.service(cast.ze())


def owed(db):
    return db.scalars(select(Invoice)).one()


def test_it_is_told_once_with_text_and_proof(db, clock, service):
    cast.ze().set_contacts({**cast.ze().contacts(), "email": "ze@exemplo.com"})
    db.commit()
    with clock("2026-12-14 09:00"):
        assert climb(service.id, TOLD) == "notice"
        assert climb(service.id, TOLD) is None
    row = db.scalars(select(DebtNotice)).one()
    assert (row.noticed_on, row.suspends_on) == (TOLD, CUT)
    for said in ("10/12/2026", "R$\u00a0166,50", "29/12/2026", "60 dias", "proteção ao crédito", "mesmo dia"):
        assert said in row.text
    assert db.get(Notice, row.notice_id).body == row.text


def test_the_notice_says_the_rule_of_the_company(db, clock, service):
    own = DunningRule.like(service.company_id)
    own.name, own.is_default, own.termination_days = "Da casa", True, 75
    own.create()
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    assert "Depois de 75 dias suspenso" in db.scalars(select(DebtNotice.text)).one()


def test_without_mail_it_is_told_in_the_central_and_a_mail_that_came_back_does_not_count(db, clock, service):
    cast.ze().set_contacts({**cast.ze().contacts(), "email": "ze@exemplo.com"})
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    row = db.scalars(select(DebtNotice)).one()
    db.get(Notice, row.notice_id).failed()
    with clock("2026-12-16 09:00"):
        assert climb(service.id, date(2026, 12, 16)) == "notice"
    db.refresh(row)
    assert (row.channel, row.noticed_on, row.notice_id) == ("portal", date(2026, 12, 16), None)
    assert rehearse([service.id], CUT) == []


def test_nobody_is_told_before_the_business_day_has_passed(db, service):
    owed(db).due_on = date(2026, 12, 12)  # a Saturday: it may be paid until Monday the 14th
    db.commit()
    assert rehearse([service.id], date(2026, 12, 14)) == []
    assert [step.action for step in rehearse([service.id], date(2026, 12, 15))] == ["notice"]


def test_fifteen_days_and_not_before_a_weekend(db, clock, service):
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    for day in range(15):
        assert rehearse([service.id], TOLD + timedelta(days=day)) == [], day
    assert [step.action for step in rehearse([service.id], CUT)] == ["suspend"]
    for closed in (date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), date(2026, 12, 31)):
        assert rehearse([service.id], closed) == [], closed
    with clock("2026-12-29 09:00"):
        assert climb(service.id, CUT) == "suspend"
    db.refresh(service)
    assert service.status == "suspended_for_debt"
    assert "avisada em 14/12/2026" in db.scalars(select(Suspension.reason)).all()[-1]


def test_without_a_notice_nobody_is_cut(db, service):
    late = date(2027, 6, 15)
    assert [step.action for step in rehearse([service.id], late)] == ["notice"]


def test_a_hold_stops_it_and_says_until_when(db, clock, service):
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
        for wrong in (None, date(2026, 12, 13), date(2027, 12, 14)):
            with pytest.raises(Refused):
                Hold.put(service, wrong, "prometeu pagar")
        with pytest.raises(Refused):
            Hold.put(service, CUT, " ")
        Hold.put(service, CUT, "prometeu pagar dia 29")
    step = rehearse([service.id], CUT)[0]
    assert (step.action, step.held) == ("suspend", CUT)
    assert climb(service.id, CUT) is None
    assert climb(service.id, CUT + timedelta(days=1)) == "suspend"


def test_trust_protects_and_reduction_is_off(db, clock, service):
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    with clock("2026-12-29 09:00"):
        climb(service.id, CUT)
        db.refresh(service)
        service.unlock_in_trust(CUT + timedelta(days=1), "vai pagar")
        db.flush()
        assert rehearse([service.id], CUT) == []


def test_payment_brings_it_back(db, clock, service):
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    with clock("2026-12-29 09:00"):
        climb(service.id, CUT)
        assert review(service.id, CUT, paid=True) is False
        owed(db).settle(Receipt("pix", 16650 + 333 + 105, CUT))
        assert review(service.id, CUT, paid=True) is True
        db.refresh(service)
        assert service.status == "active"
        assert review(service.id, CUT, paid=True) is False


def test_what_a_person_suspended_comes_back_by_a_payment_alone(db, clock, service):
    service.suspend("Uso indevido")
    with clock("2026-12-29 09:00"):
        assert review(service.id, CUT, paid=False) is False
        assert review(service.id, CUT, paid=True) is True


def test_the_end_of_a_debt_that_nobody_paid_is_not_called_paid(db, clock, service):
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    with clock("2026-12-29 09:00"):
        climb(service.id, CUT)
        owed(db).move_due(date(2027, 1, 11), may_discount=True)
        assert review(service.id, CUT, paid=False) is True
    ended = db.scalars(select(Event).where(Event.action == "service.enabled").order_by(Event.id.desc())).first()
    assert ended.data["reason"] == "Nenhum débito avisado em aberto"


def test_another_debt_told_long_ago_keeps_it_suspended(db, clock, service):
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    with clock("2027-01-01 10:00"):
        run()
    with clock("2027-02-01 10:00"):
        assert climb(service.id, date(2027, 2, 1)) == "suspend"
        first, second = db.scalars(select(Invoice).where(Invoice.status == "open").order_by(Invoice.due_on)).all()[:2]
        other = debts_of([service.id], date(2027, 1, 12))[service.id][-1]
        notify_of_debt(service, other, DunningRule.of(service.company_id), date(2027, 1, 28), date(2027, 1, 12))
        first.settle(Receipt("pix", first.total_cents, date(2027, 2, 1)))
        assert review(service.id, date(2027, 2, 1), paid=True) is False
        second.settle(Receipt("pix", second.total_cents, date(2027, 2, 1)))
        assert review(service.id, date(2027, 2, 1), paid=True) is True


def test_sixty_days_suspended_is_a_proposal_and_nothing_else(db, clock, service):
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    with clock("2026-12-29 09:00"):
        climb(service.id, CUT)
    later = CUT + timedelta(days=60)
    assert rehearse([service.id], later - timedelta(days=1)) == []
    assert [step.action for step in rehearse([service.id], later)] == ["terminate"]
    assert climb(service.id, later) is None


@pytest.mark.parametrize("days", [14, 0, 366, None])
def test_the_rule_keeps_to_the_law(db, days):
    with pytest.raises(Refused):
        DunningRule.of(0).change(suspend_days=days)


def test_eves(db):
    rule = DunningRule.of(0)
    assert cut_day(date(2026, 12, 9), rule) == date(2026, 12, 28)  # 24/12 is the eve of Christmas, 26 and 27 a weekend
    assert not may_cut(rule, date(2026, 12, 18))  # a Friday
    assert may_cut(rule, date(2026, 12, 17))
    rule.business_days_only = False
    assert may_cut(rule, date(2026, 12, 18))


def test_a_moved_due_date_is_told_anew(db, clock, service):
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
        owed(db).move_due(date(2027, 1, 4), may_discount=True)
        db.commit()
    assert [step.action for step in rehearse([service.id], date(2027, 1, 6))] == ["notice"]


def test_a_notice_that_never_left_cuts_nobody(db, clock, service):
    cast.ze().set_contacts({**cast.ze().contacts(), "email": "ze@exemplo.com"})
    with clock("2026-12-14 09:00"):
        climb(service.id, TOLD)
    assert rehearse([service.id], CUT) == []
    db.scalars(select(Notice)).one().sent()
    db.flush()
    assert [step.action for step in rehearse([service.id], CUT)] == ["suspend"]
