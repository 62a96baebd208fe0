import { html } from 'htm/preact';
import { useState } from 'preact/hooks';
import type { PageUser } from '../page-protocol.ts';
import { Avatar, UserBadge } from './avatar.ts';
import { useClient } from './context.ts';
import { Icon } from './icons.ts';
import { Popover } from './popover.ts';

/** The switch that makes the page another person: the featured people first, everyone else on demand.
 * The compact one stands in the header of a phone, where the sidebar is closed. */
export function ActAs({ compact = false }: { compact?: boolean }) {
  const client = useClient();
  const me = client.user(client.state.route.as);
  const face = compact
    ? html`<${Avatar} user=${me} size=${28} />`
    : html`<${Avatar} user=${me} size=${32} /><span class="act-as-text"><small>Acting as</small><strong>${me?.realName ?? '…'}</strong>
        ${me?.title && html`<span class="act-as-title">${me.title}</span>`}</span><${Icon} name="down" />`;
  return html`<${Popover} className="act-as" panelClass="act-as-panel" popup="dialog" testId=${compact ? undefined : 'act-as'} face=${face}
    align=${compact ? 'end' : 'start'} label=${`Acting as ${me?.realName ?? 'nobody'}. Switch person`}
    panel=${(close: () => void) => html`<${People} close=${close} />`} />`;
}

function People({ close }: { close(): void }) {
  const client = useClient();
  const [all, setAll] = useState(false);
  const people = (client.state.snapshot?.users ?? []).filter((user) => user.kind !== 'bot');
  const featured = people.filter((user) => user.featured);
  const others = people.filter((user) => !user.featured);
  return html`<div class="people" role="group" aria-label="Act as">
    <p>Everything is shown and done as this person.</p>
    ${featured.map((user) => html`<${Person} key=${user.id} user=${user} close=${close} />`)}
    ${others.length > 0 && !all && html`<button type="button" class="more" onClick=${() => setAll(true)}>More people (${others.length})</button>`}
    ${all && others.map((user) => html`<${Person} key=${user.id} user=${user} close=${close} />`)}
  </div>`;
}

function Person({ user, close }: { user: PageUser; close(): void }) {
  const client = useClient();
  const me = user.id === client.state.route.as;
  const pick = () => {
    close();
    client.actAs(user.id);
  };
  return html`<button type="button" class="person" aria-current=${me} onClick=${pick}><${Avatar} user=${user} size=${32} />
    <span class="person-text"><strong>${user.realName}<${UserBadge} user=${user} /></strong><small>${user.title}</small></span>
    ${me && html`<${Icon} name="check" />`}</button>`;
}
