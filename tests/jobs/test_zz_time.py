import time, resource
def test_t(app, db, worker):
    for n in ("demo --customers 20000", "check"):
        t=time.monotonic(); c=resource.getrusage(resource.RUSAGE_SELF).ru_utime
        a = worker.command(*n.split())
        print(n, a.output, "wall", time.monotonic()-t, "cpu", resource.getrusage(resource.RUSAGE_SELF).ru_utime-c)
