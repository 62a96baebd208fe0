import { open, stat } from 'node:fs/promises';
import { SourceUnreadable } from '../ledger/import.port.ts';

const MOST_BYTES = 20_000_000;
const ZIP = 'PK\x03\x04';
/** Compound File Binary: the old XLS, and every XLSX with a password. https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb */
const COMPOUND = '\xd0\xcf\x11\xe0';

/** True for a spreadsheet. Throws SourceUnreadable for one that cannot be read: encrypted, of Excel before 2007, or too large. */
export async function isXlsx(path: string): Promise<boolean> {
  const start = await firstBytes(path);
  if (start === COMPOUND)
    throw new SourceUnreadable(
      'The file is protected by a password, or it is an old XLS file. Nothing was imported. Save it without a password as XLSX or CSV, and try again.',
    );
  if (start !== ZIP) return false;
  const { size } = await stat(path);
  if (size > MOST_BYTES)
    throw new SourceUnreadable(
      `The file has ${Math.ceil(size / 1e6)} MB; an XLSX file may have ${MOST_BYTES / 1e6} MB. Nothing was imported. Save the sheet as CSV, which has no such limit.`,
    );
  return true;
}

/** '' where the file cannot be opened: whoever reads it as text says why. */
async function firstBytes(path: string): Promise<string> {
  const file = await open(path).catch(() => null);
  if (file === null) return '';
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.subarray(0, bytesRead).toString('latin1');
  } catch {
    return '';
  } finally {
    await file.close();
  }
}
