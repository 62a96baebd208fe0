/** A calendar day as in the ledger: 'YYYY-MM-DD', without a zone. Sorts as text. */
export type Day = string & { readonly __day: unique symbol };

const SHAPE = /^\d{4}-\d{2}-\d{2}$/;

/** Throws a RangeError for a day that does not exist (2026-02-30). */
export function day(text: string): Day {
  if (!SHAPE.test(text)) throw new RangeError(`not a day: ${text}`);
  return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as Day;
}

export function addDays(from: Day, days: number): Day {
  return dayOfEpoch(epochDay(from) + days);
}

/** By integer arithmetic, as below: follow-up asks for many days ahead (civil_from_days, Hinnant). */
function dayOfEpoch(days: number): Day {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const doe = z - era * 146097;
  const yoe = Math.floor((doe - Math.floor(doe / 1460) + Math.floor(doe / 36524) - Math.floor(doe / 146096)) / 365);
  const doy = doe - (365 * yoe + Math.floor(yoe / 4) - Math.floor(yoe / 100));
  const mp = Math.floor((5 * doy + 2) / 153);
  const d = doy - Math.floor((153 * mp + 2) / 5) + 1;
  const m = mp < 10 ? mp + 3 : mp - 9;
  const y = yoe + era * 400 + (m <= 2 ? 1 : 0);
  return `${String(y).padStart(4, '0')}-${m < 10 ? '0' : ''}${m}-${d < 10 ? '0' : ''}${d}` as Day;
}

/** Days since 1970-01-01, by integer arithmetic: ageing walks every open invoice (days_from_civil, Hinnant). */
export function epochDay(of: Day): number {
  const y0 = (of.charCodeAt(0) - 48) * 1000 + (of.charCodeAt(1) - 48) * 100 + (of.charCodeAt(2) - 48) * 10 + (of.charCodeAt(3) - 48);
  const m = (of.charCodeAt(5) - 48) * 10 + (of.charCodeAt(6) - 48);
  const d = (of.charCodeAt(8) - 48) * 10 + (of.charCodeAt(9) - 48);
  const y = m <= 2 ? y0 - 1 : y0;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + d - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return era * 146097 + doe - 719468;
}

/** Positive when `to` is later. */
export function daysBetween(from: Day, to: Day): number {
  return epochDay(to) - epochDay(from);
}

/** The local calendar day of an instant in an IANA zone. */
export function dayIn(zone: string, at: Temporal.Instant): Day {
  return at.toZonedDateTimeISO(zone).toPlainDate().toString() as Day;
}

/** Where a day that concerns a customer is counted: in the customer's own zone, else in the company's. `customer` has '' where the ledger names none. */
export function zoneOf(customer: { readonly zone: string } | null | undefined, company: { readonly zone: string }): string {
  return customer?.zone || company.zone;
}
