import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readAmounts } from '../slack/amounts.ts';
import { readCarried } from '../slack/carried.ts';
import {
  type ClickRequest,
  type CommandRequest,
  Refused,
  type Subject,
  type SubmitAnswer,
  type SubmitRequest,
} from '../slack/listeners.ts';
import { choiceField, entered, fieldErrors, modal, textField } from '../slack/modals.ts';
import { REFUSED } from '../slack/refusals.ts';
import { plain } from '../slack/text.ts';

import { changePolicies, previewPolicies } from './change-policies.op.ts';
import { currentPolicies, decidePolicies, latestPolicy, type PoliciesRequest } from './policies.ts';
import type { Policy, PolicyProblem, PolicyStage } from './policy.ts';
import { amountsText, policyReply, previewBlocks } from './policy.view.ts';
import { keyFromName, readStage, STAGE_FIELD, stageFields, withStage } from './policy-forms.slack.ts';

/** Where a form comes from: policy, version seen, stage (null: a new one), channel of the asker. */
const place = z.object({ p: z.string().max(60), v: z.number().int(), s: z.string().max(60).nullable(), c: z.string().max(40) });
type Place = z.infer<typeof place>;
/** Behind the preview: the edited stage itself, since nothing is kept before it is saved. Our own rules, nobody's data. */
const previewed = place.extend({ stage: z.unknown() });

const NONE = '-';

/** Rules for all policies that are a number of business days. */
const RULE_DAYS = {
  demandGap: 'Business days between written demands',
  staleAfter: 'Oldest ledger, in business days',
  promiseGrace: 'Grace after a promise, in business days',
  disputeDays: 'Time for resolving a dispute, in business days',
  noticeDays: 'Notice of a plan’s default, in business days',
  ownerDays: 'Silence of an account’s owner that means go, in business days',
} as const;
type RuleDays = keyof typeof RULE_DAYS;
const EACH_RULE = Object.entries(RULE_DAYS) as [RuleDays, string][];

/** /collections policy: the stages, edited with a preview of what a change would do today. */
export function policySubject(world: World): Subject {
  return {
    parts: {
      policy: {
        may: 'manage',
        usage: 'policy [name]',
        help: 'the stages of follow-up: see, edit with a preview, choose for a segment',
        run: (request) => showNamed(world, request),
      },
    },
    clicks: {
      'policy-show': { may: 'manage', run: async ({ value, replace }) => replace(await shown(world, value)) },
      'policy-stage': { may: 'manage', run: (request) => openStage(world, request) },
      'policy-add': { may: 'manage', run: openNewStage },
      'policy-copy': { may: 'manage', run: openCopy },
      'policy-use': { may: 'manage', run: (request) => openUse(world, request) },
      'policy-rules': { may: 'manage', run: (request) => openRules(world, request) },
    },
    submits: {
      'policy-stage': { may: 'manage', run: (request) => previewStage(world, request) },
      'policy-save': { may: 'manage', run: (request) => savePolicy(world, request) },
      'policy-copy': { may: 'manage', run: (request) => copyPolicy(world, request) },
      'policy-use': { may: 'manage', run: (request) => choosePolicy(world, request) },
      'policy-rules': { may: 'manage', run: (request) => saveRules(world, request) },
    },
  };
}

async function showNamed(world: World, { text, answer }: CommandRequest): Promise<void> {
  const wanted = text.trim().toLowerCase();
  const policies = currentPolicies(await world.policies.read());
  const found = policies.find((each) => each.key === wanted || each.name.toLowerCase() === wanted);
  if (wanted !== '' && !found) throw new Refused(`There is no such policy. Known: ${policies.map((each) => plain(each.name)).join(', ')}.`);
  await answer(await shown(world, found?.key ?? null));
}

