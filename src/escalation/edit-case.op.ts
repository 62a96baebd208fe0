import { dayIn, zoneOf } from '../kernel/day.ts';
import type { Case, CaseEdit } from './case.ts';
import { decidersOf } from './case-people.ts';
import { type ChangeCaseResult, changeCase } from './change-case.op.ts';
import { type RequestDecisionPorts, type RequestDecisionResult, termsOf } from './request-decision.op.ts';

/** What a person changes of an open case. */
export type EditAsked = Pick<CaseEdit, 'amount' | 'reason' | 'reasonCodes' | 'answers'> & { readonly about?: Case['about'] };

type EditResult =
  | ChangeCaseResult
  | Extract<RequestDecisionResult, { refused: 'nobody-eligible' }>
  | { readonly done: false; readonly refused: 'case-amount-fixed' };

/** A new revision, on the figures and the table as they are now; votes for the one before count no more. The caller has authorized `by`. */
export async function editCase(
  ports: RequestDecisionPorts,
  id: string,
  asked: EditAsked,
  seen: number,
  by: string,
  command: string,
): Promise<EditResult> {
  const [stored, settings, team] = await Promise.all([ports.cases.load(id), ports.settings.read(), ports.team.read()]);
  const rule = stored && ports.kinds[stored.case.kind];
  if (!rule) return { done: false, refused: 'no-such-case' };
  if (rule.amountFixed && asked.amount !== stored.case.amount) return { done: false, refused: 'case-amount-fixed' };
  const now = ports.clock.now();
  const { kind, currency, account } = stored.case;
  const zone = zoneOf(await ports.ledger.account(account), settings);
  const of = { ...stored.case, about: asked.about ?? stored.case.about, day: dayIn(zone, now) };
  const basis = ports.fingerprint(await rule.basis(of));
  const { substitutes: _, ...terms } = await termsOf(ports, settings, kind, currency, asked.amount, now);
  const after = { ...stored.case, ...asked, about: of.about, ...terms, editors: [...stored.case.editors, by], votes: [] };
  const deciders = decidersOf(after, team, dayIn(settings.zone, now));
  if (!deciders.enough) return { done: false, refused: 'nobody-eligible', missing: deciders.missing, could: deciders.could };
  return changeCase(ports, id, { do: 'edit', edit: { ...asked, about: of.about, basis, day: of.day, ...terms }, seen }, by, command);
}
