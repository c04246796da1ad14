# The gateway; also its worker and its migrations. Not built where this project is developed:
# there is no container engine there (docs/deployment.md says what was checked instead).
FROM python:3.12.12-slim-bookworm AS laid
WORKDIR /srv
COPY requirements/api.txt requirements/api.txt
RUN python -m venv .venv-api \
 && .venv-api/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements/api.txt
COPY api/widget/package.json api/widget/package-lock.json api/widget/.npmrc api/widget/
RUN PATH="/srv/.venv-api/bin:$PATH" npm --prefix api/widget ci --omit=dev
COPY api api
COPY bot/__init__.py bot/__init__.py
COPY bot/text bot/text
COPY data data
COPY tools tools
# The widget is built here, so that nothing is written where it runs; what built it stays behind.
RUN .venv-api/bin/python -m tools.build_widget \
 && rm -rf api/widget/node_modules tools

FROM python:3.12.12-slim-bookworm
WORKDIR /srv
RUN groupadd --gid 10001 helpbot \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin helpbot \
 && install -d -o helpbot -g helpbot -m 700 /state
COPY --from=laid /srv /srv
ENV PATH=/srv/.venv-api/bin:$PATH \
    PYTHONPATH=/srv PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    HELPBOT_WIDGET_FILES=/srv/var/widget \
    HELPBOT_ERASURE_LEDGER=/state/erasures.ledger \
    HELPBOT_DATABASE_URL=sqlite:////state/gateway.db
USER 10001:10001
EXPOSE 8000
# Alive, not ready: a gateway without Rasa still writes messages down, and must not be killed.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["python", "-m", "api"]
