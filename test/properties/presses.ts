import { hash } from 'node:crypto';
import path from 'node:path';
import fc from 'fast-check';
import type { StoredDraft } from '../../src/mails/draft.port.ts';
import type { Draft } from '../../src/mails/draft.ts';
import type { Shown } from '../../src/mails/review-guard.ts';

/** What somebody in front of the review does, or what happens to an email meanwhile. Milliseconds that pass before it. */
type Act =
  | { readonly do: 'press'; readonly after: number; readonly view: number }
  | { readonly do: 'edit'; readonly after: number; readonly draft: number }
  | { readonly do: 'undo'; readonly after: number; readonly draft: number };

const COUNT = 4;
/** The quickest of two presses, and slow readers. */
const pauses = fc.oneof(fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 6_000 }));
const acts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('press' as const), after: pauses, view: fc.nat(5) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('edit' as const), after: pauses, draft: fc.nat(COUNT - 1) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('undo' as const), after: pauses, draft: fc.nat(COUNT - 1) }) },
  ),
  { minLength: 2, maxLength: 25 },
);

const hashOf = (body: string) => hash('sha256', body);

function draftNo(n: number): Draft {
  const body = `Dear customer ${n}`;
  const firm = n % 2 === 1;
  return {
    ...{ id: `d${n}`, account: `a${n}`, entity: 'UK', collector: 'U1', hash: hashOf(body), state: 'waiting', secondPerson: false },
    content: { from: { name: '', address: 'us@us.example' }, to: [], cc: [], subject: '', body, attachments: [], invoices: [], apart: [] },
    text: { tone: firm ? 'firm' : 'friendly' },
    ...{ approvals: [], editors: [], notices: [], delivery: null, stage: { key: 's', offset: 1, name: 'S' } },
  } as unknown as Draft;
}

/**
 * Presses of every speed on views that were drawn now or earlier, while emails are edited and approvals taken back. Whatever was approved must have been drawn
 * with this very text and version, long enough before the press. `src`: the program, or a copy of it in which a guard is broken.
 */
export async function pressesHold(src: string, runs: number): Promise<{ broken: string[]; approved: number; refused: number }> {
  const load = (file: string) => import(path.join(src, file));
  const { approveShown } = (await load('mails/approve-shown.op.ts')) as typeof import('../../src/mails/approve-shown.op.ts');
  const { changeDraft } = (await load('mails/change-draft.op.ts')) as typeof import('../../src/mails/change-draft.op.ts');
  const { leastShown } = (await load('mails/review-guard.ts')) as typeof import('../../src/mails/review-guard.ts');
  const found = { broken: [] as string[], approved: 0, refused: 0 };
  const run = async (all: readonly Act[]): Promise<boolean> => {
    const store = new Map(Array.from({ length: COUNT }, (_, n) => [`d${n}`, stored(draftNo(n))]));
    let now = 1_000_000;
    const world = {
      clock: { now: () => Temporal.Instant.fromEpochMilliseconds(now) },
      settings: { read: async () => ({ zone: 'UTC' }) },
      team: { read: async () => ({ members: [], rules: [] }) },
      ledger: { account: async () => null, freshness: async () => ({ applying: true }) },
      drafts: {
        load: async (id: string) => store.get(id) ?? null,
        async save(before: StoredDraft, draft: Draft, facts: readonly unknown[], command: string) {
          if (store.get(draft.id)!.version !== before.version) return false;
          const { version, commands } = before;
          store.set(draft.id, {
            ...before,
            draft,
            version: version + 1,
            facts: before.facts + facts.length,
            commands: [...commands, command],
          });
          return true;
        },
      },
    } as never;
    // What has been on the screen, the newest last: the text, its version, and when.
    const views: (Shown & { readonly body: string })[] = [];
    const draw = () => {
      const next = [...store.values()].find(({ draft }) => draft.state === 'waiting');
      if (!next) return;
      const { draft, facts } = next;
      views.push({ id: draft.id, hash: draft.hash, facts, at: now, least: leastShown(draft, []), body: draft.content.body });
    };
    draw();
    for (const act of all) {
      now += act.after;
      if (act.do === 'press') {
        // A window that was left open presses over what it shows.
        const view = views[Math.max(0, views.length - 1 - act.view)];
        if (!view) continue;
        const before = store.get(view.id)!;
        const command = `review:${view.id}:${view.hash}:${view.facts}:U1`;
        const result = await approveShown(world, { shown: view, by: 'U1', pressed: now, send: false, command });
        const after = store.get(view.id)!;
        const approved = before.draft.state === 'waiting' && after.draft.state !== 'waiting';
        if (approved) found.approved += 1;
        else found.refused += 1;
        const least = view.id === 'd1' || view.id === 'd3' ? 4_000 : 1_200;
        if (approved && (now - view.at < least || after.draft.content.body !== view.body || before.facts !== view.facts)) return false;
        // Nothing else has been touched by it.
        if (
          [...store.values()].some(
            ({ draft }) => draft.state === 'approved' && !draft.approvals.some(({ hash: own }) => own === draft.hash),
          )
        )
          return false;
        if (result.done || result.refused !== 'shown-too-briefly') draw();
      } else {
        const id = `d${act.draft}`;
        const { draft, facts } = store.get(id)!;
        const body = `${draft.content.body}!`.replace('!!', '');
        const words = { subject: '', body, hash: hashOf(body) };
        const request =
          act.do === 'edit'
            ? ({ do: 'edit', seen: draft.hash, words, notices: [] } as const)
            : ({ do: 'take-back', seen: draft.hash } as const);
        await changeDraft(world, id, request, 'U2', `${act.do}:${id}:${facts}:${now}`);
      }
    }
    return true;
  };
  const checked = await fc.check(fc.asyncProperty(acts, run), { numRuns: runs, seed: 42 });
  return { ...found, broken: checked.failed ? [JSON.stringify(checked.counterexample)] : [] };
}

const stored = (draft: Draft): StoredDraft => ({ draft, version: 1, facts: 1, commands: [], asOf: null });
