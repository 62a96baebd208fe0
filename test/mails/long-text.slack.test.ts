import type { InputBlock } from '@slack/types';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { invoiceOptions, invoicesSelect } from '../../src/ledger/invoice-options.slack.ts';
import { enteredLongText, longTextFields } from '../../src/mails/long-text.slack.ts';
import { mailPreview } from '../../src/mails/mail-preview.view.ts';
import type { SubmitRequest } from '../../src/slack/listeners.ts';
import { choiceField } from '../../src/slack/modals.ts';

const lines = (count: number) => Array.from({ length: count }, (_, n) => `Invoice I-${n + 1}: £12.34`);
const textOf = (blocks: unknown) => JSON.stringify(blocks);

/** The form sent back as it was opened. */
function untouched(fields: InputBlock[]): SubmitRequest {
  const values = fields.map((each) => {
    const { initial_value } = each.element as { initial_value?: string };
    return [each.block_id!, { value: { type: 'plain_text_input', value: initial_value ?? null } }];
  });
  return { view: { blocks: fields, state: { values: Object.fromEntries(values) } } } as unknown as SubmitRequest;
}

describe('a long text in a form', () => {
  test('comes back as it was when nobody changed it, whatever its lines', () => {
    const text = fc
      .array(
        fc.string({ maxLength: 300 }).map((line) => line.replaceAll('\n', ' ')),
        { minLength: 1, maxLength: 200 },
      )
      .map((all) => all.join('\n'));
    fc.assert(
      fc.property(text, (given) => {
        const fields = longTextFields('Text', given, 'hint');
        if (fields === null) return;
        expect(enteredLongText(untouched(fields))).toBe(given);
        for (const each of fields)
          expect(((each.element as { initial_value?: string }).initial_value ?? '').length).toBeLessThanOrEqual(3000);
      }),
      { numRuns: 200 },
    );
  });

  test('of 60 invoices has parts; of 10,000 it is not edited in a form', () => {
    expect(longTextFields('Text', lines(60).join('\n'), 'hint')).toHaveLength(1);
    expect(longTextFields('Text', lines(400).join('\n'), 'hint')!.length).toBeGreaterThan(1);
    expect(longTextFields('Text', lines(10_000).join('\n'), 'hint')).toBeNull();
  });
});

describe('a mail on its card', () => {
  test('is whole up to 6,000 characters; beyond, beginning and end are shown and what is between is counted', () => {
    const short = mailPreview(lines(200).join('\n').slice(0, 6000), 'There.');
    expect(short.whole).toBe(true);
    const long = mailPreview(['Dear Imogen,', ...lines(10_000), 'Kind regards'].join('\n'), 'There.');
    expect(long.whole).toBe(false);
    expect(textOf(long.blocks)).toMatch(/… \*9,\d{3} more lines\* … There\./);
    for (const part of ['Dear Imogen', 'I-1:', 'I-10000:', 'Kind regards']) expect(textOf(long.blocks)).toContain(part);
  });

  test('no line is lost but those that are counted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 3000 }), fc.integer({ min: 1, max: 40 }), (count, width) => {
        const given = Array.from({ length: count }, (_, n) => `${n} ${'x'.repeat(width)}`);
        const { blocks, whole } = mailPreview(given.join('\n'), 'There.');
        const seen = blocks.flatMap((block) => (block.type === 'section' ? (block.text?.text ?? '').split('\n') : []));
        const left = Number(/\*([\d,]+) more/.exec(textOf(blocks))?.[1]?.replaceAll(',', '') ?? 0);
        expect(seen.length + left).toBe(count);
        if (whole) expect(left).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('what can be chosen', () => {
  const item = (n: number) =>
    ({
      account: 'a',
      entity: 'E'.repeat(20),
      number: `${'N'.repeat(60)}${n}`,
      currency: 'GBP',
      issued: '2026-01-01',
      due: '2026-02-01',
      open: 100,
      disputed: 0,
    }) as unknown as Parameters<typeof invoiceOptions>[0][number];

  test('no invoice is missing, however long its number; above a hundred they are searched for', () => {
    const all = invoiceOptions(
      Array.from({ length: 5000 }, (_, n) => item(n)),
      '2026-11-23' as never,
    );
    expect(all).toHaveLength(5000);
    expect(Math.max(...all.map(({ value }) => value!.length))).toBeLessThanOrEqual(150);
    expect(invoicesSelect(all.slice(0, 100)).type).toBe('multi_static_select');
    expect(invoicesSelect(all.slice(0, 101)).type).toBe('multi_external_select');
  });

  test('a list of 500 holds all of them, in groups of a hundred', () => {
    const options = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`k${n}`, `Choice ${n}`]));
    const { element } = choiceField('x', 'X', options, 'k499') as {
      element: { option_groups?: { options: unknown[] }[]; initial_option?: unknown };
    };
    expect(element.option_groups?.map((group) => group.options.length)).toEqual([100, 100, 100, 100, 100]);
    expect(element.initial_option).toBeDefined();
  });
});
