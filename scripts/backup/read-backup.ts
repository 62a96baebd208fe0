import fs from 'node:fs/promises';
import path from 'node:path';
import mongoose from 'mongoose';
import { startEmbeddedStore } from '../../src/embedded/mongo/embedded-store.ts';
import { SCHEMA_VERSION } from '../../src/store/connect.ts';
import { type TrailVerdict, trailLines, verifyTrail } from '../../src/store/verify-trail.ts';
import { ABOUT, type About, BackupProblem, copyHashed, diskTrouble, FORMAT, SUMS } from './content.ts';

export interface Restored {
  readonly about: About;
  readonly files: number;
  /** Null where the store is not in the backup. */
  readonly trail: TrailVerdict | null;
  /** Emails that were approved and had not left. */
  readonly unsent: number;
}

/** What the backup says of itself and of its files, by path. Throws BackupProblem where this program cannot read it. */
async function readAbout(from: string): Promise<{ about: About; sums: Map<string, string> }> {
  const read = (name: string) =>
    fs.readFile(path.join(from, name), 'utf8').catch(() => {
      throw new BackupProblem(`${from} is not a whole backup: ${name} is missing. Nothing was restored. Use another backup.`);
    });
  const [aboutText, sumsText] = [await read(ABOUT), await read(SUMS)];
  const about = parsed(from, aboutText);
  if (about.format > FORMAT || (about.schema ?? 0) > SCHEMA_VERSION) {
    throw new BackupProblem(
      `${from} was written by a newer version of Arrears (${about.program}). Nothing was restored. Restore it with that version or a newer one.`,
    );
  }
  const lines = sumsText.split('\n').filter(Boolean);
  const sums = lines.map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line));
  // backup.json is named last: a list that was cut does not have it.
  if (sums.some((line) => line === null) || sums.at(-1)?.[2] !== ABOUT) throw damaged(from, [SUMS]);
  return { about, sums: new Map(sums.map((line) => [line![2]!, line![1]!])) };
}

function parsed(from: string, text: string): About {
  try {
    const about = JSON.parse(text) as About;
    if (Number.isInteger(about.format) && typeof about.program === 'string') return about;
  } catch {
    // What it is instead does not matter.
  }
  throw damaged(from, [ABOUT]);
}

const damaged = (from: string, files: readonly string[]) =>
  new BackupProblem(
    `${from} is damaged: ${files.slice(0, 5).join(', ')}${files.length > 5 ? ` and ${files.length - 5} more` : ''} ` +
      `${files.length === 1 ? 'is' : 'are'} missing or not as written. Nothing was restored. Use another backup.`,
  );

/**
 * Copies a backup into `to`, a new folder that is left behind only when every file is as it was written, and looks into what came back.
 * Throws BackupProblem.
 */
export async function copyBackup(from: string, to: string): Promise<Restored> {
  const wrong: string[] = [];
  try {
    const { about, sums } = await readAbout(from);
    for (const [file, sum] of sums) {
      const target = path.resolve(to, file);
      if (!target.startsWith(path.resolve(to) + path.sep)) throw damaged(from, [SUMS]);
      const found = await copyHashed(path.join(from, file), target).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT' || error.code === 'EISDIR' || error.code === 'EIO') return null;
        throw error;
      });
      if (found !== sum) wrong.push(file);
    }
    if (wrong.length > 0) throw damaged(from, wrong);
    await fs.rm(path.join(to, ABOUT));
    const inside = about.store === 'embedded' ? await lookInto(path.join(to, 'store')) : { trail: null, unsent: 0 };
    return { about, files: sums.size, ...inside };
  } catch (error) {
    await fs.rm(to, { recursive: true, force: true });
    if (error instanceof BackupProblem) throw error;
    throw new BackupProblem(`Nothing was restored: ${diskTrouble(error)}. Nothing is left in ${path.dirname(to)}.`, { cause: error });
  }
}

async function lookInto(dir: string): Promise<Pick<Restored, 'trail' | 'unsent'>> {
  const store = await startEmbeddedStore({ dir });
  try {
    const connection = await mongoose.createConnection(store.uri).asPromise();
    const inside = await lookIntoStore(connection);
    await connection.close();
    return inside;
  } finally {
    await store.stop();
  }
}

/** Without bringing its documents to this version: that is for the next start. */
export async function lookIntoStore(connection: mongoose.Connection): Promise<{ trail: TrailVerdict; unsent: number }> {
  const trail = await verifyTrail(trailLines(connection));
  const states = { $in: ['approved', 'queued', 'sending'] };
  return { trail, unsent: await connection.collection('drafts').countDocuments({ open: true, 'draft.state': states }) };
}
