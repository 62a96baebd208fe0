# Arrears with your Slack and your MongoDB, or with the embedded store in /data. How to run it: docs/operate.md.
FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production DATA_DIR=/data

# The Node that npm brings for machines with an older one is not needed here, and 200 MB.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/.bin/node
COPY scripts ./scripts
COPY prompts ./prompts
COPY src ./src

RUN mkdir -p /data && chown node:node /data && chmod 0700 /data
VOLUME /data
USER node

# Whether the process lives, not /readyz: Swarm and others replace what is unhealthy, and a new process helps nobody while Slack or the store is away.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "const at = process.env.HEALTH_ADDRESS || '127.0.0.1:9464'; if (at !== 'off') fetch(`http://${at}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Not by npm, which would not pass the signal to stop on in time.
CMD ["node", "src/start.js", "src/main.ts"]
