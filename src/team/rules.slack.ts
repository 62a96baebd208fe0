import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { dayIn } from '../kernel/day.ts';
import { isCurrency } from '../kernel/money.ts';
import { readAmount } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import { type ClickRequest, Refused, type Subject, type SubmitAnswer, type SubmitRequest } from '../slack/listeners.ts';
import { entered, enteredPeople, fieldErrors, modal, peopleField, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { counted } from '../slack/text.ts';
import type { SlackWorld } from '../slack/world.ts';
import { assignMany } from './assign-many.op.ts';
import { changeTeam } from './change-team.op.ts';
import { assignableRows, planByRules } from './plan-assignments.op.ts';
import { rulesReply } from './rules.view.ts';
import type { AssignmentRule } from './team.ts';

export interface RulesNeeds extends SlackWorld {
  readonly kick: () => void;
}

const change = z.object({ w: z.enum(['up', 'down', 'delete']), r: z.string().max(40), v: z.int() });

/** /collections rules: which collector gets which accounts. */
export function rulesSubject(world: RulesNeeds): Subject {
  return {
    parts: {
      rules: {
        may: 'manage',
        usage: 'rules',
        help: 'which collector gets which accounts: rules, in order, with what they match today',
        run: async ({ answer }) => answer(await show(world)),
      },
    },
    clicks: {
      'rules-show': { may: 'manage', run: async ({ replace }) => replace(await show(world)) },
      'rules-add': {
        may: 'manage',
        run: async ({ client, triggerId, asker, value }) =>
          void (await client.views.open({ trigger_id: triggerId, view: addModal(asker.channel, Number(value)) })),
      },
      'rules-change': { may: 'manage', run: (request) => changeRule(world, request) },
      'rules-apply': { may: 'manage', run: (request) => apply(world, request) },
    },
    submits: {
      'rules-add': { may: 'manage', run: (request) => addRule(world, request) },
    },
  };
}

async function changeRule(world: RulesNeeds, { value, asker, replace }: ClickRequest): Promise<void> {
  const { w, r, v } = readCarried(change, value);
  const rules = reordered((await world.team.read()).rules, r, w);
  const result = await changeTeam(world, { do: 'set-rules', rules, seen: v }, asker.user, `click:rules:${w}:${r}:${v}:${asker.user}`);
  await replace(await show(world, result.done ? ':white_check_mark: Changed.' : REFUSED[result.refused]));
}

async function apply(world: RulesNeeds, { value, asker, body, replace }: ClickRequest): Promise<void> {
  const { team, plan } = await look(world);
  if (String(team.version) !== value) return replace(await show(world, REFUSED['rules-changed-meanwhile']));
  if (plan.assignments.length === 0) return replace(await show(world, 'Nobody is unassigned any more.'));
  const started = await assignMany(world, `assign:${body.container.message_ts}:${asker.user}:${value}`, plan.assignments, asker.user);
  world.kick();
  const told = `:hourglass_flowing_sand: ${counted(plan.assignments.length, 'account')} ${plan.assignments.length === 1 ? 'is' : 'are'} being assigned. You get a direct message when it is done.`;
  await replace(sentence(started ? told : 'This was started already.'));
}

async function addRule(world: RulesNeeds, request: SubmitRequest): Promise<SubmitAnswer> {
  const { c } = readCarried(z.object({ c: z.string().max(40), v: z.number() }), request.view.private_metadata);
  const rule = readRule(request);
  if ('errors' in rule) return fieldErrors(rule.errors);
  for (const user of rule.collectors) {
    const problem = await world.assignable(user, request.asker);
    if (problem) return fieldErrors({ collectors: `${problem} One of the people chosen is not.` });
  }
  const { rules } = await world.team.read();
  // Before a last rule that takes what is left, or nothing would ever reach the new one.
  const last = rules.at(-1);
  const catchAll = last && Object.keys(last).every((key) => key === 'id' || key === 'collectors');
  const wanted = catchAll ? [...rules.slice(0, -1), rule, last] : [...rules, rule];
  const result = await changeTeam(world, { do: 'set-rules', rules: wanted }, request.asker.user, `submit:${request.view.id}`);
  if (!result.done) return fieldErrors({ collectors: REFUSED[result.refused] });
  request.later(async () => request.tell(c, await show(world, ':white_check_mark: Rule added.')));
  return undefined;
}

async function look(world: RulesNeeds) {
  const [team, settings] = await Promise.all([world.team.read(), world.settings.read()]);
  const today = dayIn(settings.zone, world.clock.now());
  return { team, plan: planByRules(await assignableRows(world.ledger, today), team, today), command: settings.commands.collections };
}

async function show(world: RulesNeeds, notice?: string) {
  const { team, plan, command } = await look(world);
  return rulesReply(plan, team.version, command, notice);
}

function reordered(rules: readonly AssignmentRule[], id: string, what: 'up' | 'down' | 'delete'): AssignmentRule[] {
  const at = rules.findIndex((rule) => rule.id === id);
  if (at < 0) throw new Refused(REFUSED['rules-changed-meanwhile']);
  const others = rules.filter((rule) => rule.id !== id);
  if (what === 'delete') return others;
  return others.toSpliced(what === 'up' ? Math.max(0, at - 1) : at + 1, 0, rules[at]!);
}

function addModal(channel: string, version: number) {
  const part = (name: string, label: string, hint: string, max = 75) => textField(name, label, { optional: true, max, hint });
  return modal('rules-add', 'Add a rule', 'Add', { c: channel, v: version }, [
    peopleField('collectors', 'Give the accounts to', 'Several share them in turn, whoever has the fewest first.'),
    part('segment', 'Segment', 'As in your ledger. Empty: any.'),
    part('country', 'Country', 'Two letters, for example DE.', 2),
    part('entity', 'Selling entity', 'Its code in your ledger.'),
    part('from', 'Names from', 'First letters, for example A.', 10),
    part('to', 'Names to', 'First letters, included, for example M.', 10),
    part('currency', 'Currency', 'Something open in it, for example EUR.', 3),
    part('minimum', 'Open balance at least', 'In that currency, for example 10000.00.', 20),
  ]);
}

function readRule(request: SubmitRequest): AssignmentRule | { errors: Record<string, string> } {
  const [segment, country, entity, from, to, currency, minimum] = ['segment', 'country', 'entity', 'from', 'to', 'currency', 'minimum'].map(
    (name) => entered(request, name).trim(),
  ) as [string, string, string, string, string, string, string];
  const errors: Record<string, string> = {};
  if (country !== '' && !/^[a-z]{2}$/i.test(country)) errors.country = 'Two letters, such as DE.';
  if (currency !== '' && !isCurrency(currency.toUpperCase())) errors.currency = 'Three letters of ISO 4217, such as EUR.';
  if (from !== '' && to !== '' && from.toUpperCase() > to.toUpperCase())
    errors.to = 'This comes before the first letters; no name would fit.';
  if (minimum !== '' && currency === '') errors.minimum = 'Name the currency too: amounts of different currencies are not compared.';
  let least: number | undefined;
  if (minimum !== '' && currency !== '' && !errors.currency) {
    const read = readAmount(minimum, currency.toUpperCase());
    if ('problem' in read) errors.minimum = read.problem;
    else if (read.amount > 0) least = read.amount;
    else errors.minimum = 'Type an amount above zero.';
  }
  if (Object.keys(errors).length > 0) return { errors };
  return {
    id: randomUUID().slice(0, 8),
    collectors: enteredPeople(request, 'collectors'),
    ...(segment ? { segment } : {}),
    ...(country ? { country: country.toUpperCase() } : {}),
    ...(entity ? { entity } : {}),
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(currency ? { currency: currency.toUpperCase() } : {}),
    ...(least === undefined ? {} : { minimum: least }),
  };
}
