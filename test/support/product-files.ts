import fs from 'node:fs';
import path from 'node:path';

const src = path.resolve(import.meta.dirname, '../../src');

/** The product's own source by its path below src, without what stands in for Slack and the store. Throws when it looks at hardly anything. */
export function productFiles(chosen: (file: string) => boolean = () => true): { readonly file: string; readonly text: string }[] {
  const all = fs.readdirSync(src, { recursive: true, encoding: 'utf8' }).map((file) => file.replaceAll('\\', '/'));
  const found = all.filter((file) => file.endsWith('.ts') && !file.startsWith('embedded/') && chosen(file));
  if (found.length < 100) throw new Error(`only ${found.length} files are looked at`);
  return found.map((file) => ({ file, text: fs.readFileSync(path.join(src, file), 'utf8') }));
}
