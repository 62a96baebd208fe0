import { BSONError, serialize } from 'bson';
import { decode } from './disk.ts';
import { badValue, unsupported } from './errors.ts';
import type { Doc } from './values.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;
const MAX_MESSAGE = 48_000_000;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;

/** One request off the wire: its document, with document sequences in their place, and how to answer it. */
export interface Request {
  readonly body: Doc;
  /** False for an unacknowledged write. */
  readonly wantsReply: boolean;
  reply(doc: Doc): Buffer;
}

/** Splits what arrives on a connection into whole messages. Throws if the peer does not speak MongoDB's protocol. */
export class Framer {
  #chunks: Buffer[] = [];
  #bytes = 0;

  *push(chunk: Buffer): Generator<Buffer> {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    while (this.#bytes >= HEADER) {
      if (this.#chunks[0]!.length < 4) this.#join();
      const length = this.#chunks[0]!.readInt32LE(0);
      if (length < HEADER || length > MAX_MESSAGE) throw new Error(`A message of ${length} bytes is not possible`);
      if (this.#bytes < length) return;
      const all = this.#join();
      this.#chunks = [all.subarray(length)];
      this.#bytes -= length;
      yield all.subarray(0, length);
    }
  }

  #join(): Buffer {
    const all = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [all];
    return all;
  }
}

/** What came instead of a command that could be read; `error` is for the reply. */
export interface Unreadable {
  readonly error: Error;
  reply(doc: Doc): Buffer;
}

/** Reads one message; throws for a kind of message there is no answer to. */
export function parseRequest(message: Buffer): Request | Unreadable {
  const id = message.readInt32LE(4);
  const code = message.readInt32LE(12);
  if (code !== OP_MSG && code !== OP_QUERY) throw new Error(`Messages of the kind ${code} are not known`);
  const reply = code === OP_MSG ? (doc: Doc) => msgReply(id, doc) : (doc: Doc) => queryReply(id, doc);
  try {
    return code === OP_MSG ? { ...readMsg(message), reply } : { body: readQuery(message), wantsReply: true, reply };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return {
      error: error instanceof BSONError || error instanceof RangeError ? badValue(`The message cannot be read: ${error.message}`) : error,
      reply,
    };
  }
}

function readMsg(message: Buffer): { body: Doc; wantsReply: boolean } {
  const flags = message.readUInt32LE(HEADER);
  const end = message.length - (flags & CHECKSUM_PRESENT ? 4 : 0);
  let body: Doc = {};
  const sequences: Doc = {};
  let at = HEADER + 4;
  while (at < end) {
    const kind = message[at++];
    const size = message.readInt32LE(at);
    const section = message.subarray(at, at + size);
    if (size < 5 || at + size > end) throw new RangeError('a section does not fit');
    if (kind === 0) body = decode(section);
    else if (kind === 1) Object.assign(sequences, readSequence(section));
    else throw unsupported(`message sections of kind ${kind}`);
    at += size;
  }
  return { body: { ...body, ...sequences }, wantsReply: (flags & MORE_TO_COME) === 0 };
}

function readSequence(section: Buffer): Doc {
  const nameEnd = section.indexOf(0, 4);
  const docs: Doc[] = [];
  let at = nameEnd + 1;
  while (at < section.length) {
    const size = section.readInt32LE(at);
    if (size < 5 || at + size > section.length) throw new RangeError('a document does not fit');
    docs.push(decode(section.subarray(at, at + size)));
    at += size;
  }
  return { [section.toString('utf8', 4, nameEnd)]: docs };
}

/** The first message of a connection is a hello in the form of MongoDB 3. */
function readQuery(message: Buffer): Doc {
  const nameEnd = message.indexOf(0, HEADER + 4);
  const db = message.toString('utf8', HEADER + 4, nameEnd).replace(/\.\$cmd$/, '');
  return { ...decode(message.subarray(nameEnd + 9)), $db: db };
}

function header(length: number, responseTo: number, code: number): Buffer {
  const bytes = Buffer.alloc(HEADER);
  bytes.writeInt32LE(length, 0);
  bytes.writeInt32LE(responseTo, 8);
  bytes.writeInt32LE(code, 12);
  return bytes;
}

function msgReply(responseTo: number, doc: Doc): Buffer {
  const body = serialize(doc);
  return Buffer.concat([header(HEADER + 5 + body.length, responseTo, OP_MSG), Buffer.alloc(5), body]);
}

function queryReply(responseTo: number, doc: Doc): Buffer {
  const body = serialize(doc);
  const fields = Buffer.alloc(20);
  fields.writeInt32LE(1, 16);
  return Buffer.concat([header(HEADER + 20 + body.length, responseTo, OP_REPLY), fields, body]);
}
