# Rasa with this tree's model, which is trained while the image is built: the same data, the same
# model, and none is fetched from anywhere. Not built where this project is developed
# (docs/deployment.md).
FROM python:3.10.19-slim-bookworm AS laid
WORKDIR /srv
COPY requirements/bot.txt requirements/bot.txt
RUN python -m venv .venv-bot \
 && .venv-bot/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements/bot.txt
COPY config.yml credentials.yml endpoints.yml ./
COPY bot bot
COPY actions actions
COPY data data
COPY tools tools
# The name carries the hash of what the model is made of; the file `var/model` names it.
RUN mkdir -p var/log \
 && .venv-bot/bin/python -m tools.train >var/model \
 && rm -rf tools var/log

FROM python:3.10.19-slim-bookworm
WORKDIR /srv
RUN groupadd --gid 10001 helpbot \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin helpbot \
 && install -d -o helpbot -g helpbot -m 700 /state
COPY --from=laid /srv /srv
COPY docker/rasa.sh docker/filtered.sh docker/
# Rasa unpacks its model into /tmp, which is memory (compose.yaml).
ENV PATH=/srv/.venv-bot/bin:$PATH \
    PYTHONPATH=/srv PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore \
    HOME=/tmp MPLCONFIGDIR=/tmp RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 \
    MALLOC_ARENA_MAX=2 OPENBLAS_NUM_THREADS=1 \
    HELPBOT_TRACKER_URL=sqlite:////state/tracker.db
USER 10001:10001
EXPOSE 5005
HEALTHCHECK --interval=10s --timeout=3s --start-period=90s --retries=3 \
    CMD ["python", "-S", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:5005/', timeout=2)"]
CMD ["sh", "docker/rasa.sh"]
