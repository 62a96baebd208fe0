import type { WebClient } from '@slack/web-api';
import type { Alert, AlertCause } from '../domain/alerts.ts';
import { knownContacts, mailable } from '../domain/contact-book.ts';
import { daysBetween } from '../domain/day.ts';
import { readAccountDay } from '../operations/account-days.ts';
import type { AnswerOwnerPorts } from '../operations/answer-owner.ts';
import { ownerAsking } from '../operations/ask-owners.ts';
import { ownerFinding } from '../operations/find-owners.ts';
import type { RecordedFact } from '../operations/ports.ts';
import { stepsOf } from '../operations/simulate.ts';
import { ALERT_MESSAGE, raiseAlert, tellAlerts } from '../operations/tell-alerts.ts';
import type { Tell } from '../operations/tell-assignment.ts';
import { alertWatching, type WatchAlertsPorts } from '../operations/watch-alerts.ts';
import { type AlertView, alertCard, alertList } from './blocks/alerts.ts';
import { directChannel } from './direct.ts';
import { memberByAddress } from './our-people.ts';
import type { Renderer } from './outbound.ts';
import type { Reply } from './reply.ts';
import { alertsSubject } from './subjects/alerts.ts';
import { vetoSubject } from './subjects/veto.ts';
import { plain } from './text.ts';

export interface AlertSidePorts extends WatchAlertsPorts, AnswerOwnerPorts {
  readonly client: WebClient;
}

/** A fact that somebody must hear of becomes an alert of its account; a job, so that it survives a crash. */
const RAISE = 'raise-alert';

const raise = (fact: RecordedFact, cause: AlertCause, about: Alert['about'], notBefore: string | null = null): Tell => ({
  id: `${RAISE}:${cause}:${fact.id}`,
  kind: RAISE,
  payload: { id: `${cause}:${fact.id}`, cause, account: fact.aggregate.slice('account:'.length), about, notBefore },
});

function answered(fact: RecordedFact): Tell[] {
  if (fact.answer === 'go') return [];
  const about = { veto: String(fact.id), owner: String(fact.owner), until: String(fact.until), by: fact.by, reason: String(fact.reason) };
  const of = { ...about, veto: `${fact.entity}:${fact.stage}:${fact.invoice}`, answer: String(fact.answer) };
  const delays = raise(fact, 'owner-delays', of);
  if (fact.answer !== 'call') return [delays];
  // At midnight; quiet hours let it wait for the morning.
  return [delays, raise(fact, 'owner-call', of), raise(fact, 'owner-call-ends', of, `${fact.until}T00:00:00Z`)];
}

/** Facts that somebody hears of here; what has its own card is told where it belongs (domain/alerts.ts). */
const told: Readonly<Record<string, (fact: RecordedFact) => Tell[]>> = {
  'owner-asked': (fact) => [
    raise(fact, 'owner-question', { owner: String(fact.owner), veto: `${fact.entity}:${fact.stage}:${fact.invoice}` }),
  ],
  'owner-answered': answered,
  'status-set': (fact) => (fact.to === 'insolvent' ? [raise(fact, 'insolvent', { by: fact.by, reason: String(fact.reason) })] : []),
  'contact-bounced': (fact) => [raise(fact, 'mail-bounced', { email: String(fact.email) })],
};

/** The owner's veto and everything else that somebody must hear of at once (F37, F38). */
export function alertSide(ports: AlertSidePorts) {
  return {
    subjects: [alertsSubject(ports, (alert) => drawn(ports, alert)), vetoSubject(ports)],
    told,
    renderers: { [RAISE]: raiser(ports), [ALERT_MESSAGE]: messageRenderer(ports) },
    due: [
      { name: 'owners in sales by address', run: ownerFinding({ ...ports, lookUp: (email) => memberByAddress(ports.client, email) }) },
      { name: 'owners in sales', run: ownerAsking(ports) },
      { name: 'alerts to raise', run: alertWatching(ports) },
      { name: 'alerts', run: () => tellAlerts(ports) },
    ],
  };
}

/** Says nothing itself: the alert is put down, and goes when its person may be written to. */
function raiser(ports: AlertSidePorts): Renderer {
  return async (payload) => {
    const { notBefore, ...alert } = payload as unknown as Omit<Alert, 'user' | 'notBefore'> & { notBefore: string | null };
    await raiseAlert(ports, notBefore === null ? alert : { ...alert, notBefore: Temporal.Instant.from(notBefore) });
    return null;
  };
}

function messageRenderer(ports: AlertSidePorts): Renderer {
  return async (payload) => {
    const alerts = await ports.alerts.of(String(payload.message));
    const [first] = alerts;
    const channel = first ? await directChannel(ports.client, first.user) : null;
    if (!first || !channel) return null;
    if (alerts.length === 1) {
      const card = await drawn(ports, first);
      return card && { channel, messages: [card] };
    }
    const seen: [Alert, AlertView][] = [];
    for (const alert of alerts) {
      const view = await viewOf(ports, alert);
      if (view && isOpen(alert, view)) seen.push([alert, view]);
    }
    return seen.length > 0 ? { channel, messages: [alertList(seen)] } : null;
  };
}

/** A question or a call that was answered meanwhile is told no more. */
function isOpen({ cause }: Alert, { veto, step }: AlertView): boolean {
  if (cause === 'owner-question') return veto !== null && step !== null && veto.answer === null;
  if (cause === 'owner-call' || cause === 'owner-call-ends') return veto?.answer?.do === 'call';
  return true;
}

async function drawn(ports: AlertSidePorts, alert: Alert): Promise<Reply | null> {
  const view = await viewOf(ports, alert);
  return view && isOpen(alert, view) ? alertCard(alert, view) : null;
}

async function viewOf(ports: AlertSidePorts, { account, about }: Alert): Promise<AlertView | null> {
  const read = await readAccountDay(ports, account);
  const found = read?.cases[0];
  if (!read || !found) return null;
  const { row, work, day } = found;
  const base = { name: row.name, number: row.number, step: null, recipient: '' };
  const veto = work.vetoes.find(({ id }) => id === about.veto) ?? null;
  if (!veto) return { ...base, veto };
  const unasked = { ...found, day: { ...day, ownerSilence: null } };
  const steps = stepsOf(unasked, read.policies, Math.max(1, daysBetween(day.today, veto.silenceEnds) + 1));
  const step =
    steps.find(
      ({ action }) => action.entity === veto.entity && action.stage.key === veto.stage && action.leading.invoice === veto.invoice,
    ) ?? null;
  const able = mailable(knownContacts(await ports.ledger.contacts(account), work.contacts, account));
  const contact = step && able[Math.min(step.action.stage.contact, able.length) - 1];
  return { ...base, veto, step, recipient: contact ? `${plain(contact.name)} (${plain(contact.email)})` : '' };
}
