import { dayIn, zoneOf } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { Case, CaseEdit } from './case.ts';
import { decidersOf } from './case-people.ts';
import { type ChangeCaseResult, changeCase } from './change-case.op.ts';
import { type RequestDecisionResult, termsOf } from './request-decision.op.ts';

/** What a person changes of an open case. */
export type EditAsked = Pick<CaseEdit, 'amount' | 'reason' | 'reasonCodes' | 'answers'> & { readonly about?: Case['about'] };

type EditResult =
  | ChangeCaseResult
  | Extract<RequestDecisionResult, { refused: 'nobody-eligible' }>
  | { readonly done: false; readonly refused: 'case-amount-fixed' };

/** A new revision, on the figures and the table as they are now; votes for the one before count no more. The caller has authorized `by`. */
export async function editCase(world: World, id: string, asked: EditAsked, seen: number, by: string, command: string): Promise<EditResult> {
  const [stored, settings, team] = await Promise.all([world.cases.load(id), world.settings.read(), world.team.read()]);
  const rule = stored && world.kinds[stored.case.kind];
  if (!rule) return { done: false, refused: 'no-such-case' };
  if (rule.amountFixed && asked.amount !== stored.case.amount) return { done: false, refused: 'case-amount-fixed' };
  const now = world.clock.now();
  const { kind, currency, account } = stored.case;
  const zone = zoneOf(await world.ledger.account(account), settings);
  const of = { ...stored.case, about: asked.about ?? stored.case.about, day: dayIn(zone, now) };
  const basis = world.fingerprint(await rule.basis(of));
  const { substitutes: _, ...terms } = await termsOf(world, settings, kind, currency, asked.amount, now);
  const after = { ...stored.case, ...asked, about: of.about, ...terms, editors: [...stored.case.editors, by], votes: [] };
  const deciders = decidersOf(after, team, dayIn(settings.zone, now));
  if (!deciders.enough) return { done: false, refused: 'nobody-eligible', missing: deciders.missing, could: deciders.could };
  return changeCase(world, id, { do: 'edit', edit: { ...asked, about: of.about, basis, day: of.day, ...terms }, seen }, by, command);
}
