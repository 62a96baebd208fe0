import type { SlackWorld } from '../slack/world.ts';
import { addFileJobs } from './change-file.op.ts';
import { importSubject } from './import.slack.ts';
import { importCards } from './import-cards.slack.ts';
import { importMappingSubject } from './import-mapping.slack.ts';
import { importQuestionsSubject } from './import-questions.slack.ts';
import { invoiceSearch } from './invoice-options.slack.ts';
import { misplacedMoneySubject } from './misplaced-money.slack.ts';
import { overdueSubject } from './overdue.slack.ts';
import { readDroppedFiles } from './read-dropped-files.op.ts';

/** The ledger as people see it, and everything about files dropped into Slack: the subject, its messages, and the work that is due. */
export function importSide(world: SlackWorld) {
  const cards = importCards(world);
  const stopping = new AbortController();
  const onError = (error: unknown, job: string) =>
    world.log.warn({ err: error, job }, 'a dropped file could not be read; it is tried again');
  let working: Promise<void> = Promise.resolve();
  const work = () => {
    working = working
      .then(() => readDroppedFiles({ ...world, onProgress: cards.onProgress, onEnd: cards.onEnd, onError }, stopping.signal))
      .catch((error) => world.log.error({ err: error }, 'imports were interrupted; they go on within a minute'));
    return working;
  };
  const forPeople = { ...world, cards, kick: () => void work() };
  return {
    subjects: [
      importSubject(forPeople),
      importMappingSubject(forPeople),
      importQuestionsSubject(forPeople),
      misplacedMoneySubject(world),
      overdueSubject(world),
      invoiceSearch(world),
    ],
    renderers: cards.renderers,
    due: [
      { name: 'dropped files', run: () => addFileJobs(world).then(() => void work()) },
      { name: 'what is to do after an import', run: cards.relist },
    ],
    /** An import underway leaves right balances behind and goes on at the next start. */
    async stop(): Promise<void> {
      stopping.abort();
      await working;
      await cards.idle();
    },
  };
}
