import { setTimeout as wait } from 'node:timers/promises';
import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { anyCarried, readCarried } from '../slack/carried.ts';
import { type Base, type ClickRequest, Refused, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { sentence } from '../slack/reply.ts';
import { replyView, waitingView } from '../slack/surface.ts';
import type { DraftRef } from './delivery.view.ts';
import { FIRST_SITTING, type Sitting } from './review.view.ts';

const draftRef = z.object({ d: z.string().max(60), h: z.string().max(64), n: z.number().int().default(0) });
const count = z.number().int().min(0);

/** What a review's forms carry of the sitting; the draft and what was drawn of it stand beside. */
export const sittingShape = z.object({
  d: z.string().max(60).optional(),
  h: z.string().max(64).optional(),
  n: count.default(0),
  t: z.number().default(0),
  w: z.number().default(0),
  s: z.tuple([count, count, count]),
  k: z.array(z.string().max(60)),
});

export const readRef = (value: string): Required<DraftRef> => readCarried(draftRef, value);

export function sittingOf({ s: [approved, rejected, later], k: skipped }: Pick<z.infer<typeof sittingShape>, 's' | 'k'>): Sitting {
  return { approved, rejected, later, skipped };
}

/** The draft that a button names, and the sitting of the form it stands in. */
export function carriedOf({ value, body }: ClickRequest): { readonly ref: Required<DraftRef>; readonly sitting: Sitting } {
  const known = sittingShape.safeParse(anyCarried(body.view?.private_metadata ?? ''));
  return { ref: readRef(value), sitting: known.success ? sittingOf(known.data) : FIRST_SITTING };
}

/** Slack keeps a click's trigger for three seconds: what takes longer is laid over a view that says so. */
const PATIENCE_MS = 1_500;

/** A view on top of where it was asked for, or by itself. */
export async function layOn(request: Pick<Base, 'client' | 'triggerId'> & Partial<Pick<ClickRequest, 'place'>>, view: Promise<ModalView>) {
  const late = wait(PATIENCE_MS, null, { ref: false });
  const first = await Promise.race([view, late]);
  const drawn = first ? view : orRefused(view);
  if (request.place) {
    await request.place.show(first ?? waitingView());
    if (!first) await request.place.show(await drawn);
    return;
  }
  const { client, triggerId } = request;
  const opened = await client.views.open({ trigger_id: triggerId, view: first ?? waitingView() });
  if (!first) await client.views.update({ view_id: opened.view!.id!, view: await drawn });
}

/** A refusal where the view would stand. */
export function orRefused(view: Promise<ModalView>): Promise<ModalView> {
  return view.catch((error) => {
    if (error instanceof Refused) return replyView(sentence(error.message))!;
    throw error;
  });
}

/** In place of the view that was clicked; from a message on top of everything. */
export async function redraw(request: ClickRequest, view: Promise<ModalView>): Promise<void> {
  if (request.place) return request.place.redraw(await view);
  return layOn(request, view);
}

/** After a form: the view it lay on shows what came of it, or the form itself becomes that view. */
export async function landed(request: SubmitRequest, view: () => Promise<ModalView>): Promise<SubmitAnswer> {
  const below = request.view.previous_view_id;
  if (!below) return { response_action: 'update', view: await view() };
  request.later(async () => void (await request.client.views.update({ view_id: below, view: await view() })));
  return undefined;
}
