import { hash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { RAISE_ALERT } from '../follow-up/tell-alerts.op.ts';
import type { World } from '../kernel/world.port.ts';
import { type MailLimits, NOTHING_SENT, takeTurn } from './mail-budget.ts';
import { atOnce, isTold, type MailTrouble, type Met, met, overcome, probed } from './mail-trouble.ts';
import type { Mailer, MailState } from './send.port.ts';

export type MailboxNeeds = Pick<World, 'clock' | 'jobs' | 'mailStates'> & {
  readonly mailer: Pick<Mailer, 'mailbox'>;
  readonly times: { readonly limits: MailLimits };
};

const UNUSED: MailState = { budget: NOTHING_SENT, troubles: [] };
/** Others that change the same mailbox: each round of them lets one through. */
const ROUNDS = 60;

export async function readMailbox({ mailStates, mailer }: Pick<MailboxNeeds, 'mailStates' | 'mailer'>): Promise<MailState> {
  return (await mailStates.read(mailer.mailbox))?.state ?? UNUSED;
}

/** ONE guarded write of what `decide` makes of the state; an answer of its own writes nothing. */
async function change<T>(world: MailboxNeeds, decide: (state: MailState) => { write: MailState } | { answer: T }): Promise<MailState | T> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const stored = await world.mailStates.read(world.mailer.mailbox);
    const decided = decide(stored?.state ?? UNUSED);
    if ('answer' in decided) return decided.answer;
    if (await world.mailStates.write(world.mailer.mailbox, stored?.version ?? 0, decided.write)) return decided.write;
    await pause(Math.random() * round);
  }
  throw new Error('The state of the mailbox is being changed by too many at once.');
}

/** Counts a mail to so many recipients against what the mailbox may send; or says when there is room for it. */
export async function takeMailboxTurn(world: MailboxNeeds, recipients: number): Promise<Temporal.Instant | null> {
  const now = world.clock.now();
  const came = await change<Temporal.Instant>(world, (state) => {
    const turn = takeTurn(state.budget, now.epochMilliseconds, recipients, world.times.limits);
    if ('wait' in turn) return { answer: Temporal.Instant.fromEpochMilliseconds(turn.wait) };
    return { write: { ...state, budget: turn.budget } };
  });
  return came instanceof Temporal.Instant ? came : null;
}

/** While trouble lasts, one mail tries whether it is over. */
export async function takeProbe(world: MailboxNeeds, from: string): Promise<boolean> {
  const now = world.clock.now();
  const came = await change<false>(world, (state) => {
    const troubles = probed(state.troubles, from, now);
    return troubles ? { write: { ...state, troubles } } : { answer: false };
  });
  return came !== false;
}

/** The probe came to no end that says anything: the next mail may try at once. `from` null: of all senders, after a start. */
export async function releaseProbe(world: MailboxNeeds, from: string | null): Promise<void> {
  await change(world, (state) => {
    if (state.troubles.every(({ over }) => over !== null)) return { answer: null };
    return { write: { ...state, troubles: atOnce(state.troubles, from, world.clock.now()) } };
  });
}

/** A customer's address in an answer of the server is no business of the admins, and would outlast an erasure here. */
const withoutAddresses = (said: string) => said.replace(/[^\s<>@]{1,64}@[^\s<>@]{1,253}/g, '[address]');

/** Notes the trouble, and lets the admins hear of it once. Null: it is the mail's own fault. */
export async function meetTrouble(world: MailboxNeeds, whole: Met): Promise<MailTrouble | null> {
  const found = whole.mailSeen ? { ...whole, said: withoutAddresses(whole.said) } : whole;
  const came = await change<'own-fault'>(world, (state) => {
    const troubles = met(state.troubles, found, world.clock.now());
    return troubles ? { write: { ...state, troubles } } : { answer: 'own-fault' };
  });
  if (came === 'own-fault') return null;
  const trouble = came.troubles.find(({ of }) => of === found.of)!;
  if (isTold(trouble)) await tellAdmins(world, 'mail-stopped', trouble);
  return trouble;
}

/** A mail of this sender was taken: what kept it waiting is over. The admins hear of it before it is written, or a crash could swallow it. */
export async function overcomeTroubles(world: MailboxNeeds, from: string): Promise<void> {
  const { troubles } = await readMailbox(world);
  const over = troubles.filter((each) => each.over === null && (each.of === '' || each.of === from));
  if (over.length === 0) return;
  for (const each of over) if (isTold(each)) await tellAdmins(world, 'mail-works', each);
  await change(world, (state) => ({ write: { ...state, troubles: overcome(state.troubles, from, world.clock.now()) } }));
}

/** One alert for each trouble, however often it is met. */
async function tellAdmins(
  { jobs, clock, mailer }: MailboxNeeds,
  cause: 'mail-stopped' | 'mail-works',
  trouble: MailTrouble,
): Promise<void> {
  const { of, kind, said, since } = trouble;
  const id = `${cause}:${hash('sha256', `${mailer.mailbox} ${of}`).slice(0, 16)}:${since}`;
  const payload = { id, cause, account: '', about: { of, kind, said, since } };
  await jobs.add({ id: `${RAISE_ALERT}:${id}`, kind: RAISE_ALERT, payload, dueAt: clock.now() });
}
