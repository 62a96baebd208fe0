import type { World } from '../kernel/world.port.ts';
import { mayDo, type Team } from '../team/team.ts';
import { markingOf } from './fact-table.ts';
import type { Marking } from './marking.ts';
import type { RecordedFact, TimelineEntry } from './trail.port.ts';

type MayRead = (fact: RecordedFact, marking: Marking) => boolean;

/** The reason why something became privileged may say as much as the thing itself. */
function isPrivileged(fact: RecordedFact, marking: Marking): boolean {
  return marking === 'privileged' || (fact.type === 'marking-changed' && fact.to === 'privileged');
}

/** As many of an account's decisions as are looked through for who took part. */
const CASES = 200;

/**
 * Whether `reader` may read an entry of an account. What is privileged is for those who need it, or the privilege may be lost: managers, finance
 * leads and admins, and those on the case: the collector, whoever wrote the entry, and whoever asked, edited or voted in a decision about it.
 */
async function mayReadOf(
  world: Pick<World, 'team' | 'accounts' | 'cases' | 'timeline'>,
  account: string,
  reader: string,
): Promise<MayRead> {
  const [team, worked, cases] = await Promise.all([world.team.read(), world.accounts.load(account), world.cases.ofAccount(account, CASES)]);
  const decided = cases.some(
    ({ case: of }) => of.requester === reader || of.editors.includes(reader) || of.votes.some(({ by }) => by === reader),
  );
  const all = managesAll(team, reader) || worked?.work.collector === reader || decided;
  return (fact, marking) => !isPrivileged(fact, marking) || all || fact.by === reader;
}

const managesAll = (team: Team, reader: string) => mayDo(team, reader, 'manage');

/** The entries as `reader` may see them: of one that is not theirs to read, that it is there and when, without its words. */
export async function withheldFrom(
  world: Pick<World, 'team' | 'accounts' | 'cases' | 'timeline'>,
  account: string,
  reader: string,
  entries: readonly TimelineEntry[],
): Promise<TimelineEntry[]> {
  if (!entries.some(({ fact, marking }) => isPrivileged(fact, marking))) return [...entries];
  const mayRead = await mayReadOf(world, account, reader);
  return entries.map((entry) => {
    if (mayRead(entry.fact, entry.marking)) return entry;
    const { id, type, aggregate, at, by, command } = entry.fact;
    return { ...entry, fact: { id, type, aggregate, at, by, command }, withheld: true };
  });
}

/** Of an account's facts those that `reader` may read, by their marks of today. */
export async function readableFacts(
  world: Pick<World, 'team' | 'accounts' | 'cases' | 'timeline'>,
  account: string,
  reader: string,
  facts: readonly RecordedFact[],
): Promise<RecordedFact[]> {
  if (facts.length === 0) return [];
  const marks = await world.timeline.marks(account);
  const marked = facts.map((fact) => ({ fact, marking: marks.get(fact.id) ?? markingOf(fact) }));
  if (!marked.some(({ fact, marking }) => isPrivileged(fact, marking))) return [...facts];
  const mayRead = await mayReadOf(world, account, reader);
  return marked.filter(({ fact, marking }) => mayRead(fact, marking)).map(({ fact }) => fact);
}
