import type { AnyBlock } from '@slack/types';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Client } from './client.ts';

const ClientContext = createContext<Client | null>(null);
export const ClientProvider = ClientContext.Provider;

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('drawn outside of the page');
  return client;
}

/** The message or view in which blocks stand. */
interface Scope {
  from: { channel: string; ts: string } | { view: string };
  kind: 'message' | 'modal' | 'home';
  blocks: readonly AnyBlock[];
  /** By block_id, shown under the inputs. */
  errors: Record<string, string>;
  /** Closed to changes while a submission is under way. */
  locked: boolean;
}

const ScopeContext = createContext<Scope | null>(null);
export const ScopeProvider = ScopeContext.Provider;

export function useScope(): Scope {
  const scope = useContext(ScopeContext);
  if (!scope) throw new Error('a block drawn outside of a message or view');
  return scope;
}

export const scopeKey = (from: Scope['from']): string => ('view' in from ? from.view : `${from.channel}/${from.ts}`);
