import { z } from 'zod';
import type { World } from '../kernel/world.port.ts';
import { readCarried } from '../slack/carried.ts';
import { type Base, Refused, type Subject } from '../slack/listeners.ts';
import { fieldErrors, modal } from '../slack/modals.ts';
import { button, section } from '../slack/parts.ts';
import { REFUSED } from '../slack/refusals.ts';
import { sentence } from '../slack/reply.ts';
import { plain } from '../slack/text.ts';
import { companyName, standardText } from './agreement.view.ts';
import { AGREEMENT_FIELD, readStandard, standardFields } from './agreement-form.slack.ts';
import { changeStandardTerms } from './change-standard-terms.op.ts';
import type { StandardTermsRefusal } from './terms.ts';

/** `n`: the revision the form was opened from. */
const CARRIED = z.object({ e: z.string().max(60), c: z.string().max(40), n: z.number().int() });
const CLICKED = z.object({ e: z.string().max(60) });
/** A message holds 50 blocks, two for each company. */
const SHOWN = 20;

/** /collections terms: what each of our selling companies agrees with every customer who agreed nothing else. */
export function standardTermsSubject(world: World): Subject {
  return {
    parts: {
      terms: {
        may: 'manage',
        usage: 'terms [COMPANY]',
        help: 'standard terms of each selling company: law, days to pay, notice, fees, language; agreements with customers go before them',
        async run(request) {
          const known = await world.ledger.entities();
          const { text, settings } = request;
          if (text !== '') {
            const wanted = text.toLowerCase();
            const found = known.find((each) => [each, companyName(settings, each)].some((name) => name.toLowerCase() === wanted));
            if (found === undefined)
              throw new Refused(`The ledger knows no selling company ${plain(text)}. Known: ${known.map(plain).join(', ')}.`);
            return openForm(request, found);
          }
          if (known.length === 0) throw new Refused('The ledger names no selling company yet. Import it first.');
          const blocks = known
            .slice(0, SHOWN)
            .flatMap((entity) => [
              section(standardText(nameAndCode(request, entity), settings.terms?.[entity])),
              { type: 'actions' as const, elements: [button('standard-terms', entity, 'Edit…', { e: entity })] },
            ]);
          return request.answer({ text: 'Standard terms', blocks: [section('*Standard terms*'), ...blocks] });
        },
      },
    },
    clicks: {
      'standard-terms': { may: 'manage', run: (request) => openForm(request, readCarried(CLICKED, request.value).e) },
    },
    submits: {
      'standard-terms': {
        may: 'manage',
        async run(request) {
          const { e: entity, c, n: seen } = readCarried(CARRIED, request.view.private_metadata);
          const read = readStandard(request);
          if ('errors' in read) return fieldErrors(read.errors);
          const result = await changeStandardTerms(world, { entity, seen, ...read }, request.asker.user, `submit:${request.view.id}`);
          if (!result.done) return fieldErrors({ [FIELD[result.refused] ?? 'law']: REFUSED[result.refused] });
          const saved = `:white_check_mark: Standard terms of ${plain(companyName(request.settings, entity))} saved. They hold for every customer who agreed nothing else.`;
          await request.tell(c, sentence(saved));
          return undefined;
        },
      },
    },
  };
}

const FIELD: Readonly<Record<string, string>> = {
  ...AGREEMENT_FIELD,
  'notice-place-missing': 'place',
} satisfies Partial<Record<StandardTermsRefusal, string>>;

function nameAndCode({ settings }: Base, entity: string): string {
  const name = companyName(settings, entity);
  return name === entity ? entity : `${name} (${entity})`;
}

async function openForm(request: Base, entity: string): Promise<void> {
  const now = request.settings.terms?.[entity];
  const carried = { e: entity, c: request.asker.channel, n: now?.revision ?? 0 };
  const head = section(
    `*${plain(nameAndCode(request, entity))}*\nThese terms hold for every customer who agreed nothing else with this company.`,
  );
  const view = modal('standard-terms', 'Standard terms', 'Save', carried, [head, ...standardFields(now)]);
  await request.client.views.open({ trigger_id: request.triggerId, view });
}
