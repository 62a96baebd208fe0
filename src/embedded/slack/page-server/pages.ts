import type { WebSocket } from 'ws';
import type { PageEvent } from '../page-protocol.ts';
import type { Channel } from '../state/model.ts';

/** The open browser pages, each acting as one person. */
export class Pages {
  #open = new Map<WebSocket, string>();

  add(socket: WebSocket, person: string): void {
    this.#open.set(socket, person);
    socket.on('close', () => this.#open.delete(socket));
    // A vanished browser is the same as a closed one.
    socket.on('error', () => socket.terminate());
  }

  /** What each person sees may differ, so the event is made per person. */
  tell(people: Iterable<string> | 'all', event: (person: string) => PageEvent): void {
    const chosen = people === 'all' ? null : new Set(people);
    for (const [socket, person] of this.#open) if (!chosen || chosen.has(person)) socket.send(JSON.stringify(event(person)));
  }

  toMembers(channel: Channel, event: PageEvent): void {
    this.tell(channel.members, () => event);
  }

  closeAll(): void {
    // No closing handshake: a sleeping tab must not hold up the end of the process.
    for (const socket of this.#open.keys()) socket.terminate();
  }
}
