import sys,time; sys.path.insert(0,'/tmp/shotsC')
from datetime import date
from gen import make
from sqlalchemy import select, func
from models.billing import *
from models.base import db as base
from tests.models.billing.money import account
from tests.staff.billing.test_bank_files import issued, upload, PATH
from tests import cast
import resource
def test_big(db, clock, staff, worker, count_queries):
    with clock("2026-12-22 14:00"):
        itau=account(); db.refresh(itau); db.expunge(itau)
        ana=staff("ana.souza")
        N=4000
        issued(itau, list(range(20001,20001+N)))
        content=make([(1900+n,n,9990,9990,'06',190) for n in range(20001,20001+N)], date(2026,12,10))
        print(len(content))
        t=time.time(); r=upload(ana,content,itau); print('upload',r.status,time.time()-t)
        t=time.time(); p=ana.get(r.location); print('preview',time.time()-t)
        ana.post(r.location)
        t=time.time(); worker.drain(); print('settled',time.time()-t)
        print(db.scalar(select(func.count()).select_from(Payment)))
        t=time.time(); p=ana.get(r.location); print('result',time.time()-t)
        from sqlalchemy import update
        db.execute(update(Invoice).values(status='open',paid_cents=0,paid_on=None,registration='pending')); db.commit()
        t=time.time(); m=ana.post(f"{PATH}/remessa",{"account_id":str(itau.id)}); print('remessa',m.status,time.time()-t)
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024)
