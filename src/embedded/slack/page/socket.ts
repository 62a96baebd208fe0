import type { PageEvent } from '../page-protocol.ts';

export interface Socket {
  close(): void;
}

interface Handlers {
  onEvent(event: PageEvent): void;
  onLost(): void;
  /** Now, and after each lost connection: what happened meanwhile has to be fetched. */
  onOpen(): void;
}

const FIRST_WAIT_MS = 300;
const LONGEST_WAIT_MS = 5000;

/** The page's WebSocket, opened again whenever it breaks until it is closed. */
export function openSocket(as: string, handlers: Handlers): Socket {
  let closed = false;
  let wait = FIRST_WAIT_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let socket: WebSocket;
  const connect = () => {
    socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/page-api/socket?${new URLSearchParams({ as })}`);
    socket.onopen = () => {
      if (closed) return;
      wait = FIRST_WAIT_MS;
      handlers.onOpen();
    };
    socket.onmessage = (message) => {
      if (!closed) handlers.onEvent(JSON.parse(String(message.data)) as PageEvent);
    };
    socket.onclose = () => {
      if (closed) return;
      handlers.onLost();
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      socket.close();
    },
  };
}
