import { accountIdOf } from '../account/account.slack.ts';
import { findAccount } from '../account/read-account.op.ts';
import { dayIn } from '../kernel/day.ts';
import type { World } from '../kernel/world.port.ts';
import type { AccountRow } from '../ledger/ledger.port.ts';
import { directChannel } from '../slack/direct.ts';
import { uploadFile } from '../slack/files.ts';
import { shortDay } from '../slack/freshness.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, field, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { counted, plain } from '../slack/text.ts';
import type { Settings } from '../team/settings.port.ts';
import type { TrailExport } from './export-trail.op.ts';
import { EXPORT_FORMATS, type ExportFormat, trailFile } from './trail-files.slack.ts';

const FORMATS: Readonly<Record<ExportFormat, string>> = {
  pdf: 'PDF, for reading',
  csv: 'CSV, for a spreadsheet',
  json: 'JSON, to be checked with npm run verify-trail',
};
const CONTENTS = { shareable: 'Only what may be shown outside', all: 'Everything, also internal entries' };

const DATE = /\d{4}-\d{2}-\d{2}/g;

interface Prefilled {
  readonly account?: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const optionalDay = (name: string, label: string, initial?: string) =>
  field(name, label, { type: 'datepicker', action_id: 'value', ...(initial ? { initial_date: initial } : {}) }, { optional: true });

function exportModal({ account = '', from, to }: Prefilled) {
  return modal('trail-export', 'Export the trail', 'Export', {}, [
    textField('account', 'Account', { initial: account, optional: true, hint: 'Part of its name, or its number; empty for all accounts' }),
    optionalDay('from', 'From', from),
    optionalDay('to', 'To, this day included', to),
    choiceField('format', 'File', FORMATS, 'pdf'),
    choiceField('contents', 'Contents', CONTENTS, 'shareable', 'What is without prejudice or privileged never counts as shareable.'),
  ]);
}

/** /collections export and the account card's own way to it: the paper trail as a file, to the asker alone. */
export function trailExportSubject(world: World): Subject {
  return {
    parts: {
      export: {
        may: 'manage',
        usage: 'export [ACCOUNT] [FROM TO]',
        help: 'the paper trail of an account or of a period as PDF, CSV or JSON',
        async run({ text, client, triggerId }) {
          const [from, to] = [...text.matchAll(DATE)].map(([each]) => each).filter(isDay);
          const account = text.replace(DATE, '').trim();
          await client.views.open({ trigger_id: triggerId, view: exportModal({ account, from, to }) });
        },
      },
    },
    clicks: {
      'trail-export': {
        may: 'manage',
        async run({ value, client, triggerId }) {
          const account = await world.ledger.account(accountIdOf(value));
          if (!account) throw new Refused(REFUSED['no-such-account']);
          await client.views.open({ trigger_id: triggerId, view: exportModal({ account: account.number }) });
        },
      },
    },
    submits: {
      'trail-export': {
        may: 'manage',
        async run(request) {
          const [from, to, format] = ['from', 'to', 'format'].map((name) => entered(request, name));
          if (from && to && to < from) return fieldErrors({ to: 'This day lies before the first one.' });
          const found = await chosenAccount(world, entered(request, 'account'));
          if ('error' in found) return fieldErrors({ account: found.error });
          const chosen = EXPORT_FORMATS.find((each) => each === format) ?? 'pdf';
          const shareableOnly = entered(request, 'contents') !== 'all';
          request.later(() => deliver(world, request, { account: found.account, from: from!, to: to!, shareableOnly }, chosen));
          return undefined;
        },
      },
    },
  };
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text) !== null;
  } catch {
    return false;
  }
}

async function chosenAccount(
  { ledger }: World,
  text: string,
): Promise<{ readonly account: AccountRow | null } | { readonly error: string }> {
  if (text.trim() === '') return { account: null };
  const found = await findAccount(ledger, text);
  if (found.kind === 'none') return { error: 'No account has this in its name or number.' };
  if (found.kind === 'many') return { error: `${counted(found.accounts.length, 'account')} have this in their name. Give the number.` };
  return { account: await ledger.account(found.id) };
}

interface Wanted {
  readonly account: AccountRow | null;
  /** ISO days, or ''. */
  readonly from: string;
  readonly to: string;
  readonly shareableOnly: boolean;
}

async function deliver(world: World, request: SubmitRequest, wanted: Wanted, format: ExportFormat): Promise<void> {
  const { asker, client, settings } = request;
  const now = world.clock.now();
  const { account } = wanted;
  const title = account ? `${account.name} · ${account.number}` : 'All accounts';
  const period = periodOf(wanted);
  const today = dayIn(settings.zone, now);
  const about = { title, period, made: `${shortDay(today)}, by ${await nameOf(request)}` };
  const { bytes, entries } = await trailFile({ ...world, client }, selectionOf(wanted, settings), format, about, settings.zone);
  const channel = await directChannel(client, asker.user);
  if (!channel) return;
  const name = `trail-${account ? account.number.replace(/[^A-Za-z0-9_-]/g, '') : 'all'}-${today}.${format === 'json' ? 'jsonl' : format}`;
  const comment = `Paper trail of ${plain(title)}, ${period}: ${counted(entries, 'entry', 'entries')}${wanted.shareableOnly ? ' that may be shown outside' : ', *also internal ones*: not for the customer'}.`;
  await uploadFile(client, { name, bytes, title: name, channel, comment }).catch((error: { data?: { error?: string } }) => {
    if (error.data?.error !== 'missing_scope') throw error;
    throw new Refused('Slack does not let me upload files: an admin must add the scope files:write and reinstall the app.');
  });
  if (asker.channel !== '') await request.tell(asker.channel, sentence(`:white_check_mark: ${name} is in your direct messages with me.`));
}

async function nameOf({ client, asker }: SubmitRequest): Promise<string> {
  return (await client.users.info({ user: asker.user })).user?.real_name ?? asker.user;
}

function periodOf({ from, to }: Wanted): string {
  if (from && to) return `${shortDay(from)} to ${shortDay(to)}`;
  if (from) return `from ${shortDay(from)}`;
  return to ? `until ${shortDay(to)}` : 'from the beginning';
}

/** Days are the team's. */
function selectionOf({ account, from, to, shareableOnly }: Wanted, { zone }: Settings): TrailExport {
  const start = (day: Temporal.PlainDate) => day.toZonedDateTime(zone).toInstant();
  return {
    account: account?.id ?? null,
    from: from ? start(Temporal.PlainDate.from(from)) : null,
    to: to ? start(Temporal.PlainDate.from(to).add({ days: 1 })) : null,
    shareableOnly,
  };
}
