# One image for web, worker, beat and migrate; the command decides which it is.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ICESHOP_ENV=production
WORKDIR /app
RUN useradd --system --create-home --uid 1000 iceshop

COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt

COPY . .
# Collecting needs settings that load; none of these values stays in the image.
RUN ICESHOP_SECRET_KEY=build-only-build-only-build-only-build-only-build-only \
    ICESHOP_ALLOWED_HOSTS=build.invalid ICESHOP_PUBLIC_URL=https://build.invalid \
    DATABASE_URL=postgresql:///build REDIS_URL=redis://build \
    WHATSAPP_APP_SECRET=build WHATSAPP_VERIFY_TOKEN=build WHATSAPP_ACCESS_TOKEN=build \
    python manage.py collectstatic --noinput \
    && chown -R iceshop /app/var

USER iceshop
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s \
    CMD python -c "import urllib.request; urllib.request.urlopen(urllib.request.Request('http://127.0.0.1:8000/health/live', headers={'Host': 'localhost'}))" || exit 1
CMD ["uvicorn", "iceshop.asgi:application", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--proxy-headers", "--forwarded-allow-ips", "*"]
