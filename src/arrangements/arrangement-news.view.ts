import type { Button, KnownBlock } from '@slack/types';
import type { WorkedAccount } from '../account/account.port.ts';
import type { AccountWork } from '../account/account-work.ts';
import { shortDay } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { CardRef } from '../slack/pressed.ts';
import type { Reply } from '../slack/reply.ts';
import { counted, money, plain } from '../slack/text.ts';
import type { RecordedFact } from '../trail/trail.port.ts';
import { OFFER_WORDS, planButtons } from './arrangements.view.ts';
import type { OfferKind } from './settlement.ts';

/** What its taker and the account's collector are told of an arrangement; null: this is not told. */
export function arrangementNews(fact: RecordedFact, account: WorkedAccount): Reply | null {
  const said = SAID[fact.type]?.(fact);
  if (!said) return null;
  const ref: CardRef = { a: account.id, v: account.version };
  const title = `${said.title}: ${plain(account.name)}`;
  const blocks: KnownBlock[] = [
    section(`${said.icon} *${title}*\n${said.text}`),
    { type: 'actions', elements: buttonsOf(fact, account.work, ref) },
  ];
  return { text: `${title}. ${said.text}`, blocks };
}

function buttonsOf(fact: RecordedFact, { plans }: AccountWork, ref: CardRef): Button[] {
  const plan = plans.find((each) => each.id === fact.plan);
  const late = fact.type === 'plan-missed' || fact.type === 'plan-defaulted';
  return [
    ...(late ? [button('account-call', 'news', 'Call…', ref)] : []),
    ...(late && plan ? planButtons(plan, ref) : []),
    button('account-card', 'news', 'Open card', { a: ref.a }),
  ];
}

interface Said {
  readonly icon: string;
  readonly title: string;
  readonly text: string;
}

const SAID: Readonly<Record<string, (fact: RecordedFact) => Said | null>> = {
  'plan-missed': (fact) => ({
    icon: ':warning:',
    title: 'Instalment missing',
    text: `${counted(Number(fact.count), 'instalment')} of the plan of ${amount(fact, 'amount')} did not come: ${amount(fact, 'due')} is missing after its grace. Call, or give notice of default; until then the missing part is asked for again, the rest of the plan stands.`,
  }),
  'plan-defaulted': (fact) => ({
    icon: ':rotating_light:',
    title: 'Plan in default',
    text: fact.accelerated
      ? `The notice has run out unpaid. Under the agreement the whole balance of ${amount(fact, 'due')} is due at once; follow-up asks for it from now on.`
      : `The notice has run out unpaid. No agreement on file makes the whole balance fall due: the missing ${amount(fact, 'due')} is asked for, the instalments to come still rest.`,
  }),
  'plan-approved': (fact) => ({
    icon: ':white_check_mark:',
    title: 'Plan approved',
    text: `The plan of ${amount(fact, 'amount')} begins; what it covers rests as long as it is kept. Confirm it to the customer.`,
  }),
  'plan-closed': (fact) => {
    if (fact.outcome === 'completed')
      return { icon: ':tada:', title: 'Plan completed', text: `All of ${amount(fact, 'amount')} has come in.` };
    if (fact.outcome !== 'declined') return null;
    return {
      icon: ':no_entry:',
      title: 'Plan not approved',
      text: `The plan of ${amount(fact, 'amount')} does not begin${reason(fact)}. Nothing rests under it.`,
    };
  },
  'offer-approved': (fact) => ({
    icon: ':white_check_mark:',
    title: `${kind(fact)} approved`,
    text: `${amount(fact, 'pay')} by ${shortDay(String(fact.until))} for ${amount(fact, 'balance')}. Make the offer to the customer now.`,
  }),
  'offer-closed': (fact) => {
    const terms = `${amount(fact, 'pay')} was to be here by ${shortDay(String(fact.until))} for ${amount(fact, 'balance')}.`;
    switch (fact.outcome) {
      case 'settled': {
        const credit = Number(fact.credit) > 0 ? ` ${amount(fact, 'credit')} is to be credited and rests until an import shows it.` : '';
        return { icon: ':tada:', title: `${kind(fact)} paid in time`, text: `${terms} ${amount(fact, 'inTime')} came in time.${credit}` };
      }
      case 'lapsed': {
        const late = Number(fact.late) > 0 ? `, ${amount(fact, 'late')} after it` : '';
        const text = `${terms} ${amount(fact, 'inTime')} came by that day${late}. The full balance stands, less what was paid, and is asked for again. Tell the customer.`;
        return { icon: ':hourglass:', title: `${kind(fact)} lapsed`, text };
      }
      case 'declined':
        return {
          icon: ':no_entry:',
          title: `${kind(fact)} not approved`,
          text: `Do not make this offer${reason(fact)}. The full balance stands.`,
        };
      default:
        return null;
    }
  },
};

const amount = (fact: RecordedFact, name: string) => money(Number(fact[name]), String(fact.currency));
const kind = (fact: RecordedFact) => OFFER_WORDS[fact.kind as OfferKind];
const reason = (fact: RecordedFact) => (fact.note ? `: ${plain(String(fact.note)).replace(/\.$/, '')}` : '');
