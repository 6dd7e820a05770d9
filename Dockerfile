# Calf Coach in a container: docker build -t calf-coach .
FROM python:3.13-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
COPY bot.py settings.py ./
COPY app app
COPY cli cli
COPY coach coach
COPY content content
COPY db db
COPY gateway gateway
COPY handlers handlers
COPY scheduler scheduler
COPY services services
COPY telegram_local telegram_local
# Looks the content over, and leaves what finding needs in .cache: the first start is as quick as the next.
RUN DATABASE_URL=sqlite:////tmp/check.db /venv/bin/python bot.py check && /venv/bin/python bot.py ask calves

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home coach && install -d -o coach -m 0700 /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER coach
VOLUME /data
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/calf-coach.db LISTEN=0.0.0.0:8080 LOG_FORMAT=json
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["python", "bot.py"]
CMD ["run"]
