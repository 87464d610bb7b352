# One image for web, worker, beat and the one-shot migration. No part of it is specific to an installation:
# everything comes from the environment (docs/operations.md).
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN groupadd --gid 10001 meridian && useradd --uid 10001 --gid meridian --create-home meridian \
    && install -d -o meridian -g meridian /data

WORKDIR /app
COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes -r requirements/run.txt
COPY . .

# Static files belong to the image, not to the data volume, so that a new image brings its own.
# The values of this line exist while it runs and nowhere else.
ENV MERIDIAN_ENV=production STATIC_ROOT=/app/staticfiles DATA_DIR=/data PORT=8000
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
    DATABASE_URL=postgresql:///build REDIS_URL=redis://build ALLOWED_HOSTS=build BASE_URL=https://build EMAIL_HOST=build \
    python manage.py collectstatic --noinput --verbosity 0

USER meridian
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=4 CMD ["python", "-m", "config.healthcheck", "/healthz"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--max-requests", "2000", "--max-requests-jitter", "200", "--access-logfile", "-"]
