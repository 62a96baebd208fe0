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
