/** `npm run prompts`: names every fault of prompts/ and writes all letters on the sample ledger into one sheet. `--lint` writes nothing. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readCallScripts } from '../src/drafting/call-scripts.ts';
import { ordinaryWords, renderTemplate } from '../src/drafting/draft-for.ts';
import { type Letters, PromptProblem, readLetters } from '../src/drafting/letters.ts';
import { nameIndex } from '../src/drafting/names.ts';
import { day } from '../src/kernel/day.ts';
import type { DraftText } from '../src/mails/draft-text.ts';
import { type SampleLetter, sampleLetters } from './sample-letters.ts';

const root = path.resolve(import.meta.dirname, '..');
/** A fixed day, so that two sheets differ only where the letters do. */
const SAMPLE_DAY = day('2026-11-20');

export interface Shown {
  readonly sample: SampleLetter;
  readonly text: DraftText;
}

/** Every stage in every language, each with several kinds of facts. */
export function renderAll(letters: Letters): Shown[] {
  const { samples, names } = sampleLetters(SAMPLE_DAY);
  return samples.map((sample) => {
    const index = nameIndex(names, ordinaryWords(letters, sample.facts.language));
    const tone = letters.letter(sample.facts.stage, sample.facts.language).tone;
    return { sample, text: renderTemplate(sample.facts, letters, index, { tone, why: 'no-model' }) };
  });
}

/** One line a broken rule, with the letter's file and the case. */
export function brokenRules(shown: readonly Shown[]): string[] {
  return shown.flatMap(({ sample: { what }, text: { stage, language, checks } }) =>
    checks.filter(({ passed }) => !passed).map(({ name, says }) => `${stage}.${language}.md (${what}): ${name}: ${says}`),
  );
}

function sheet(shown: readonly Shown[]): string {
  const letters = shown.map(({ sample, text }) => {
    const words = text.body.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
    const head = `## ${text.stage}, ${text.language}: ${sample.what}\n\n${text.tone}, ${words} words in all${text.notices.length > 0 ? `. ${text.notices.join(' ')}` : ''}`;
    return `${head}\n\n**${text.subject}**\n\n\`\`\`text\n${text.body}\`\`\`\n`;
  });
  return `# All letters on the sample ledger\n\nFrom \`npm run prompts\`. Read each as the customer will.\n\n${letters.join('\n')}`;
}

function main(): void {
  const { values } = parseArgs({ options: { lint: { type: 'boolean', default: false }, out: { type: 'string' } } });
  const letters = readLetters(path.join(root, 'prompts'));
  readCallScripts(path.join(root, 'prompts'));
  const shown = renderAll(letters);
  const broken = brokenRules(shown);
  for (const line of broken) console.error(line);
  if (broken.length > 0) process.exitCode = 1;
  console.log(`${shown.length} letters, ${broken.length} broken rules`);
  if (values.lint) return;
  const out = values.out ?? path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'arrears-prompts-')), 'letters.md');
  fs.writeFileSync(out, sheet(shown));
  console.log(out);
}

// Started by itself, or by start.js.
if (import.meta.main || process.argv[1]?.endsWith('scripts/prompts.ts')) {
  try {
    main();
  } catch (error) {
    if (!(error instanceof PromptProblem)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
