# The assets, then the program; the image holds no build tools and runs as nobody in particular.
FROM node:20-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY src/zhengtong/faces src/zhengtong/faces
COPY tools tools
RUN npm run build

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ZHENGTONG_ENV=production ZHENGTONG_VAR=/var/lib/zhengtong
WORKDIR /srv/zhengtong
COPY requirements/base.txt requirements/base.in requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/base.txt
COPY pyproject.toml README.md ./
COPY src src
COPY charters charters
COPY tools tools
COPY --from=assets /src/src/zhengtong/faces/shared/static/built src/zhengtong/faces/shared/static/built
COPY --from=assets /src/node_modules/@embedpdf/fonts-sc/fonts /usr/share/zhengtong/fonts
ENV ZHENGTONG_FONTS=/usr/share/zhengtong/fonts
RUN pip install --no-cache-dir --no-deps -e . \
 && python -m tools.messages compile \
 && useradd --system --home /var/lib/zhengtong zhengtong \
 && install -d -o zhengtong -g zhengtong -m 0700 /var/lib/zhengtong
USER zhengtong
VOLUME /var/lib/zhengtong
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--blocking-threads", "1", "--workers", "2", "zhengtong.project.wsgi:application"]
