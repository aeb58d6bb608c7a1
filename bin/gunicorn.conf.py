"""How gunicorn serves: two processes of two threads, at 127.0.0.1:8000 unless told otherwise (docs/operacao.md)."""

from pathlib import Path

import gunicorn.http.wsgi

gunicorn.http.wsgi.SERVER = "Enlace"  # no name and version of the server in its answers

wsgi_app = "app:create_app()"
preload_app = True  # made once, then forked: a process that died is back at once (making it opens no connection)
workers = 2
threads = 2
timeout = 60
graceful_timeout = 20
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = None  # web/logs.py writes one line per request, without addresses and personal data
errorlog = "-"
loglevel = "warning"
control_socket_disable = True
if Path("/dev/shm").is_dir():
    worker_tmp_dir = "/dev/shm"  # the heartbeat of the processes should not wait for a disk
