/** One instance that sends what is queued until nothing is left. Arguments: src, store uri, port of the mail server, ISO time at its start. */
import { sendParts } from './post-office.ts';

const [src, uri, port, start] = process.argv.slice(2) as [string, string, string, string];
const from = Temporal.Instant.from(start);
const began = performance.now();
const now = () => from.add({ milliseconds: Math.round(performance.now() - began) });
const { parts, through, sendApproved } = await sendParts(src, uri, now);
const ports = through(Number(port));
process.send?.('ready');
while ((await sendApproved(ports)) > 0);
await parts.close();
process.exit(0);
