# Two images: `shop` runs every process of the shop, `proxy` stands in front of it with the static
# files. The base images are named by version; pin them by digest in your own registry.

FROM python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /srv/vitrine
COPY requirements.txt ./
RUN python -m venv .venv && .venv/bin/pip install --require-hashes --requirement requirements.txt
COPY app app
COPY migrations migrations
COPY static static
COPY templates templates
COPY workers workers
COPY wsgi.py ./
RUN .venv/bin/python -m compileall -q app migrations workers wsgi.py

FROM caddy:2.11-alpine AS proxy
COPY deploy/Caddyfile /etc/caddy/Caddyfile
COPY static /srv/vitrine/static

FROM python:3.13-slim-trixie AS shop
# Backups of PostgreSQL are made with its own tools; the newest ones of this Debian are wanted.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 shop \
    && useradd --uid 10001 --gid shop --home-dir /data --no-create-home shop \
    && install --directory --owner=shop --group=shop --mode=700 /data \
    && install --directory --owner=shop --group=shop --mode=755 /data/media
COPY --from=build /srv/vitrine /srv/vitrine
WORKDIR /srv/vitrine
ENV PATH=/srv/vitrine/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    FLASK_APP=wsgi \
    VITRINE_ENV=production \
    VITRINE_HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-m", "workers", "healthy", "web"]
CMD ["python", "-m", "workers", "up"]
