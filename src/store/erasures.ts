import { createHash, randomBytes } from 'node:crypto';
import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { Erasures } from '../trail/erasure.port.ts';
import { ERASED, mentions, type PersonToErase, withoutPerson } from '../trail/erasure.ts';
import { draftModel } from './drafts.ts';
import { eraseFiles } from './erased-files.ts';
import { ledgerModels } from './ledger-models.ts';
import { emptyLog, eraseBody } from './removal.ts';
import { trailLines } from './verify-trail.ts';

const schema = new Schema({ _id: String, salt: String }, { versionKey: false, autoIndex: false, autoCreate: false });
const SALT = 'salt';

function erasedContacts(connection: Connection) {
  return (connection.models.erasedcontacts ?? connection.model('erasedcontacts', schema, 'erasedcontacts')).collection;
}

const digest = (salt: string, contact: string) => createHash('sha256').update(salt).update(contact).digest('hex');

/** Contact ids that no import may bring back; they are kept as salted digests alone. Read once an import. */
export async function erasedIds(connection: Connection): Promise<(contact: string) => boolean> {
  const kept = await erasedContacts(connection).find<{ _id: string; salt?: string }>({}).toArray();
  const salt = kept.find(({ _id }) => _id === SALT)?.salt;
  if (salt === undefined) return () => false;
  const erased = new Set(kept.map(({ _id }) => _id));
  return (contact) => erased.has(digest(salt, contact));
}

/** Bodies, texts and names go; entries, invoices and payments stay. */
export function erasureStore(connection: Connection): Erasures {
  const { contacts } = ledgerModels(connection);
  const drafts = draftModel(connection).collection;
  return {
    async erase(account, person, now, unpaid) {
      const files = await eraseFiles(connection, account, person, unpaid, now);
      const texts = await eraseTexts(connection, account, person, now);
      const replies = await eraseReplies(connection, account, person);
      const mails = await eraseMails(drafts, account, person);
      await eraseElsewhere(connection, account, person);
      const salt = { $setOnInsert: { salt: randomBytes(16).toString('hex') } };
      const list = erasedContacts(connection);
      await list.updateOne({ _id: SALT as never }, salt, { upsert: true });
      const kept = (await list.findOne<{ salt: string }>({ _id: SALT as never }))!;
      await list.updateOne({ _id: digest(kept.salt, person.id) as never }, { $set: { salt: '' } }, { upsert: true });
      await contacts.collection.deleteOne({ _id: person.id as never });
      await emptyLog(connection);
      return { texts, replies, mails, files };
    },
  };
}

type Collection = ReturnType<typeof erasedContacts>;

async function eraseTexts(connection: Connection, account: string, person: PersonToErase, now: Temporal.Instant): Promise<number> {
  const about = { $or: [{ 'entry.account': account }, { 'entry.aggregate': `account:${account}` }] };
  let erased = 0;
  for await (const { document, body } of trailLines(connection, about)) {
    if (!body || document.entry.type === 'person-erased' || !mentions(body.body, person)) continue;
    await eraseBody(connection, document.fact, now);
    erased += 1;
  }
  return erased;
}

async function eraseReplies(connection: Connection, account: string, person: PersonToErase): Promise<number> {
  let erased = 0;
  for (const name of ['replytexts', 'casetexts']) {
    const collection = connection.collection<{ _id: string; text: string }>(name);
    for (const found of await collection.find({ account }).toArray()) {
      if (!mentions(found, person)) continue;
      erased += 1;
      if (name === 'replytexts') await collection.deleteOne({ _id: found._id });
      else await collection.updateOne({ _id: found._id }, { $set: { text: withoutPerson(found.text, person) } });
    }
  }
  return erased;
}

/** Where people write in their own words about an account, besides its trail: the document's fields that hold such words. */
const WRITTEN_ABOUT: readonly { readonly name: string; readonly field: string; readonly of: (account: string) => object }[] = [
  { name: 'cases', field: 'case', of: (account) => ({ account }) },
  { name: 'charges', field: 'charges', of: (account) => ({ _id: account }) },
  { name: 'alerts', field: 'about', of: (account) => ({ account }) },
  // Messages that were posted are kept for a month; what people said in Slack came in by an event.
  { name: 'jobs', field: 'payload', of: () => ({}) },
  { name: 'jobs', field: 'progress', of: () => ({}) },
];

/** Version and facts stay: what is replaced are words, and no decision rests on them. */
async function eraseElsewhere(connection: Connection, account: string, person: PersonToErase): Promise<void> {
  for (const { name, field, of } of WRITTEN_ABOUT) {
    const collection = connection.collection<{ _id: string; [field: string]: unknown }>(name);
    for await (const { _id, [field]: value } of collection.find(of(account))) {
      if (!mentions(value, person)) continue;
      await collection.updateOne({ _id, [field]: value } as object, { $set: { [field]: withoutPerson(value, person) } });
    }
  }
}

/** Mails that were sent or dropped keep what they asked for, without whom they were written to. */
async function eraseMails(drafts: Collection, account: string, person: PersonToErase): Promise<number> {
  let erased = 0;
  for (const { _id, draft } of await drafts
    .find<{ _id: string; draft: { content: { body: string } } }>({ account, open: false })
    .toArray()) {
    if (!mentions(draft, person)) continue;
    erased += 1;
    // A greeting or a signature may name the person by another form of the name: the words go as a whole.
    const clean = withoutPerson(draft, person);
    const content = { ...clean.content, body: ERASED };
    await drafts.updateOne({ _id: _id as never }, { $set: { draft: { ...clean, content, earlier: null } } });
  }
  return erased;
}
