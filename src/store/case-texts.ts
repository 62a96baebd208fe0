import type { Connection } from 'mongoose';
import { Schema } from 'mongoose';
import type { CaseText, CaseTexts } from '../escalation/case.port.ts';
import { untrusted } from '../kernel/untrusted.ts';

const schema = new Schema(
  { _id: String, case: String, account: String, by: String, at: String, text: String, changes: Schema.Types.Mixed },
  { versionKey: false, autoIndex: false, autoCreate: false },
)
  .index({ case: 1, at: 1 })
  .index({ account: 1 });

interface Said {
  readonly _id: string;
  readonly by: string;
  readonly at: string;
  readonly text: string;
  readonly changes?: NonNullable<CaseText['changes']>;
}

/** One document a message, so that erasing one leaves the decision and its facts in place. */
export function caseTextStore(connection: Connection): CaseTexts {
  const { collection } = connection.models.casetexts ?? connection.model('casetexts', schema, 'casetexts');
  return {
    async keep({ id, text, ...said }) {
      await collection.updateOne({ _id: id as never }, { $setOnInsert: { ...said, text: text.untrusted } }, { upsert: true });
    },
    async of(id) {
      const found = await collection.find<Said>({ case: id }, { sort: { at: 1, _id: 1 } }).toArray();
      return found.map(({ _id, text, by, at, changes }) => ({ id: _id, by, at, text: untrusted(text), ...(changes && { changes }) }));
    },
  };
}
