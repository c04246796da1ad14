# The action server. It needs little of requirements/bot.txt, but the SDK has to be of Rasa's own
# version, and one pinned set is what is tested. Not built where this project is developed
# (docs/deployment.md).
FROM python:3.10.19-slim-bookworm AS laid
WORKDIR /srv
COPY requirements/bot.txt requirements/bot.txt
RUN python -m venv .venv-bot \
 && .venv-bot/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements/bot.txt
COPY actions actions

FROM python:3.10.19-slim-bookworm
WORKDIR /srv
RUN groupadd --gid 10001 helpbot \
 && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin helpbot
COPY --from=laid /srv /srv
COPY docker/filtered.sh docker/filtered.sh
# Every address of this container: its network has no way out and no published port.
ENV PATH=/srv/.venv-bot/bin:$PATH \
    PYTHONPATH=/srv PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONWARNINGS=ignore HOME=/tmp \
    HELPBOT_ACTIONS_HOST=0.0.0.0
USER 10001:10001
EXPOSE 5055
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-S", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:5055/health', timeout=2)"]
CMD ["bash", "docker/filtered.sh", "python", "-m", "actions"]
