import { ownerAsking } from '../account/ask-owners.op.ts';
import { knownContacts, mailable } from '../account/contact-book.ts';
import { ownerFinding } from '../account/find-owners.op.ts';
import { callOffering } from '../account/offer-calls.op.ts';
import { vetoSubject } from '../account/veto.slack.ts';
import { daysBetween } from '../kernel/day.ts';
import type { Tell } from '../kernel/told.op.ts';
import { directChannel } from '../slack/direct.ts';
import type { Renderer } from '../slack/outbound.ts';
import type { Reply } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { memberByAddress } from '../team/our-people.slack.ts';
import { mayDo, whoCould } from '../team/team.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { decideAccountCase, readAccountDay } from './account-days.op.ts';
import type { AlertCards, DrawAlert, DrawnElsewhere } from './alert-cards.view.ts';
import { alertsSubject } from './alerts.slack.ts';
import { ALERT_TO, type Alert, goesToSeveral } from './alerts.ts';
import { type AlertView, alertCard, alertLists } from './alerts.view.ts';
import { stepsOf } from './simulate.op.ts';
import { ALERT_MESSAGE, alertReactions, alertTell, tellAlerts } from './tell-alerts.op.ts';
import { alertWatching } from './watch-alerts.op.ts';

const vetoOf = (fact: RecordedFact) => `${fact.entity}:${fact.stage}:${fact.invoice}`;

function answered(fact: RecordedFact): Tell[] {
  if (fact.answer === 'go') return [];
  const about = { veto: vetoOf(fact), answer: String(fact.answer), until: String(fact.until), by: fact.by, reason: String(fact.reason) };
  const delays = alertTell(fact, 'owner-delays', about);
  if (fact.answer !== 'call') return [delays];
  const named = String(fact.owner);
  // At midnight; quiet hours let it wait for the morning.
  const ends = alertTell(fact, 'owner-call-ends', about, { named, notBefore: `${fact.until}T00:00:00Z` });
  return [delays, alertTell(fact, 'owner-call', about, { named }), ends];
}

/** Facts that somebody hears of here; what has its own card is told where it belongs (follow-up/alerts.ts). */
const told: Readonly<Record<string, (fact: RecordedFact) => Tell[]>> = {
  'owner-asked': (fact) => [alertTell(fact, 'owner-question', { veto: vetoOf(fact) }, { named: String(fact.owner) })],
  'owner-answered': answered,
  'status-set': (fact) => (fact.to === 'insolvent' ? [alertTell(fact, 'insolvent', { by: fact.by, reason: String(fact.reason) })] : []),
  'contact-bounced': (fact) => [alertTell(fact, 'mail-bounced', { email: String(fact.email) })],
};

/** The owner's veto and everything that somebody must hear of. `cards` of the other sides draw what belongs to them. */
export function alertSide(world: SlackWorld, cards: AlertCards) {
  const drawHere = drawn(world);
  const draw: DrawAlert = (alert) => (alert.cause in cards ? cards[alert.cause as DrawnElsewhere] : drawHere)(alert);
  const lookUp = (email: string) => memberByAddress(world.client, email);
  return {
    subjects: [alertsSubject(world, draw), vetoSubject(world)],
    told,
    reactions: alertReactions(world),
    renderers: { [ALERT_MESSAGE]: messageRenderer(world, draw) },
    due: [
      { name: 'owners in sales by address', run: ownerFinding({ ...world, lookUp }) },
      { name: 'owners in sales', run: ownerAsking(world) },
      { name: 'calls to make', run: callOffering(world) },
    ],
    /** What this tick has recorded is told in it. */
    telling: [
      { name: 'alerts to raise', run: alertWatching(world) },
      { name: 'alerts', run: () => tellAlerts(world) },
    ],
  };
}

function messageRenderer(world: SlackWorld, draw: DrawAlert): Renderer {
  return async (payload) => {
    const message = String(payload.message);
    const alerts = await world.alerts.of(message);
    const to = alerts[0] && (await reachable(world, alerts[0].user));
    if (!to) return null;
    const kept = to.instead ? alerts.filter(({ cause }) => ALERT_TO[cause] !== 'owner' && !goesToSeveral(cause)) : alerts;
    const seen: [Alert, Reply][] = [];
    for (const alert of kept) {
      const card = await draw({ ...alert, user: to.user });
      if (card) seen.push([alert, card]);
    }
    if (to.instead) await world.alerts.pass(message, to.user);
    const [first] = seen;
    if (!first) return null;
    return { channel: to.channel, messages: seen.length === 1 ? [first[1]] : alertLists(seen) };
  };
}

/** The person; where Slack cannot reach them any more, somebody who manages. */
async function reachable({ client, team }: SlackWorld, user: string) {
  const channel = await directChannel(client, user);
  if (channel) return { user, channel, instead: false };
  const members = await team.read();
  for (const manager of whoCould(members, 'manage').filter((each) => each !== user && mayDo(members, each, 'collect'))) {
    const direct = await directChannel(client, manager);
    if (direct) return { user: manager, channel: direct, instead: true };
  }
  return null;
}

/** A question or a call that was answered meanwhile is told no more. */
function isOpen({ cause, about }: Alert, { veto, step, due }: AlertView): boolean {
  if (cause === 'manager-call') return due?.stage.key === about.stage && due?.entity === about.entity;
  if (cause === 'owner-question') return veto !== null && step !== null && veto.answer === null;
  if (cause === 'owner-call' || cause === 'owner-call-ends') return veto?.answer?.do === 'call';
  return true;
}

function drawn(world: SlackWorld): DrawAlert {
  return async (alert) => {
    const view = await viewOf(world, alert);
    return view && isOpen(alert, view) ? alertCard(alert, view) : null;
  };
}

async function viewOf(world: SlackWorld, { cause, account, about }: Alert): Promise<AlertView | null> {
  const read = await readAccountDay(world, account);
  const found = read?.cases[0];
  if (!read || !found) return null;
  const { row, work, day } = found;
  const due = cause === 'manager-call' ? decideAccountCase(found, read.policies).action : null;
  const base = { name: row.name, number: row.number, due, collector: work.collector, step: null, recipient: '' };
  const veto = work.vetoes.find(({ id }) => id === about.veto) ?? null;
  if (!veto) return { ...base, veto };
  const unasked = { ...found, day: { ...day, ownerSilence: null } };
  const steps = stepsOf(unasked, read.policies, Math.max(1, daysBetween(day.today, veto.silenceEnds) + 1));
  const step =
    steps.find(
      ({ action }) => action.entity === veto.entity && action.stage.key === veto.stage && action.leading.invoice === veto.invoice,
    ) ?? null;
  const able = mailable(knownContacts(await world.ledger.contacts(account), work.contacts, account));
  const contact = step && able[Math.min(step.action.stage.contact, able.length) - 1];
  return { ...base, veto, step, recipient: contact ? `${plain(contact.name)} (${plain(contact.email)})` : '' };
}
