import type { KnownBlock } from '@slack/types';
import type { Reactions } from '../kernel/reactions.op.ts';
import type { Tell } from '../kernel/told.op.ts';
import type { Draft } from '../mails/draft.ts';
import { readMailFile } from '../mails/mail-files.op.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { Show } from '../slack/pictures.ts';
import type { Reply } from '../slack/reply.ts';
import type { SlackWorld } from '../slack/world.ts';
import { idOf } from '../trail/fact-table.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import type { StoredCase } from './case.port.ts';
import { endLetter } from './end-letter.op.ts';
import { approvedLetterReply, letterReply, pageWords, reviewedReply, servedReply } from './letter.view.ts';

const LOOK_JOB = 'letter-look';
const PAGES_JOB = 'letter-pages';
const NEWS_JOB = 'letter-news';
const END_JOB = 'letter-end';
/** Of an account; more than it ever has open. */
const CASES = 50;

const look = (fact: RecordedFact): Tell[] =>
  fact.kind === 'demand-letter' ? [{ id: `${LOOK_JOB}:${fact.id}`, kind: LOOK_JOB, payload: { case: idOf(fact) } }] : [];
const end = (fact: RecordedFact): Tell[] =>
  fact.kind === 'demand-letter' ? [{ id: `${END_JOB}:${fact.id}`, kind: END_JOB, payload: { case: idOf(fact) } }] : [];
const news = (fact: RecordedFact, payload: object): Tell[] => [
  { id: `${NEWS_JOB}:${fact.id}`, kind: NEWS_JOB, payload: { what: fact.type, ...payload } },
];
const served = (fact: RecordedFact) => news(fact, { letter: fact.letter, account: idOf(fact), fact });

type Told = Readonly<Record<string, (fact: RecordedFact) => Tell[]>>;

const LETTER_TELLS: Told = {
  'case-edited': look,
  'case-approved': (fact) => (fact.kind === 'demand-letter' ? news(fact, { case: idOf(fact) }) : []),
  'case-rejected': end,
  'case-withdrawn': end,
  'case-expired': end,
  'case-voided': end,
  'counsel-reviewed': (fact) => news(fact, { letter: idOf(fact), account: fact.account, by: fact.by }),
  'letter-sent': served,
  'letter-posted': served,
};

/** What is told of every case, and of letters besides. */
export function besidesLetters(told: Told): Told {
  const types = new Set([...Object.keys(told), ...Object.keys(LETTER_TELLS)]);
  return Object.fromEntries(
    [...types].map((type) => [type, (fact) => [...(told[type]?.(fact) ?? []), ...(LETTER_TELLS[type]?.(fact) ?? [])]]),
  );
}

/** Each version of a letter is shown once in its case's thread, under the same id however often it is asked for; before there is a thread, not yet. */
export async function showLetter(world: Pick<SlackWorld, 'jobs' | 'cases' | 'drafts' | 'clock'>, id: string): Promise<void> {
  const stored = await world.cases.load(id);
  const of = stored?.place ? stored.case : undefined;
  const draft = of?.kind === 'demand-letter' ? (await world.drafts.load(of.about.letter ?? ''))?.draft : undefined;
  if (!draft) return;
  const payload = { case: id, hash: draft.hash };
  await world.jobs.add({ id: `${PAGES_JOB}:${id}:${draft.hash}`, kind: PAGES_JOB, payload, dueAt: world.clock.now() });
}

export const letterReactions = (world: SlackWorld): Reactions => ({
  [LOOK_JOB]: (payload) => showLetter(world, String(payload.case)),
  [END_JOB]: (payload) => endLetter(world, String(payload.case)),
});

export function letterRenderers(world: SlackWorld): Record<string, Renderer> {
  const inThread = ({ place }: StoredCase, reply: Reply) => place && { channel: place.channel, thread: place.ts, messages: [reply] };
  const pagesOf = async (draft: Draft, shas: readonly string[], show: Show): Promise<KnownBlock[]> => {
    const name = (draft.content.attachments[0]?.name ?? 'letter').replace(/\.pdf$/, '');
    const blocks: KnownBlock[] = [];
    for (const [index, sha256] of shas.entries()) {
      const page = index + 1;
      const block = await show({
        key: `letter:${world.homeTeam}:${sha256}`,
        name: `${name}-${page}.png`,
        bytes: () => readMailFile(world, sha256),
        alt: pageWords(page, draft),
        follows: shas.length === 1 ? 'The picture of the letter follows.' : `The picture of page ${page} follows.`,
      });
      if (block) blocks.push(block);
    }
    return blocks;
  };
  const decided = async (account: string, letter: string) =>
    (await world.cases.ofAccount(account, CASES)).find(({ case: of }) => of.about.letter === letter) ?? null;
  return {
    async [PAGES_JOB](payload, show) {
      const stored = await world.cases.load(String(payload.case));
      const draft = stored && (await world.drafts.load(stored.case.about.letter ?? ''))?.draft;
      // The card is posted first and asks for this again; an older version is shown no more.
      if (!stored?.place || !draft?.letter || draft.hash !== payload.hash) return null;
      const pages = await pagesOf(draft, draft.letter.pictures, show);
      return inThread(stored, letterReply(draft, draft.letter, stored.case.id, pages, stored.case.revision));
    },
    async [NEWS_JOB](payload) {
      const { what, letter, account, fact } = payload as { what: string; letter: string; account: string; fact: RecordedFact };
      const stored = typeof payload.case === 'string' ? await world.cases.load(payload.case) : await decided(account, letter);
      const draft = stored && (await world.drafts.load(stored.case.about.letter ?? ''))?.draft;
      if (!stored || !draft?.letter) return null;
      if (what === 'case-approved')
        return inThread(stored, approvedLetterReply(draft, draft.letter, stored.case.id, world.mailer !== null));
      if (what === 'counsel-reviewed') return inThread(stored, reviewedReply(String(payload.by)));
      const demand = {
        deadline: draft.letter.deadline,
        sentOn: draft.sentOn ?? draft.day,
        by: draft.letter.posted?.by ?? ('email' as const),
        firm: draft.letter.firm,
      };
      return inThread(stored, servedReply(demand, draft.letter.posted?.tracking ?? '', String(fact.sha256)));
    },
  };
}
