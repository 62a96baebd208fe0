import { eachAlone } from '../kernel/each-alone.op.ts';
import type { World } from '../kernel/world.port.ts';

/**
 * Without a mail server the folder holds the approved mails that wait to be sent by hand, and nothing else: what was voided, rejected or recorded as
 * sent leaves it, so that nobody sends it by mistake. Returns how many were written.
 */
export async function writeOutbox({ drafts, outbox, mailFile }: Pick<World, 'drafts' | 'outbox' | 'mailFile'>): Promise<number> {
  const open = await drafts.open();
  const wanted = new Map(
    open.flatMap(({ draft }) => (draft.state === 'approved' ? [[`${draft.id}-${draft.hash.slice(0, 8)}.eml`, draft] as const] : [])),
  );
  const there = new Set(await outbox.names());
  let written = 0;
  const missing = [...wanted].filter(([name]) => !there.delete(name));
  // What must not be sent any more goes first, and in any case.
  for (const name of there) await outbox.remove(name);
  await eachAlone(
    'approved mails',
    missing,
    ([, { id }]) => id,
    async ([name, draft]) => {
      await outbox.write(name, await mailFile(draft));
      written += 1;
    },
  );
  return written;
}
