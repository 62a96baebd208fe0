import type { StandardTermsOf } from '../charges/terms.ts';
import type { AccountCase } from '../follow-up/account-days.op.ts';
import type { Cause } from '../follow-up/tell-alerts.op.ts';
import { addDays, daysBetween } from '../kernel/day.ts';
import { type InsolvencyFile, openFile } from './insolvency.ts';
import { vatRelief } from './insolvency-rules.ts';

/** Days before the filing deadline on which managers and the finance lead hear of it. */
const FILING = [14, 7, 1];
/** Days before the relief of VAT ends. */
const RELIEF_ENDS = 30;

/** What an open insolvency file asks for by a day: the claim to be filed, and VAT to be claimed back. */
export function insolvencyCauses({ row, work, day: { today } }: AccountCase, terms: StandardTermsOf = {}): Cause[] {
  const file = openFile(work.insolvencies);
  return file ? [...filing(row.id, file, today), ...relief(row.id, file, terms, today)] : [];
}

type Today = AccountCase['day']['today'];

function filing(account: string, { id, deadline, filed, procedure }: InsolvencyFile, today: Today): Cause[] {
  if (deadline === null || filed) return [];
  const left = daysBetween(today, deadline);
  const warn = left < 0 ? 'late' : FILING.findLast((days) => left <= days);
  if (warn === undefined) return [];
  const about = { deadline, procedure, late: left < 0 ? 1 : 0 };
  return [{ id: `filing:${account}:${id}:${deadline}:${warn}`, cause: 'filing-deadline', account, about }];
}

function relief(account: string, { id, claim, opened }: InsolvencyFile, terms: StandardTermsOf, today: Today): Cause[] {
  return claim.flatMap((line): Cause[] => {
    const found = vatRelief(terms[line.entity]?.vat ?? null, line, opened);
    if (!found) return [];
    const { entity, currency, open } = line;
    const told = (which: string, on: string): Cause => ({
      id: `vat:${account}:${id}:${entity}:${currency}:${which}`,
      cause: 'vat-relief',
      account,
      about: { place: found.place, which, on, entity, currency, open },
    });
    if (found.place === 'DE') return today >= found.from ? [told('from', found.from)] : [];
    if (today >= addDays(found.ends, -RELIEF_ENDS)) return today <= found.ends ? [told('ends', found.ends)] : [];
    if (today >= found.all) return [told('all', found.all)];
    return today >= found.first ? [told('first', found.first)] : [];
  });
}
