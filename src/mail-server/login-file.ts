import { hash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';

/** Where a refresh token lies that `npm run mail-login` was given, or that took the place of the one in the settings. */
export interface LoginFile {
  /** Null: there is none, or it belongs to other settings. */
  read(): string | null;
  write(refreshToken: string): void;
}

/** In the data folder, for its owner only. `belongsTo`: client, mailbox and refresh token of the settings; a file of others is not read. */
export function loginFile(dir: string, belongsTo: readonly (string | undefined)[]): LoginFile {
  const file = path.join(dir, 'mail-login.json');
  const of = hash('sha256', JSON.stringify(belongsTo.map((each) => each ?? '')));
  return {
    read() {
      try {
        const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as { of?: unknown; refreshToken?: unknown };
        return kept.of === of && typeof kept.refreshToken === 'string' ? kept.refreshToken : null;
      } catch {
        return null;
      }
    },
    write(refreshToken) {
      fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
      const partial = `${file}.${process.pid}.partial`;
      fs.writeFileSync(partial, `${JSON.stringify({ of, refreshToken })}\n`, { mode: 0o600 });
      fs.renameSync(partial, file);
    },
  };
}
