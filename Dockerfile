# The image of wbl: one for web, worker, beat and every management command. It holds no secret and writes only to /tmp.
FROM python:3.13-slim AS build
COPY requirements.txt /
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r /requirements.txt

FROM python:3.13-slim
RUN useradd --system --uid 10001 --user-group --no-create-home wbl
COPY --from=build /venv /venv
WORKDIR /app
COPY . /app
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    WBL_NO_BOOTSTRAP=1 WBL_LOCAL_DIR=/tmp/wbl WBL_BEAT_FILE=/tmp/beat DJANGO_SETTINGS_MODULE=wbl.settings
RUN python -m compileall -q /app && python manage.py collectstatic --noinput -v 0
USER wbl
EXPOSE 8000
ENTRYPOINT ["python"]
CMD ["-m", "gunicorn", "--config", "wbl/serving.py", "wbl.wsgi:application"]
