import { expect, test } from 'vitest';
import { productFiles } from '../support/product-files.ts';

test('no text of ours lets Slack make links of what came from data: each mrkdwn object is verbatim', () => {
  // "When set to false … URLs will be auto-converted into links": https://docs.slack.dev/reference/block-kit/composition-objects/text-object/
  const loose: string[] = [];
  for (const { file, text } of productFiles())
    for (const [line] of text.matchAll(/type: 'mrkdwn'(?!(?: as const)?,\s*verbatim: true).*/g)) loose.push(`${file}: ${line}`);
  expect(loose).toEqual([]);
});
