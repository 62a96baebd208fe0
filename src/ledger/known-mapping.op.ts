import type { World } from '../kernel/world.port.ts';
import type { DroppedFile } from './dropped-file.ts';
import type { FileLook } from './dropped-files.port.ts';

/** As files of this name and these headers were read before; else as others with these headers; else a built-in one that fits. */
export async function knownMapping(
  { formats, mappings }: Pick<World, 'formats' | 'mappings'>,
  file: string,
  { headers }: FileLook,
): Promise<DroppedFile['mapping']> {
  const name = formats.sourceName(file, headers);
  const same = await mappings.get(name);
  if (same) return { name, value: same, from: 'remembered' };
  const alike = await mappings.withHeaders(formats.headersKey(headers));
  if (alike) return { name: alike.name, value: alike.mapping, from: 'remembered' };
  const builtIn = formats.builtIn(headers);
  return builtIn && { name: builtIn.name, value: builtIn.mapping, from: 'built-in' };
}