async function openStage(world: World, { value, client, triggerId, asker }: ClickRequest): Promise<void> {
  const [p, v, s] = readCarried(z.tuple([z.string(), z.number(), z.string()]), value);
  const stage = (await policyNow(world, p, v)).stages.find((each) => each.key === s);
  if (!stage) throw new Refused(REFUSED['no-such-stage']);
  await client.views.open({
    trigger_id: triggerId,
    view: modal('policy-stage', 'Edit a stage', 'Preview', { p, v, s, c: asker.channel }, stageFields(stage)),
  });
}

async function openUse(world: World, { value, client, triggerId, asker }: ClickRequest): Promise<void> {
  const [p] = readCarried(z.tuple([z.string()]), value);
  const segments = new Set(
    (await world.ledger.accounts()).map((account) => account.segment).filter((segment) => segment !== '' && segment.length <= 60),
  );
  const options = {
    [NONE]: 'The whole company',
    ...Object.fromEntries(
      [...segments]
        .sort()
        .slice(0, 90)
        .map((segment) => [`=${segment}`, `Segment “${segment}”`]),
    ),
  };
  const hint = 'One account gets its own policy from its “Why?”.';
  await client.views.open({
    trigger_id: triggerId,
    view: modal('policy-use', 'Used for', 'Choose', { p, v: 0, s: null, c: asker.channel }, [
      choiceField('where', 'Where it holds', options, undefined, hint),
    ]),
  });
}

async function openRules(world: World, { client, triggerId, asker }: ClickRequest): Promise<void> {
  const { rules, company } = await world.policies.read();
  const view = modal('policy-rules', 'Rules for all policies', 'Save', { p: company, v: 0, s: null, c: asker.channel }, [
    ...EACH_RULE.map(([name, label]) => textField(name, label, { max: 2, initial: String(rules[name]) })),
    textField('approvalAbove', 'Plans, and what offers give up, approved above', {
      optional: true,
      max: 300,
      initial: amountsText(rules.approvalAbove),
      hint: 'By currency, like GBP 5,000, EUR 6,000; 5,000 where none is set.',
    }),
  ]);
  await client.views.open({ trigger_id: triggerId, view });
}

async function openNewStage({ value, client, triggerId, asker }: ClickRequest): Promise<void> {
  const [p, v] = readCarried(z.tuple([z.string(), z.number()]), value);
  await client.views.open({
    trigger_id: triggerId,
    view: modal('policy-stage', 'Add a stage', 'Preview', { p, v, s: null, c: asker.channel }, stageFields(null)),
  });
}

async function openCopy({ value, client, triggerId, asker }: ClickRequest): Promise<void> {
  const [p, v] = readCarried(z.tuple([z.string(), z.number()]), value);
  const carried = { p, v, s: null, c: asker.channel };
  await client.views.open({
    trigger_id: triggerId,
    view: modal('policy-copy', 'New policy', 'Create', carried, [
      textField('name', 'Name', { max: 60, hint: 'It begins with the same stages.' }),
    ]),
  });
}

async function previewStage(world: World, request: SubmitRequest): Promise<SubmitAnswer> {
  const from = readCarried(place, request.view.private_metadata);
  const edit = readStage(request, from.s);
  if ('errors' in edit) return fieldErrors(edit.errors);
  const policies = await world.policies.read();
  const wanted = saving(latestPolicy(policies, from.p), from, edit.stage);
  const decision = decidePolicies(policies, wanted);
  if ('refused' in decision) return fieldErrors({ [STAGE_FIELD[decision.refused as PolicyProblem] ?? 'name']: REFUSED[decision.refused] });
  const view = previewView({ ...from, stage: edit.stage }, [
    { type: 'section', text: { type: 'mrkdwn', verbatim: true, text: 'Working out what this would do today…' } },
  ]);
  request.later(async () => {
    const preview = await previewPolicies(world, wanted);
    const blocks =
      'refused' in preview
        ? [{ type: 'section' as const, text: { type: 'mrkdwn' as const, verbatim: true, text: REFUSED[preview.refused] } }]
        : previewBlocks(preview);
    await request.client.views.update({ view_id: request.view.id, view: previewView({ ...from, stage: edit.stage }, blocks) });
  });
  return { response_action: 'update', view };
}

