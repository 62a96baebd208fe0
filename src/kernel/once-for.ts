/** A pure answer about something that never changes, worked out once for each: a customer may have ten thousand invoices that all ask the same. */
export function onceFor<Of extends object, Answer>(answer: (of: Of) => Answer): (of: Of) => Answer {
  const known = new WeakMap<Of, { readonly answer: Answer }>();
  return (of) => {
    let found = known.get(of);
    if (!found) {
      found = { answer: answer(of) };
      known.set(of, found);
    }
    return found.answer;
  };
}

/** The first of a list that never changes that is about an invoice. */
export const ofInvoice = <Each extends { readonly invoice: string }>(list: readonly Each[], invoice: string): Each | undefined =>
  byInvoice(list).get(invoice) as Each | undefined;

const byInvoice = onceFor(
  (list: readonly { readonly invoice: string }[]) => new Map(list.toReversed().map((each) => [each.invoice, each])),
);
