import { z } from 'zod';
import { isCurrency } from '../kernel/money.ts';
import type { World } from '../kernel/world.port.ts';
import { readAmount } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import { Refused, type Subject, type SubmitRequest } from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { mayDo, memberOf } from '../team/team.ts';
import { type ApprovalBand, type ApprovalRule, CASE_KINDS, type CaseKind, FROM_ZERO } from './approval-table.ts';
import { approvalsReply, bandLine } from './approvals.view.ts';
import { CASE_KIND_WORDS } from './case-words.view.ts';
import { changeApprovals } from './change-approvals.op.ts';

const ruleRef = z.object({ k: z.enum(CASE_KINDS), v: z.number().int() });
const carriedRef = ruleRef.extend({ c: z.string().max(40) });

/** /collections approvals: who approves what, from which amount on. */
export function approvalsSubject(world: World): Subject {
  const shown = async (user: string, notice?: string) => {
    const [table, team] = await Promise.all([world.approvalTable.read(), world.team.read()]);
    return approvalsReply(table, maySet(team, user), notice);
  };
  const guard = async (user: string) => {
    if (!maySet(await world.team.read(), user))
      throw new Refused('Who approves what is set by an admin or a finance lead. Nothing was changed.');
  };
  return {
    parts: {
      approvals: {
        may: 'read',
        usage: 'approvals',
        help: 'who approves what, from which amount on, and until when',
        run: async ({ asker, answer }) => answer(await shown(asker.user)),
      },
    },
    clicks: {
      'approvals-edit': {
        may: 'manage',
        async run({ value, client, triggerId, asker }) {
          await guard(asker.user);
          const { k, v } = readCarried(ruleRef, value);
          const table = await world.approvalTable.read();
          if (table.version !== v) throw new Refused(REFUSED['table-changed-meanwhile']);
          await client.views.open({ trigger_id: triggerId, view: form(k, table.rules[k], { k, v, c: asker.channel }) });
        },
      },
    },
    submits: {
      'approvals-edit': {
        may: 'manage',
        async run(request) {
          await guard(request.asker.user);
          const { k, v, c } = readCarried(carriedRef, request.view.private_metadata);
          const read = readRule(request);
          if ('errors' in read) return fieldErrors(read.errors);
          const change = { do: 'set-rule', kind: k, rule: read.rule, seen: v } as const;
          const result = await changeApprovals(world, change, request.asker.user, `submit:${request.view.id}`);
          if (!result.done)
            return fieldErrors({ [result.refused === 'expiry-out-of-range' ? 'expiry' : 'bands']: REFUSED[result.refused] });
          const done = ':white_check_mark: Saved. Requests that are open keep the terms under which they were asked.';
          request.later(async () => request.tell(c, await shown(request.asker.user, done)));
          return undefined;
        },
      },
    },
  };
}

function maySet(team: Parameters<typeof mayDo>[0], user: string): boolean {
  return mayDo(team, user, 'admin') || (memberOf(team, user)?.roles.includes('finance-lead') ?? false);
}

const BANDS_HINT =
  'A line per step: currency, from which amount, how many people, how many of them finance leads. “EUR above 500: 2 people, 1 finance lead”. Each currency begins with “from 0”. One without lines counts as the strictest step.';

function form(kind: CaseKind, rule: ApprovalRule, carried: object) {
  const lines = Object.entries(rule.bands).flatMap(([currency, bands]) => bands.map((band) => bandLine(currency, band)));
  return modal('approvals-edit', CASE_KIND_WORDS[kind], 'Save', carried, [
    textField('bands', 'Who decides', { multiline: true, max: 3000, initial: lines.join('\n'), hint: BANDS_HINT }),
    textField('expiry', 'Business days until it lapses', { max: 2, initial: String(rule.expiryDays) }),
    textField('remind', 'Hours before that for the reminder', { max: 2, initial: String(rule.remindHours) }),
    choiceField('substitutes', 'Whoever covers for an absent approver', SUBSTITUTES, rule.substitutes ? 'yes' : 'no'),
  ]);
}

const SUBSTITUTES = { yes: 'may decide in their place', no: 'may not decide' };
const LINE = /^([A-Z]{3}) (?:from 0|above (\S+)): (\d) (?:person|people)(?:, (\d) finance leads?)?$/i;

function readRule(request: SubmitRequest): { readonly rule: ApprovalRule } | { readonly errors: Record<string, string> } {
  const bands: Record<string, ApprovalBand[]> = {};
  const lines = entered(request, 'bands')
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '');
  for (const [index, line] of lines.entries()) {
    const [, code = '', written, people = '', leads = '0'] = LINE.exec(line) ?? [];
    const currency = code.toUpperCase();
    const above = written === undefined ? { amount: FROM_ZERO } : readAmount(written, currency);
    if (!isCurrency(currency) || 'problem' in above)
      return {
        errors: {
          bands: `Line ${index + 1} cannot be read: “${line.slice(0, 60)}”. Write it like “EUR above 500: 2 people, 1 finance lead”.`,
        },
      };
    bands[currency] = [...(bands[currency] ?? []), { above: above.amount, people: Number(people), financeLeads: Number(leads) }];
  }
  const whole = (name: string) => (/^\d{1,2}$/.test(entered(request, name).trim()) ? Number(entered(request, name)) : Number.NaN);
  return {
    rule: { bands, expiryDays: whole('expiry'), remindHours: whole('remind'), substitutes: entered(request, 'substitutes') === 'yes' },
  };
}
