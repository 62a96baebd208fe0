import { type AccountCards, carriedBy, type FromCard } from '../account/account-cards.slack.ts';
import { changeAccount } from '../account/change-account.op.ts';
import { day } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import { invoiceOptions, invoicesSelect, readInvoiceOption } from '../ledger/invoice-options.slack.ts';
import { Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, dayField, entered, enteredOptions, field, fieldErrors, modal, textField } from '../slack/modals.ts';
import { section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import type { Settings } from '../team/settings.port.ts';
import { lawWords } from './agreement.view.ts';
import type { Law } from './law.ts';
import { type LimitationRule, limitationRule } from './limitation.ts';
import { LIMITATION_WORDS } from './limitation.view.ts';
import { LIMITATION_KINDS, type LimitationEntered, type LimitationRefusal } from './limitation-record.ts';
import { termsIn } from './terms.ts';

/** The form's field that each refusal points to. */
const FIELD: Readonly<Partial<Record<LimitationRefusal, string>>> = {
  'limitation-source-missing': 'source',
  'limitation-link': 'evidence',
  'limitation-in-future': 'on',
  'limitation-too-far': 'on',
  'limitation-through': 'through',
  'limitation-not-by-law': 'kind',
};

/** Until when claims can be brought: a manager records the date, or what moves it, with the evidence. */
export function limitationSubject(world: World, cards: AccountCards): Subject {
  const form = async ({ ref, work, today, settings }: FromCard, carried: object) => {
    const items = (await world.ledger.openItems(ref.a)).filter(({ due }) => due < today);
    if (items.length === 0) throw new Refused('No open invoice of this account is overdue, so no limitation period runs.');
    const laws = new Set(items.map(({ entity }) => termsIn(settings, work.agreement, entity).law));
    return modal('account-limitation', 'Limitation date', 'Record', carried, [
      section([...laws].map(lawText).join('\n')),
      field('invoices', 'Invoices', invoicesSelect(invoiceOptions(items, today)), { hint: 'Overdue ones of one selling entity.' }),
      choiceField(
        'kind',
        'What is recorded',
        LIMITATION_WORDS,
        'until',
        'A date goes before what the law’s list says, until another is recorded.',
      ),
      dayField('on', 'Date, or day on which it happened', undefined, 'Of a suspension the first day.'),
      { ...dayField('through', 'Last day of a suspension'), optional: true },
      textField('source', 'What it rests on', {
        multiline: true,
        max: 500,
        hint: 'Whose advice, or what the customer wrote or paid, and where it is kept. Do not copy counsel’s reasons: they are privileged.',
      }),
      textField('evidence', 'Where the evidence lies', { optional: true, max: 500, hint: 'https://… or a Slack file’s link or id.' }),
    ]);
  };
  return {
    clicks: {
      'account-limitation': { may: 'manage', run: cards.open(form) },
      'limitation-now': { may: 'manage', run: cards.openNow(form) },
    },
    submits: { 'account-limitation': { may: 'manage', run: (request) => submit(world, cards, request) } },
  };
}

async function submit(world: World, cards: AccountCards, request: SubmitRequest): Promise<SubmitAnswer> {
  const carried = carriedBy(request);
  const chosen = enteredOptions(request, 'invoices').map(readInvoiceOption);
  const entity = chosen[0]?.entity ?? '';
  if (chosen.some((each) => each.entity !== entity)) return fieldErrors({ invoices: REFUSED['limitation-entities-differ'] });
  const wanted = readForm(
    request,
    entity,
    chosen.map(({ number }) => number),
  );
  const law = await lawOf(world, request.settings, carried.a, entity);
  const change = { do: 'record-limitation', id: `limitation:${request.view.id}`, entered: wanted, law } as const;
  const result = await changeAccount(world, carried.a, change, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ [FIELD[result.refused as LimitationRefusal] ?? 'invoices']: REFUSED[result.refused] });
  cards.redrawn(request, carried, ':white_check_mark: Recorded, with its evidence, on the timeline. Formal steps go by it from now on.');
  return undefined;
}

function readForm(request: SubmitRequest, entity: string, invoices: readonly string[]): LimitationEntered {
  const kind = LIMITATION_KINDS.find((each) => each === entered(request, 'kind')) ?? 'until';
  const through = entered(request, 'through');
  return {
    ...{ kind, entity, invoices },
    on: day(entered(request, 'on')),
    through: kind === 'suspension' && through !== '' ? day(through) : null,
    source: entered(request, 'source'),
    evidence: entered(request, 'evidence'),
  };
}

async function lawOf({ accounts }: Pick<World, 'accounts'>, settings: Settings, account: string, entity: string): Promise<Law | null> {
  return termsIn(settings, (await accounts.load(account))?.work.agreement ?? null, entity).law;
}

/** What is listed here of a law, so that nobody records what moves nothing. */
function lawText(law: Law | null): string {
  if (law === null) return ':warning: The governing law is not known. A manager enters it under More…, Agreement…';
  const rule = limitationRule(law);
  if (!rule) return `*Law: ${lawWords(law)}*  No limitation period is listed here: record the date with its source.`;
  return `*Law: ${lawWords(law)}*  ${ruleText(rule)}`;
}

const NAMES = { acknowledgement: 'a written acknowledgement', 'part-payment': 'a part payment', 'written-demand': 'a written demand' };

function ruleText({ years, from, restarts, suspended, source, doubtful, extinguished }: LimitationRule): string {
  const begins = from === 'due' ? 'from the due date' : 'from the end of the year of the due date';
  const again = restarts.map((each) => NAMES[each]);
  return [
    `${years} years ${begins} (${source}).`,
    again.length > 0 ? `Begins again with ${again.join(' or ')}.` : 'Nothing that begins it again is listed here.',
    suspended ? `Stands still during ${suspended.by} (${suspended.source}).` : '',
    extinguished ? 'Behind it the claim is gone.' : '',
    doubtful ? 'One source only: let counsel confirm it.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}
