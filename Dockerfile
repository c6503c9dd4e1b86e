# The bot in a container: `docker compose up` brings PostgreSQL beside it.
# compose.scale.yaml builds it with requirements/dask.txt, for the intake, a scheduler and workers.
FROM python:3.11-slim AS build
ARG REQUIREMENTS=requirements/runtime.txt
WORKDIR /app
COPY requirements requirements
RUN python -m venv /opt/gazette \
    && /opt/gazette/bin/pip install --no-cache-dir --no-deps --require-hashes -r "$REQUIREMENTS"
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY bot bot
COPY summarizers summarizers
RUN /opt/gazette/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 gazette && install -d -o gazette /data /seeds /backups
COPY --from=build /opt/gazette /opt/gazette
COPY config /app/config
WORKDIR /app
USER gazette
ENV PATH=/opt/gazette/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    GAZETTE_SEEDS=/seeds \
    DATABASE_URL=sqlite:////data/gazette.sqlite3 \
    GAZETTE_BACKUP__FOLDER=/backups \
    GAZETTE_WATCH__PORT=8080
# /healthz and /metrics answer inside the container alone; GAZETTE_WATCH__HOST=0.0.0.0 opens them to its networks.
VOLUME ["/data", "/seeds", "/backups"]
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
STOPSIGNAL SIGTERM
CMD ["gazette", "run"]
