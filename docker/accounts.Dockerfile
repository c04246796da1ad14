# The mock account API. Not built where this project is developed (docs/deployment.md).
FROM python:3.12.12-slim-bookworm AS laid
WORKDIR /srv
COPY requirements/api.txt requirements/api.txt
RUN python -m venv .venv-api \
 && .venv-api/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements/api.txt
COPY api api
COPY bot/__init__.py bot/__init__.py
COPY bot/text bot/text
COPY data data

FROM python:3.12.12-slim-bookworm
WORKDIR /srv
RUN groupadd --gid 10001 helpbot \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin helpbot \
 && install -d -o helpbot -g helpbot -m 700 /state
COPY --from=laid /srv /srv
# Every address of this container: its network has no way out and no published port.
ENV PATH=/srv/.venv-api/bin:$PATH \
    PYTHONPATH=/srv PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HELPBOT_ACCOUNTS_HOST=0.0.0.0 \
    HELPBOT_ACCOUNTS_DATABASE_URL=sqlite+aiosqlite:////state/accounts.db
USER 10001:10001
EXPOSE 8010
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8010/healthz', timeout=2)"]
CMD ["python", "-m", "api.accounts"]
