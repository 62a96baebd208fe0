import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { BUILT_IN_MAPPINGS } from '../src/importing/built-in-mappings.ts';
import { fileSource } from '../src/importing/file-source.ts';
import { type Mapping, parseMapping } from '../src/importing/mapping.ts';
import { rejectsFile } from '../src/importing/rejects-file.ts';
import { type Day, day, dayIn } from '../src/kernel/day.ts';
import { toDecimal } from '../src/kernel/money.ts';
import { type MappingMemory, MOST_KEPT_REJECTS, REJECTS_KEPT_DAYS, rejectsOf } from '../src/ledger/dropped-files.port.ts';
import { type ImportRequest, type ImportSummary, SourceUnreadable } from '../src/ledger/import.port.ts';
import { importLedger } from '../src/ledger/import-ledger.op.ts';
import { refusalInWords, summaryInWords } from '../src/ledger/import-words.op.ts';
import { scrub } from '../src/log.ts';
import { StoreUnusable } from '../src/store/connect.ts';
import { watchFolder } from './watch-folder.ts';
import { type StorePlace, withStore } from './with-store.ts';

const USAGE = `Usage: npm run import -- --file FILE --map MAPPING [--sheet NAME] [--as-of YYYY-MM-DD] [--dry-run] [--confirm-vanished] [--close-missing | --keep-missing] [--rejects FILE] [--json]
       npm run import -- --watch FOLDER [--map MAPPING] [--quiet SECONDS]
MAPPING is one of ${[...BUILT_IN_MAPPINGS.keys()].join(', ')}, a JSON file (see src/importing/README.md), or the name of one used before.`;

/** What people do wrong and can put right. */
class Wrong extends Error {}

interface Request {
  readonly file: string;
  readonly map: string;
  readonly sheet: string | undefined;
  readonly asOf: Day | null;
  readonly dryRun: boolean;
  readonly confirmVanished: boolean;
  readonly missingGroups: 'close' | 'keep' | undefined;
  readonly rejects: string | undefined;
  readonly json: boolean;
}

async function main(): Promise<void> {
  const request = readArguments();
  await withStore(process.env, async (place) => {
    if ('file' in request) return run(request, place);
    const found = request.map === undefined ? null : await findMapping(request.map, place.stores.mappings);
    await watchFolder(request.watch, { mapping: found?.mapping ?? null, quietMs: request.quietMs }, place);
  });
}

interface Watch {
  readonly watch: string;
  /** So long nobody may have written to a file before it counts as whole; the usual time when left out. */
  readonly quietMs: number | undefined;
  readonly map: string | undefined;
}

function readArguments(): Request | Watch {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  const options = {
    file: text,
    watch: text,
    quiet: text,
    map: text,
    sheet: text,
    'as-of': text,
    rejects: text,
    'dry-run': flag,
    'confirm-vanished': flag,
    'close-missing': flag,
    'keep-missing': flag,
    json: flag,
  };
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
  try {
    values = parseArgs({ options }).values;
  } catch (error) {
    throw new Wrong(`${(error as Error).message}\n${USAGE}`);
  }
  if (values.watch) {
    const { watch, map, quiet, ...others } = values;
    if (Object.values(others).some((each) => each !== undefined && each !== false) || !/^\d{0,4}$/.test(quiet ?? ''))
      throw new Wrong(USAGE);
    return { watch, map, quietMs: quiet ? Number(quiet) * 1000 : undefined };
  }
  if (!values.file || !values.map || values.quiet) throw new Wrong(USAGE);
  if (values['close-missing'] && values['keep-missing']) throw new Wrong(USAGE);
  const missingGroups = values['close-missing'] ? ('close' as const) : values['keep-missing'] ? ('keep' as const) : undefined;
  const common = {
    missingGroups,
    dryRun: values['dry-run'],
    confirmVanished: values['confirm-vanished'],
    rejects: values.rejects,
    json: values.json,
  };
  return { file: values.file, map: values.map, sheet: values.sheet, asOf: readAsOf(values['as-of']), ...common };
}

function readAsOf(text: string | undefined): Day | null {
  if (text === undefined) return null;
  try {
    return day(text);
  } catch {
    throw new Wrong(`--as-of ${text} is not a day such as 2026-03-31. Nothing was imported.`);
  }
}

