"""gunicorn's settings in the image; WEB_CONCURRENCY and WEB_THREADS size it (docs/deploy.md)."""

import os

bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 120
graceful_timeout = 25
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"
control_socket_disable = True  # it would want a home directory
forwarded_allow_ips = os.environ.get("WBL_PROXIES", "127.0.0.1")
