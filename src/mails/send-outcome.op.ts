import { markBounced } from '../account/mark-bounced.op.ts';
import { dayIn, zoneOf } from '../kernel/day.ts';
import { eachAlone } from '../kernel/each-alone.op.ts';
import { changeDraft } from './change-draft.op.ts';
import type { Draft, DraftRequest } from './draft.ts';
import { recordContact } from './mark-sent.op.ts';
import type { MailOutcome, SendClaim } from './send.port.ts';
import { meetTrouble, overcomeTroubles, releaseProbe } from './send-mailbox.op.ts';
import type { SendNeeds } from './send-plan.op.ts';
import { troubleTell } from './tell-trouble.op.ts';

const BY = 'clock';
/** Minutes before the next try, while the server refuses for now; after the last the mail has failed. */
const PAUSES = [1, 5, 15, 30, 60];

/** A try under way. `probe`: it tells whether the trouble of the mailbox is over. */
interface Attempt {
  readonly claim: SendClaim;
  readonly draft: Draft;
  readonly probe: boolean;
}

/** What came of a try: first the draft, then the contact, last the claim. Each step may be repeated, and each is the claim holder's only. */
export async function recordOutcome(world: SendNeeds, { claim, draft, probe }: Attempt, sha256: string, came: MailOutcome): Promise<void> {
  const now = world.clock.now();
  const tried = { fence: claim.fence, sha256, at: now.toString() };
  const again = (request: DraftRequest) => stepDraft(world, draft, request, `${request.do}:${claim.fence}`);
  const from = draft.content.from.address;
  let probing = probe;
  switch (came.outcome) {
    case 'accepted':
      await finish(world, await again({ do: 'accepted', ...tried, said: came.said, on: await theirDay(world, draft) }));
      await overcomeTroubles(world, from);
      probing = false;
      break;
    case 'withdrawn':
      await again({ do: 'give-back', ...tried, until: null, said: '' });
      break;
    case 'held': {
      const { kind, said, mailSeen } = came;
      const of = came.of === 'sender' ? from : '';
      const trouble = await meetTrouble(world, { of, kind, said, mailSeen, draft: draft.id, probe });
      if (trouble) {
        await again({ do: 'give-back', ...tried, until: trouble.probeAt, why: 'server-trouble', said });
        probing = false;
      } else await refused(world, draft, again, { ...tried, said }, true);
      break;
    }
    case 'refused':
      await refused(world, draft, again, { ...tried, said: came.said }, came.passing);
      break;
    case 'unknown':
      // The claim stays: nothing else goes to this customer before a person has answered.
      await tell(world, await again({ do: 'lose', ...tried, said: came.said }));
      if (probing) await releaseProbe(world, from);
      return;
  }
  if (probing) await releaseProbe(world, from);
  await world.sendClaims.release(claim);
}

type Tried = { readonly fence: number; readonly sha256: string; readonly at: string; readonly said: string };

/** The server refused this mail, for now or for good. */
async function refused(
  world: SendNeeds,
  draft: Draft,
  again: (request: DraftRequest) => Promise<Draft | null>,
  tried: Tried,
  passing: boolean,
): Promise<void> {
  const pause = passing ? PAUSES[(draft.delivery?.tries ?? 1) - 1] : undefined;
  if (pause !== undefined) {
    await again({ do: 'give-back', ...tried, until: world.clock.now().add({ minutes: pause }).toString() });
    return;
  }
  await tell(world, await again({ do: 'failed', ...tried }));
  await markBounced(world, draft, tried.said);
}

/** Claims of holders that died or hang. Death before the point of no return: not sent. Behind it: nobody knows, a person is asked. */
export async function settleLapsed(world: SendNeeds): Promise<void> {
  const now = world.clock.now();
  const settle = async (lapsed: SendClaim) => {
    const draft = (await world.drafts.load(lapsed.draft))?.draft;
    if (draft?.state === 'ambiguous') return;
    const claim = await world.sendClaims.takeOver(lapsed, now, now.add({ seconds: world.times.claimSeconds }));
    if (!claim) return;
    if (draft?.state === 'sending') {
      const { fence, sha256 } = draft.delivery!;
      const tried = { fence, sha256, at: now.toString(), said: 'The program stopped before the mail server had answered.' };
      if (claim.phase === 'committing') return tell(world, await stepDraft(world, draft, { do: 'lose', ...tried }, `lose:${fence}`));
      await stepDraft(world, draft, { do: 'give-back', ...tried, until: null }, `give-back:${fence}`);
    }
    if (draft?.state === 'sent') await finish(world, draft);
    await world.sendClaims.release(claim);
  };
  await eachAlone('interrupted mails', await world.sendClaims.lapsed(now), ({ draft }) => draft, settle);
}

async function finish(world: SendNeeds, draft: Draft | null): Promise<void> {
  if (draft) await recordContact(world, draft, BY);
}

/** At once; the announcer does it again from the recorded fact, under the same id. */
async function tell(world: SendNeeds, draft: Draft | null): Promise<void> {
  if (draft)
    await world.jobs.add({
      ...troubleTell(draft.id, draft.account, draft.delivery!.fence, draft.delivery!.approvedBy),
      dueAt: world.clock.now(),
    });
}

export async function stepDraft(world: SendNeeds, draft: Draft, request: DraftRequest, command: string): Promise<Draft | null> {
  const result = await changeDraft(world, draft.id, request, BY, command);
  return result.done ? result.draft : null;
}

async function theirDay(world: SendNeeds, draft: Draft) {
  const [row, { zone }] = await Promise.all([world.ledger.account(draft.account), world.settings.read()]);
  return dayIn(zoneOf(row, { zone }), world.clock.now());
}