async function run(request: Request, { stores, dataDir, documentLimit }: StorePlace): Promise<void> {
  const { mapping, isNew } = await findMapping(request.map, stores.mappings);
  const today = dayIn(Temporal.Now.timeZoneId(), stores.clock.now());
  const source = await fileSource({ path: request.file, mapping, sheet: request.sheet, asOf: request.asOf, today });
  const rejects = rejectsFile(request.rejects ?? path.join(dataDir, 'rejects', `${path.basename(request.file)}.rejects.csv`));
  const outcome = await importLedger(stores, {
    source,
    dryRun: request.dryRun,
    confirmVanished: request.confirmVanished,
    sample: false,
    ...(request.missingGroups === undefined ? {} : { missingGroups: request.missingGroups }),
    ...(documentLimit === undefined ? {} : { documentLimit }),
    onRejected: rejects.add,
    onProgress: progressOncePerSecond(),
  });
  const rejectsPath = await rejects.close();
  if (outcome.kind === 'refused') throw new Wrong(refusalInWords(outcome.refusal));
  if (isNew && !request.dryRun) await stores.mappings.remember(mapping.name, mapping, stores.clock.now());
  if (rejectsPath && outcome.summary.run) await keepRejects(stores, rejectsPath, outcome.summary.run);
  const words = summaryInWords(outcome.summary, rejectsPath);
  // With --json the words go to stderr, so that stdout holds the object alone.
  for (const line of words) (request.json ? console.error : console.log)(line);
  if (request.json) console.log(JSON.stringify(asJson(outcome.summary, rejectsPath)));
}

/** So that the list of past imports in Slack can hand them out. */
async function keepRejects({ kept, clock }: StorePlace['stores'], file: string, run: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.byteLength <= MOST_KEPT_REJECTS) await kept.keep(rejectsOf(run), bytes, clock.now().add({ hours: 24 * REJECTS_KEPT_DAYS }));
}

function progressOncePerSecond(): NonNullable<ImportRequest['onProgress']> {
  let told = 0;
  return ({ phase, rows }) => {
    if (Date.now() - told < 1000) return;
    told = Date.now();
    process.stderr.write(`${phase}: ${rows} rows\n`);
  };
}

async function findMapping(name: string, known: MappingMemory): Promise<{ mapping: Mapping; isNew: boolean }> {
  const builtIn = BUILT_IN_MAPPINGS.get(name);
  if (builtIn) return { mapping: builtIn, isNew: false };
  const isFile = name.endsWith('.json');
  const found = isFile ? await readJson(name) : await known.get(name);
  if (found === null) throw new Wrong(`There is no mapping "${name}". Nothing was imported.\n${USAGE}`);
  const parsed = parseMapping(found);
  if (!parsed.ok) throw new Wrong(`The mapping ${name} cannot be used. Nothing was imported.\n${parsed.faults.join('\n')}`);
  if (BUILT_IN_MAPPINGS.has(parsed.mapping.name))
    throw new Wrong(`The name "${parsed.mapping.name}" belongs to a built-in mapping: give yours another.`);
  return { mapping: parsed.mapping, isNew: isFile };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Wrong(`The mapping ${file} cannot be read: ${(error as Error).message}. Nothing was imported.`);
  }
}

function asJson({ openBalance, ...rest }: ImportSummary, rejects: string | null) {
  const balances = Object.fromEntries([...openBalance].map(([currency, amount]) => [currency, toDecimal({ amount, currency })]));
  return { ...rest, openBalance: balances, rejectsFile: rejects };
}

/** A failed write names each of its documents: people need to know what happened, and nothing of the customers belongs on a screen. */
function inOneSentence({ message }: Error): string {
  const said = scrub(message.split('\n', 1)[0]!.slice(0, 300)).replace(/[.\s]*$/, '.');
  return `The import stopped: ${said} What was written is kept, and nothing is doubled. Run it again.`;
}

try {
  await main();
} catch (error) {
  const forPeople = error instanceof Wrong || error instanceof SourceUnreadable || error instanceof StoreUnusable;
  console.error(forPeople ? error.message : inOneSentence(error as Error));
  if (!forPeople && process.env.LOG_LEVEL === 'debug') console.error(error);
  // At once: a store that has stopped would say the same once more.
  process.exit(1);
}
