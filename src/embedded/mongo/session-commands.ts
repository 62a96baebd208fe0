import type { Command } from './command.ts';
import type { Doc } from './values.ts';

/** What a standalone MongoDB says of itself. Without a set name the driver sends no transaction numbers; without topologyVersion it polls. */
const helloReply = (): Doc => ({
  helloOk: true,
  ismaster: true,
  isWritablePrimary: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  // Larger batches would keep the store from answering others for too long.
  maxWriteBatchSize: 1_000,
  localTime: new Date(),
  logicalSessionTimeoutMinutes: 30,
  minWireVersion: 0,
  maxWireVersion: 25,
  readOnly: false,
});

const helloOptions = ['helloOk', 'client', 'compression', 'loadBalanced', 'topologyVersion', 'maxAwaitTimeMS', 'backpressure'];
const hello: Command = { options: helloOptions, run: helloReply };

export const sessionCommands: Record<string, Command> = {
  hello,
  ismaster: hello,
  ping: { options: [], run: () => ({}) },
  buildinfo: {
    options: [],
    run: () => ({ version: '8.0.0', versionArray: [8, 0, 0, 0], modules: [], maxBsonObjectSize: 16 * 1024 * 1024 }),
  },
  endSessions: { options: [], run: () => ({}) },
};
