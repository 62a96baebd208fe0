import type { Connection } from 'mongoose';
import type { SendClaim, SendClaims } from '../mails/send.port.ts';
import { ledgerModels } from './ledger-models.ts';

/** On the account's document beside its work; `fence` stays when the claim is gone. */
interface SendingPart {
  readonly draft: string | null;
  readonly fence: number;
  readonly phase: SendClaim['phase'];
  readonly until: Date;
}

interface ClaimedAccount {
  readonly _id: string;
  readonly version: number;
  readonly dirty: string | null;
  readonly sending: SendingPart;
}

const PROJECTION = { version: 1, dirty: 1, sending: 1 };
const date = (at: Temporal.Instant) => new Date(at.epochMilliseconds);

/**
 * Claims leave the account's version alone: they are no change of it. Everything a mail rests on raises the version (people's decisions, and the
 * importer before its first row), so a commit at the version of the claim is a commit of what was checked.
 */
export function sendClaimStore(connection: Connection): SendClaims {
  const { collection } = ledgerModels(connection).accounts;
  const held = ({ account, draft, fence }: SendClaim) => ({ _id: account as never, 'sending.draft': draft, 'sending.fence': fence });
  const find = async (filter: object, update: object): Promise<SendClaim | null> => {
    const found = await collection.findOneAndUpdate(filter as never, update as never, { projection: PROJECTION, returnDocument: 'after' });
    return found && toClaim(found as unknown as ClaimedAccount);
  };
  return {
    claim: (account, draft, until) =>
      find(
        { _id: account, 'sending.draft': null },
        { $set: { 'sending.draft': draft, 'sending.phase': 'sending', 'sending.until': date(until) }, $inc: { 'sending.fence': 1 } },
      ),
    async commit(claim, until) {
      const filter = { ...held(claim), 'sending.phase': 'sending', version: claim.version, dirty: null };
      const update = { $set: { 'sending.phase': 'committing', 'sending.until': date(until) } };
      return (await collection.updateOne(filter, update as never)).matchedCount === 1;
    },
    async lapsed(now) {
      const filter = { 'sending.until': { $lte: date(now) }, 'sending.draft': { $ne: null } };
      const found = await collection.find<ClaimedAccount>(filter as never, { projection: PROJECTION, sort: { _id: 1 } }).toArray();
      return found.map(toClaim);
    },
    takeOver: (claim, now, until) =>
      find(
        { ...held(claim), 'sending.phase': claim.phase, 'sending.until': { $lte: date(now) } },
        { $set: { 'sending.until': date(until) }, $inc: { 'sending.fence': 1 } },
      ),
    async release(claim) {
      await collection.updateOne(held(claim), { $set: { 'sending.draft': null } } as never);
    },
  };
}

function toClaim({ _id, version, dirty, sending }: ClaimedAccount): SendClaim {
  return { account: _id, draft: sending.draft ?? '', fence: sending.fence, version, dirty: dirty !== null, phase: sending.phase };
}
