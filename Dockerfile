# Spillway in a container: docker build -t spillway . && docker run -p 127.0.0.1:4870:4870 -e SPILLWAY_TOKENS=... spillway
FROM node:24-slim AS build
WORKDIR /spillway
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-progress --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --no-progress

FROM node:24-slim
WORKDIR /spillway
ENV NODE_ENV=production SPILLWAY_HOST=0.0.0.0 SPILLWAY_DATA=/data SPILLWAY_LOG_FORMAT=json
COPY --from=build /spillway/package.json ./
COPY --from=build /spillway/node_modules node_modules
COPY --from=build /spillway/dist dist
COPY --from=build /spillway/bin bin
COPY --from=build /spillway/mock-data mock-data
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4870 4318
HEALTHCHECK --interval=10s --timeout=3s CMD ["node", "-e", "fetch('http://127.0.0.1:4870/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Signals reach the program itself, which closes what it has open.
ENTRYPOINT ["node", "bin/spillway.js"]
CMD ["serve"]