async function savePolicy(world: World, request: SubmitRequest): Promise<SubmitAnswer> {
  const from = readCarried(previewed, request.view.private_metadata);
  const policy = latestPolicy(await world.policies.read(), from.p);
  return change(
    world,
    request,
    saving(policy, from, from.stage as PolicyStage | null),
    null,
    from.p,
    ':white_check_mark: Saved as a new version; the one before is kept.',
  );
}

async function copyPolicy(world: World, request: SubmitRequest): Promise<SubmitAnswer> {
  const { p, v } = readCarried(place, request.view.private_metadata);
  const name = entered(request, 'name').trim();
  const { version: _, ...copy } = await policyNow(world, p, v);
  const key = keyFromName(name);
  return change(
    world,
    request,
    { do: 'save-policy', policy: { ...copy, key, name }, seen: 0 },
    'name',
    key,
    ':white_check_mark: Created. Choose where it holds.',
  );
}

async function choosePolicy(world: World, request: SubmitRequest): Promise<SubmitAnswer> {
  const { p } = readCarried(place, request.view.private_metadata);
  const where = entered(request, 'where');
  const wanted: PoliciesRequest =
    where === NONE ? { do: 'choose-for-company', policy: p } : { do: 'choose-for-segment', segment: where.slice(1), policy: p };
  return change(world, request, wanted, 'where', p, ':white_check_mark: Chosen.');
}

async function saveRules(world: World, request: SubmitRequest): Promise<SubmitAnswer> {
  const { p } = readCarried(place, request.view.private_metadata);
  const whole = (name: string) => (/^\d{1,2}$/.test(entered(request, name).trim()) ? Number(entered(request, name)) : Number.NaN);
  const approvalAbove = readAmounts(entered(request, 'approvalAbove'));
  if ('problem' in approvalAbove) return fieldErrors({ approvalAbove: approvalAbove.problem });
  const days = Object.fromEntries(EACH_RULE.map(([name]) => [name, whole(name)])) as Record<RuleDays, number>;
  const rules = { ...days, approvalAbove: approvalAbove.amounts };
  return change(world, request, { do: 'set-rules', rules }, 'demandGap', p, ':white_check_mark: Rules saved.');
}

async function shown(world: World, key: string | null, notice?: string) {
  const policies = await world.policies.read();
  const policy = latestPolicy(policies, key ?? policies.company);
  if (!policy) throw new Refused(REFUSED['no-such-policy']);
  return policyReply(policies, policy, notice);
}

async function policyNow(world: World, p: string, v: number): Promise<Policy> {
  const policy = latestPolicy(await world.policies.read(), p);
  if (!policy) throw new Refused(REFUSED['no-such-policy']);
  if (policy.version !== v) throw new Refused(REFUSED['policy-changed-meanwhile']);
  return policy;
}

async function change(world: World, request: SubmitRequest, wanted: PoliciesRequest, errorField: string | null, key: string, done: string) {
  const result = await changePolicies(world, wanted, request.asker.user, `submit:${request.view.id}`);
  if (!result.done && errorField === null) throw new Refused(REFUSED[result.refused]);
  if (!result.done) return fieldErrors({ [errorField!]: REFUSED[result.refused] });
  const { c } = readCarried(z.object({ c: z.string() }), request.view.private_metadata);
  request.later(async () => request.tell(c, await shown(world, key, done)));
  return undefined;
}

/** The request that saves an edited policy; its version tells whether somebody was faster. */
function saving(policy: Policy | null, { p, v, s }: Place, stage: PolicyStage | null): PoliciesRequest {
  if (!policy) return { do: 'choose-for-company', policy: p };
  const { version: _, ...edited } = withStage(policy, s, stage);
  return { do: 'save-policy', policy: edited, seen: v };
}

function previewView(carried: z.infer<typeof previewed>, blocks: KnownBlock[]): ModalView {
  return modal('policy-save', 'Preview', 'Save the policy', carried, blocks);
}
