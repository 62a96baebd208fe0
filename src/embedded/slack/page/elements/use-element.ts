import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import { scopeKey, useClient, useScope } from '../context.ts';
import { type ElementJson, entryKey, initialValue, stateOf } from '../form-state.ts';

/** Where an element stands in its block. */
interface Slot {
  blockId: string;
  /** Each change is told to the app at once (all but the inputs of a form). */
  dispatches: boolean;
  /** Id of the visible label, when there is one. */
  labelledBy?: string;
  describedBy?: string;
  invalid: boolean;
}

const SlotContext = createContext<Slot | null>(null);
export const SlotProvider = SlotContext.Provider;

function useSlot(): Slot {
  const slot = useContext(SlotContext);
  if (!slot) throw new Error('an element drawn outside of a block');
  return slot;
}

interface ElementUse {
  slot: Slot;
  /** The element's current state value object. */
  value: Record<string, unknown>;
  /** Waiting for the app's answer, or the form is locked. */
  disabled: boolean;
  /** Keeps the value and, where the element dispatches, tells the app (after its confirm dialog). */
  change(value: Record<string, unknown>): Promise<void>;
  /** Keeps the value without telling the app. */
  keep(value: Record<string, unknown>): void;
  /** Tells the app of a click or of the value, after the confirm dialog. */
  click(value?: Record<string, unknown>): Promise<void>;
}

export function useElement(element: ElementJson): ElementUse {
  const client = useClient();
  const scope = useScope();
  const slot = useSlot();
  const entries = client.entries(scopeKey(scope.from));
  const key = entryKey(slot.blockId, element);
  const [busy, setBusy] = useState(false);
  const [, redraw] = useState(0);
  const value = (entries.get(key) ?? initialValue(element) ?? {}) as Record<string, unknown>;

  const keep = (next: Record<string, unknown>) => {
    entries.set(key, next);
    redraw((count) => count + 1);
  };
  const tell = async (next?: Record<string, unknown>) => {
    setBusy(true);
    const state = stateOf(scope.blocks, entries);
    await client.act({ do: 'click', from: scope.from, block: slot.blockId, element, value: next, state });
    setBusy(false);
  };
  const confirmed = () => (element.confirm ? client.confirm(element.confirm) : Promise.resolve(true));
  return {
    slot,
    value,
    disabled: busy || scope.locked,
    keep,
    async change(next) {
      if (slot.dispatches && !(await confirmed())) return redraw((count) => count + 1);
      keep(next);
      if (slot.dispatches) await tell(next);
    },
    async click(next) {
      if (await confirmed()) await tell(next);
    },
  };
}
