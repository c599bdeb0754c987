# Three images from one file: `build` installs and collects, `site` runs Django, `front` is nginx with the static files.
# Why it is so: docs/adr/0010-container.md.

FROM python:3.11-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /site
RUN python -m venv /venv
COPY requirements.txt ./
RUN /venv/bin/python -m pip install --require-hashes -r requirements.txt
COPY manage.py gunicorn.conf.py ./
COPY deploy/healthcheck.py deploy/healthcheck.py
COPY static static
COPY templates templates
COPY common common
COPY places places
COPY organisations organisations
COPY groups groups
COPY peersupport peersupport
# Settings want a key and a database; neither is used here, and neither stays in the image.
RUN DEBUG=0 SECRET_KEY=only-while-the-image-is-built DATABASE_URL=sqlite://:memory: \
    /venv/bin/python manage.py collectstatic --noinput

FROM python:3.11-slim-bookworm AS site
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
# The letters of printed lists, Welsh ones too.
RUN apt-get update --quiet=2 && apt-get install --quiet=2 --yes --no-install-recommends fonts-dejavu-core \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin alongside
WORKDIR /site
COPY --from=build /venv /venv
COPY --from=build /site /site
USER alongside
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "peersupport.wsgi"]

FROM nginx:stable-alpine AS front
COPY deploy/nginx.conf /etc/nginx/nginx.conf
COPY deploy/site_proxy.conf /etc/nginx/site_proxy.conf
COPY deploy/too_many.html /srv/errors/too_many.html
COPY --from=build /site/staticfiles /srv/static
EXPOSE 8080 8443
