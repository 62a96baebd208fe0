import { Zip, ZipPassThrough } from 'fflate';
import type { ArchiveWriter } from '../trail/evidence.port.ts';

/** A ZIP whose files lie in it as they are: nothing is packed tighter, so that adding one takes no longer than copying it. */
export function zipFile(made: Temporal.Instant): ArchiveWriter {
  const chunks: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, chunk) => {
    if (error) failed = error;
    else chunks.push(chunk);
  });
  return {
    add(name, bytes) {
      const file = new ZipPassThrough(name);
      file.mtime = made.epochMilliseconds;
      zip.add(file);
      file.push(bytes, true);
    },
    end() {
      zip.end();
      if (failed) throw failed;
      return Buffer.concat(chunks);
    },
  };
}
