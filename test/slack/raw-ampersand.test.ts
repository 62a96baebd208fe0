import ts from 'typescript';
import { expect, test } from 'vitest';
import { productFiles } from '../support/product-files.ts';

/** Said in the log and by programs on a terminal, never in Slack. */
const ELSEWHERE = /^(slack\/problems|[^/]+)\.ts$|^(mail-server|store|importing|drafting|reporting|schedule|monitoring)\//;

test('Slack’s own sign & is written as Slack wants it in every sentence (docs.slack.dev/messaging/formatting-message-text#escaping)', () => {
  const raw: string[] = [];
  for (const { file, text } of productFiles((name) => !ELSEWHERE.test(name))) {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
    const look = (node: ts.Node): void => {
      const said = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) ? node.text : '';
      if (/\w & \w/.test(said)) raw.push(`${file}: ${said}`);
      ts.forEachChild(node, look);
    };
    look(source);
  }
  expect(raw).toEqual([]);
});
