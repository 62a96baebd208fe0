/** What of a charge matters here. */
interface Claimed {
  readonly kind: string;
  readonly entity: string;
  /** '' for a cost of the whole account. */
  readonly invoice: string;
  readonly currency: string;
  readonly amount: number;
  /** Of the whole sum or cost, what was not claimed since the other one covers it. */
  readonly covered?: number;
}

/**
 * A law's fixed sum counts towards what recovering the debt cost: only the difference is owed besides. UK Act 1998 s.5A(2A), BGB s.288(5), DL
 * 62/2013, UGB s.458, Ley 3/2004 art. 8, Code de commerce L441-10 II, Directive 2011/7/EU art. 6(3). So the larger of the two is claimed.
 */
export function setOff(
  claimed: readonly Claimed[],
  claim: Pick<Claimed, 'kind' | 'entity' | 'invoice' | 'currency'>,
  whole: number,
): { readonly amount: number; readonly covered: number } {
  const { kind, entity, invoice, currency } = claim;
  const same = claimed.filter(
    (each) => each.entity === entity && each.currency === currency && (each.kind === 'compensation' || each.kind === 'recovery-cost'),
  );
  const before = same.reduce((sum, { amount }) => sum + amount, 0);
  const owed = owedIn([...same.map((each) => ({ ...each, whole: each.amount + (each.covered ?? 0) })), { kind, invoice, whole }]);
  const amount = Math.min(whole, Math.max(0, owed - before));
  return { amount, covered: whole - amount };
}

type Part = { readonly kind: string; readonly invoice: string; readonly whole: number };

/** Of each debt the larger of sum and cost; a cost of the whole account only beyond what the sums leave. */
function owedIn(parts: readonly Part[]): number {
  const of = (kind: string, invoice: string) =>
    parts.reduce((sum, part) => (part.kind === kind && part.invoice === invoice ? sum + part.whole : sum), 0);
  const invoices = [...new Set(parts.map(({ invoice }) => invoice))].filter((invoice) => invoice !== '');
  const pairs = invoices.map((invoice) => [of('compensation', invoice), of('recovery-cost', invoice)] as const);
  const larger = pairs.reduce((sum, [fixed, cost]) => sum + Math.max(fixed, cost), 0);
  const left = pairs.reduce((sum, [fixed, cost]) => sum + Math.max(0, fixed - cost), 0);
  return larger + Math.max(0, of('recovery-cost', '') - left);
}
