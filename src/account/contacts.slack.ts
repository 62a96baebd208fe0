import type { World } from '../kernel/world.port.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { clip } from '../slack/text.ts';
import { type AccountCards, type Carried, carriedBy } from './account-cards.slack.ts';
import { changeAccount } from './change-account.op.ts';
import { type AddedContact, type KnownContact, knownContacts } from './contact-book.ts';
import { contactLine } from './contact-words.view.ts';

/** What a person may do with one contact of the list. */
const ACTS = {
  first: 'Make first',
  up: 'Move up',
  stop: 'Do not contact',
  resume: 'May be contacted again',
  decides: 'Decision-maker',
  'decides-not': 'No decision-maker',
} as const;
type Act = keyof typeof ACTS;

/** Slack's limit of an action id; a longer contact id could not be told apart. */
const LONGEST_ACTION = 255;
const SHOWN = 20;

/** Contacts with their order and marks, and people whom the team adds by hand. */
export function contactsSubject(world: World, cards: AccountCards): Subject {
  const contactsOf = async (account: string): Promise<KnownContact[]> => {
    const [rows, worked] = await Promise.all([world.ledger.contacts(account), world.accounts.load(account)]);
    if (!worked) throw new Refused(REFUSED['no-such-account']);
    return knownContacts(rows, worked.work.contacts, account);
  };
  return {
    clicks: {
      'account-contacts': {
        may: 'collect',
        run: cards.openNow(async ({ ref }, carried) => contactsForm(await contactsOf(ref.a), carried)),
      },
      'contact-act': {
        may: 'collect',
        async run({ value, body, client, asker }) {
          if (!body.view) return;
          const carried = carriedBy({ view: body.view } as unknown as SubmitRequest);
          const id = body.actions[0]?.action_id.slice('contact-act:'.length) ?? '';
          const contacts = await contactsOf(carried.a);
          const contact = contacts.find((each) => each.id === id);
          if (!contact || !(value in ACTS)) throw new Refused(REFUSED['changed-meanwhile']);
          const command = `click:contact:${body.view.id}:${body.view.hash}:${asker.user}`;
          const result = await changeAccount(world, carried.a, requestFor(value as Act, contact, contacts), asker.user, command);
          const notice = result.done ? null : REFUSED[result.refused];
          const view = contactsForm(await contactsOf(carried.a), carried, notice);
          await client.views.update({ view_id: body.view.id, view });
        },
      },
    },
    submits: {
      'account-contacts': {
        may: 'collect',
        async run(request) {
          const carried: Carried = carriedBy(request);
          const contact = added(request);
          if (Object.values(contact).every((text) => text === '')) return undefined;
          const { view, asker } = request;
          const asked = { do: 'add-contact', id: `contact:${view.id}`, contact } as const;
          const result = await changeAccount(world, carried.a, asked, asker.user, `submit:${view.id}`);
          if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'name']: REFUSED[result.refused] });
          cards.redrawn(request, carried, ':white_check_mark: Contact added.');
          return undefined;
        },
      },
    },
  };
}

const FIELD: Readonly<Record<string, string>> = { 'contact-unreachable': 'email', 'contact-address': 'email', 'source-missing': 'source' };

function added(request: SubmitRequest): AddedContact {
  const [name, email, phone, role, source] = ['name', 'email', 'phone', 'role', 'source'].map((each) => entered(request, each).trim());
  return { name: name!, email: email!, phone: phone!, role: role!, source: source! };
}

function requestFor(act: Act, contact: KnownContact, contacts: readonly KnownContact[]) {
  const { id, name } = contact;
  switch (act) {
    case 'first':
    case 'up': {
      const order = contacts.map((each) => each.id).filter((each) => each !== id);
      const place = act === 'first' ? 0 : Math.max(0, contacts.findIndex((each) => each.id === id) - 1);
      return { do: 'order-contacts', order: order.toSpliced(place, 0, id) } as const;
    }
    case 'stop':
    case 'resume':
      return { do: 'mark-contact', contact: id, name, mark: 'doNotContact', set: act === 'stop' } as const;
    case 'decides':
    case 'decides-not':
      return { do: 'mark-contact', contact: id, name, mark: 'decisionMaker', set: act === 'decides' } as const;
  }
}

/** Whoever the ledger itself closes to us cannot be opened here. */
function actsFor(contact: KnownContact, index: number): Act[] {
  return [
    ...(index > 0 ? (['first', 'up'] as const) : []),
    contact.doNotContact ? 'resume' : 'stop',
    contact.decisionMaker ? 'decides-not' : 'decides',
  ];
}

function contactsForm(contacts: readonly KnownContact[], carried: object, notice: string | null = null) {
  const rows = contacts
    .filter((contact) => contact.id.length + 'contact-act:'.length <= LONGEST_ACTION)
    .slice(0, SHOWN)
    .map((contact, index) => ({
      ...section(`${index + 1}. ${contactLine(contact)}`),
      accessory: {
        type: 'static_select' as const,
        action_id: `contact-act:${contact.id}`,
        placeholder: { type: 'plain_text' as const, text: 'Change' },
        options: actsFor(contact, index).map((act) => ({ value: act, text: { type: 'plain_text' as const, text: ACTS[act] } })),
      },
    }));
  return modal('account-contacts', 'Contacts', 'Add', carried, [
    section(
      clip(
        `${notice ? `:warning: ${notice}\n` : ''}Steps go to the first contact that may be written to or called; a step for a second contact to the next. What the import brings stays as it is; these are the team's notes on it.`,
        3000,
      ),
    ),
    ...(rows.length > 0 ? rows : [section('Nobody is known yet.')]),
    { type: 'divider' },
    section('*Add somebody*'),
    textField('name', 'Name', { optional: true, max: 80 }),
    textField('email', 'Mail address', { optional: true, max: 120 }),
    textField('phone', 'Telephone', { optional: true, max: 40 }),
    textField('role', 'Role', { optional: true, max: 40, hint: 'For example accounts payable or director.' }),
    textField('source', 'Where is this from?', { optional: true, max: 200, hint: 'For example the account owner, or their website.' }),
  ]);
}
