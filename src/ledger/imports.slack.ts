import { placeCheck } from '../slack/shared-file.ts';
import { addFileJobs, type ChangeFilePorts } from './change-file.op.ts';
import { type ImportSubjectPorts, importSubject } from './import.slack.ts';
import { type ImportCardsPorts, importCards } from './import-cards.slack.ts';
import { importMappingSubject } from './import-mapping.slack.ts';
import { type ReadFilesPorts, readDroppedFiles } from './read-dropped-files.op.ts';

export type ImportSidePorts = ChangeFilePorts &
  Omit<ImportCardsPorts, 'placeProblem'> &
  Omit<ImportSubjectPorts, 'cards' | 'kick' | 'placeProblem'> &
  Omit<ReadFilesPorts, 'onProgress' | 'onEnd' | 'onError'>;

/** Everything about files dropped into Slack: the subject, its messages, and the work that is due. */
export function importSide(given: ImportSidePorts) {
  const ports = { ...given, placeProblem: placeCheck(given.client) };
  const cards = importCards(ports);
  const stopping = new AbortController();
  const onError = (error: unknown, job: string) =>
    ports.log.warn({ err: error, job }, 'a dropped file could not be read; it is tried again');
  let working: Promise<void> = Promise.resolve();
  const work = () => {
    working = working
      .then(() => readDroppedFiles({ ...ports, onProgress: cards.onProgress, onEnd: cards.onEnd, onError }, stopping.signal))
      .catch((error) => ports.log.error({ err: error }, 'imports were interrupted; they go on within a minute'));
    return working;
  };
  const forPeople = { ...ports, cards, kick: () => void work() };
  return {
    subjects: [importSubject(forPeople), importMappingSubject(forPeople)],
    renderers: cards.renderers,
    due: [{ name: 'dropped files', run: () => addFileJobs(ports).then(() => void work()) }],
    /** An import underway leaves right balances behind and goes on at the next start. */
    async stop(): Promise<void> {
      stopping.abort();
      await working;
      await cards.idle();
    },
  };
}
