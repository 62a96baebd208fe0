import { randomBytes } from 'node:crypto';
import type { checkView } from '../block-kit/check.ts';
import { LIMITS } from '../block-kit/limits.ts';
import { pageView } from '../conversation/page-shapes.ts';
import type { Pages } from '../page-server/pages.ts';
import type { Json, View } from '../state/model.ts';
import type { Store } from '../state/store.ts';
import { ApiError } from '../web-api/api-error.ts';
import { stateValues } from './state-values.ts';

type Checked = ReturnType<typeof checkView>;
interface From {
  person: string;
  view?: string;
}

const newHash = () => `${Math.floor(Date.now() / 1000)}.${randomBytes(4).toString('hex')}`;

/** The members an app chooses; the rest of a View is the workspace's. */
function chosen(
  view: Checked,
): Pick<
  View,
  'type' | 'blocks' | 'privateMetadata' | 'callbackId' | 'externalId' | 'notifyOnClose' | 'clearOnClose' | 'title' | 'submit' | 'close'
> {
  const text = (name: string) => String(view[name] ?? '');
  return {
    type: view.type as View['type'],
    blocks: view.blocks,
    privateMetadata: text('private_metadata'),
    callbackId: text('callback_id'),
    externalId: text('external_id'),
    notifyOnClose: view.notify_on_close === true,
    clearOnClose: view.clear_on_close === true,
    ...(view.title !== undefined && { title: view.title as Json }),
    ...(view.submit !== undefined && { submit: view.submit as Json }),
    ...(view.close !== undefined && { close: view.close as Json }),
  };
}

function create(person: string, view: Checked, below: View | undefined): View {
  const id = `V${randomBytes(5).toString('hex').toUpperCase()}`;
  const ids = { id, person, rootId: below?.rootId ?? id, previousId: below?.id ?? null };
  return { ...chosen(view), ...ids, hash: newHash(), values: stateValues(view.blocks, {}) };
}

/** The stack of modals each person has open. In memory: a restart closes them. Home views are kept in the store. */
export class Modals {
  #stacks = new Map<string, View[]>();
  #pages: Pages;
  #store: Store;

  constructor(pages: Pages, store: Store) {
    this.#pages = pages;
    this.#store = store;
  }

  of(person: string): View[] {
    return this.#stacks.get(person) ?? [];
  }

  find(fits: (view: View) => boolean): View | undefined {
    return [...this.#stacks.values()].flat().find(fits);
  }

  /** A new stack from a command, message or shortcut; on top of the present one from within a modal. */
  open(from: From, view: Checked): View {
    if (from.view !== undefined && this.of(from.person).some((each) => each.id === from.view)) return this.push(from, view);
    this.#unusedExternalId(view);
    const created = create(from.person, view, undefined);
    return this.#set(from.person, [created], created);
  }

  /** @throws ApiError not_found when the person has no modal open, push_limit_reached above three */
  push(from: From, view: Checked): View {
    const stack = this.of(from.person);
    if (stack.length === 0) throw new ApiError('not_found');
    if (stack.length >= LIMITS.viewStack) throw new ApiError('push_limit_reached');
    this.#unusedExternalId(view);
    const created = create(from.person, view, stack.at(-1));
    return this.#set(from.person, [...stack, created], created);
  }

  #unusedExternalId(view: Checked): void {
    const wanted = view.external_id;
    if (wanted && this.find((each) => each.externalId === wanted)) throw new ApiError('duplicate_external_ids');
  }

  /** Draws an open view anew; values of elements that keep their block_id and action_id stay. */
  update(old: View, view: Checked): View {
    const { id, person, rootId, previousId } = old;
    const updated: View = {
      ...chosen(view),
      id,
      person,
      rootId,
      previousId,
      hash: newHash(),
      values: stateValues(view.blocks, old.values),
    };
    const stack = this.of(old.person).map((each) => (each.id === old.id ? updated : each));
    return this.#set(old.person, stack, updated);
  }

  /** Remembers what was entered so far, without drawing anything anew. */
  keep(view: View, values: View['values']): View {
    const kept = { ...view, values };
    this.#stacks.set(
      view.person,
      this.of(view.person).map((each) => (each.id === view.id ? kept : each)),
    );
    return kept;
  }

  /** Shows errors under the fields of an open view. */
  showErrors(view: View, errors: Record<string, string>): void {
    const shown = { ...view, errors };
    this.#set(
      view.person,
      this.of(view.person).map((each) => (each.id === view.id ? shown : each)),
      shown,
    );
  }

  /** Closes a view and what lies on top of it. @returns the closed ones, topmost first */
  close(view: View): View[] {
    const stack = this.of(view.person);
    const index = stack.findIndex((each) => each.id === view.id);
    if (index < 0) return [];
    this.#set(view.person, stack.slice(0, index), view);
    return stack.slice(index).reverse();
  }

  clear(person: string): View[] {
    const stack = this.of(person);
    if (stack[0]) this.close(stack[0]);
    return [...stack].reverse();
  }

  publish(person: string, view: Checked): View {
    const old = this.#store.home(person);
    const created = create(person, view, undefined);
    const home: View = old ? { ...created, id: old.id, rootId: old.id, values: stateValues(view.blocks, old.values) } : created;
    this.#store.saveHome(home);
    this.#pages.tell([person], () => ({ type: 'home', view: pageView(home) }));
    return home;
  }

  #set(person: string, stack: View[], result: View): View {
    if (stack.length === 0) this.#stacks.delete(person);
    else this.#stacks.set(person, stack);
    this.#pages.tell([person], () => ({ type: 'modals', modals: stack.map(pageView) }));
    return result;
  }
}
