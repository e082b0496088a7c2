# Postroom in a container: a locked install, no root, one folder that is written to.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/postroom
COPY requirements.lock ./
RUN /opt/postroom/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY . .
RUN /opt/postroom/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
COPY --from=build /opt/postroom /opt/postroom
RUN useradd --system --uid 10001 --home-dir /var/lib/postroom --create-home postroom
USER postroom
ENV PATH=/opt/postroom/bin:$PATH PYTHONUNBUFFERED=1
VOLUME /var/lib/postroom
# Asks the ledger only: unhealthy where reading or sending has stopped, or the ledger is out of reach.
HEALTHCHECK --interval=60s --timeout=20s --start-period=120s --retries=3 \
    CMD ["postroom", "--config", "/etc/postroom/config.toml", "health"]
ENTRYPOINT ["postroom", "--config", "/etc/postroom/config.toml"]
CMD ["run"]
