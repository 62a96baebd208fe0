import fs from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const room = path.resolve(import.meta.dirname, '../../src/slack');
/** Said in the log and by programs on a terminal, never in Slack. */
const ELSEWHERE = ['problems.ts'];

test('Slack’s own sign & is written as Slack wants it in every sentence (docs.slack.dev/messaging/formatting-message-text#escaping)', async () => {
  const raw: string[] = [];
  const files = (await fs.readdir(room, { recursive: true })).filter((name) => name.endsWith('.ts') && !ELSEWHERE.includes(name));
  for (const file of files) {
    const source = ts.createSourceFile(file, await fs.readFile(path.join(room, file), 'utf8'), ts.ScriptTarget.Latest);
    const look = (node: ts.Node): void => {
      const text = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node) ? node.text : '';
      if (/\w & \w/.test(text)) raw.push(`${file}: ${text}`);
      ts.forEachChild(node, look);
    };
    look(source);
  }
  expect(files.length).toBeGreaterThan(100);
  expect(raw).toEqual([]);
});
