import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { Liquid, type Template } from 'liquidjs';
import { z } from 'zod';
import { TONES, type Tone } from '../mails/draft-text.ts';
import { LETTER_KINDS, type LetterKind } from '../mails/letter-facts.ts';
import { LETTER_LANGUAGES, type LetterLanguage } from '../mails/letter-language.ts';
import { PLACEHOLDERS, placeholdersIn, type Values } from './placeholders.ts';

/** Sentences that code adds to the letters they fit (fixed-lines.ts); `_<partial>.<language>.md`. */
const PARTIALS = [
  'as-of',
  'charges',
  'statement',
  'invoice-copies',
  'missing',
  'statement-and-copies',
  'due-date-stays',
  'plan-terms',
  'plan-default',
  'pay',
  'safety',
  'bank-only',
  'terms-claim',
  'terms-fr',
  'terms-es',
  'enclosed',
] as const;
export type Partial = (typeof PARTIALS)[number];

/** `<script>.<language>.md` of prompts/; a policy's calls use the first, a manager's the second. */
export const CALL_SCRIPTS = ['call', 'manager-call'] as const;
/** Their files lie among the letters. */
export const scriptFiles = (): string[] => CALL_SCRIPTS.flatMap((name) => LETTER_LANGUAGES.map((language) => `${name}.${language}.md`));

/** One file of prompts/: what a model is asked for, and at the same time the letter that goes out without one. */
export interface Letter {
  readonly stage: LetterKind;
  readonly language: LetterLanguage;
  readonly purpose: string;
  readonly tone: Tone;
  /** Of the whole email without the list of invoices and the signature; a word is what stands between white space. */
  readonly maxWords: number;
  readonly inputs: readonly string[];
  /** With placeholders. */
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

export interface Letters {
  letter(stage: LetterKind, language: LetterLanguage): Letter;
  /** Throws for a value that is not given. */
  partial(name: Partial, language: LetterLanguage, values: Values): string;
  /** A part of what a model is told. */
  request<File extends RequestFile>(file: File, inputs: RequestInputs<File>): string;
  /** SHA-256 in hex of everything a draft of this stage and language is made from. */
  hash(stage: LetterKind, language: LetterLanguage): string;
  /** Every word of the letters and partials of a language: none of them is by itself somebody's name. */
  vocabulary(language: LetterLanguage): ReadonlySet<string>;
}

/** The files cannot be used; one fault a line, each naming its file. */
export class PromptProblem extends Error {
  override readonly name = 'PromptProblem';
  readonly code = 'arrears_prompts';
}

/** What a model is told: how to write, and about whom. Nothing but these inputs reaches it. */
const REQUESTS = {
  '_instructions.md': [
    'language',
    'purpose',
    'tone',
    'own_words',
    'closing',
    'placeholders',
    'required',
    'request',
    'example_subject',
    'example',
  ],
  '_case.md': ['situation', 'customer_text'],
} as const;
type RequestFile = keyof typeof REQUESTS;
type RequestInputs<File extends RequestFile> = Readonly<Record<(typeof REQUESTS)[File][number], string>>;

const frontMatter = z.strictObject({
  purpose: z.string().min(20),
  inputs: z.string().transform((text) => text.split(',').map((name) => name.trim())),
  output: z.literal('email'),
  tone: z.enum(TONES),
  max_words: z.coerce.number().int().min(30).max(300),
  subject: z.string().min(5),
});

// Letters have no logic (a condition in a letter is a rule hiding in prose) and read no other file.
const engine = new Liquid({ strictVariables: true, strictFilters: true, ownPropertyOnly: true, root: [], relativeReference: false });

/** Reads and checks all files of the folder; throws PromptProblem with every fault. */
export function readLetters(dir: string): Letters {
  const faults: string[] = [];
  const sources = new Map<string, string>();
  for (const file of fs.readdirSync(dir).filter((name) => name.endsWith('.md') && name !== 'README.md')) {
    sources.set(file, fs.readFileSync(path.join(dir, file), 'utf8').replaceAll('\r\n', '\n'));
  }
  const parsed = new Map<string, Template[]>();
  const letters = new Map<string, Letter>();
  const wanted = wantedFiles();
  const elsewhere = new Set(scriptFiles());
  for (const file of sources.keys())
    if (!wanted.has(file) && !elsewhere.has(file)) faults.push(`${file}: no stage, language or partial has this name`);
  for (const [file, what] of wanted) {
    const source = sources.get(file);
    if (source === undefined) {
      faults.push(`${file}: is missing`);
      continue;
    }
    try {
      if (what.kind === 'letter') letters.set(file, readLetter(source, what.stage, what.language));
      else parsed.set(file, parseTemplate(source.trimEnd(), what.kind === 'request' ? REQUESTS[what.file] : null, what.kind === 'request'));
    } catch (error) {
      for (const line of (error as Error).message.split('\n')) faults.push(`${file}: ${line}`);
    }
  }
  if (faults.length > 0) throw new PromptProblem(faults.join('\n'));

  const languageSources = (language: LetterLanguage) => [...sources].filter(([file]) => file.endsWith(`.${language}.md`));
  return {
    letter: (stage, language) => letters.get(`${stage}.${language}.md`)!,
    partial: (name, language, values) => engine.renderSync(parsed.get(`_${name}.${language}.md`)!, values),
    request: (file, inputs) => engine.renderSync(parsed.get(file)!, inputs),
    hash(stage, language) {
      const hash = createHash('sha256');
      const files = [...Object.keys(REQUESTS), `${stage}.${language}.md`, ...PARTIALS.map((name) => `_${name}.${language}.md`)];
      for (const file of files) hash.update(`${file}\0${sources.get(file)}\0`);
      return hash.digest('hex');
    },
    vocabulary: (language) => new Set(languageSources(language).flatMap(([, text]) => text.toLowerCase().match(/\p{L}+/gu) ?? [])),
  };
}

type Wanted =
  | { readonly kind: 'letter'; readonly stage: LetterKind; readonly language: LetterLanguage }
  | { readonly kind: 'partial' }
  | { readonly kind: 'request'; readonly file: RequestFile };

function wantedFiles(): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const file of Object.keys(REQUESTS) as RequestFile[]) wanted.set(file, { kind: 'request', file });
  for (const language of LETTER_LANGUAGES) {
    for (const stage of LETTER_KINDS) wanted.set(`${stage}.${language}.md`, { kind: 'letter', stage, language });
    for (const name of PARTIALS) wanted.set(`_${name}.${language}.md`, { kind: 'partial' });
  }
  return wanted;
}

function readLetter(source: string, stage: LetterKind, language: LetterLanguage): Letter {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]+)$/.exec(source) ?? [];
  if (head === undefined || body === undefined) throw new Error('begins with --- front matter --- and goes on with the letter');
  const pairs = head.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]);
  const meta = frontMatter.safeParse(Object.fromEntries(pairs));
  if (!meta.success)
    throw new Error(meta.error.issues.map((issue) => `${issue.path.join('.') || 'front matter'}: ${issue.message}`).join('\n'));
  const { purpose, tone, max_words: maxWords, inputs, subject } = meta.data;
  parseTemplate(`${subject}\n\n${body}`, inputs);
  return { stage, language, purpose, tone, maxWords, inputs, subject, paragraphs: body.trim().split(/\n{2,}/) };
}

/** `inputs` null: a partial, which may use any placeholder. Throws with one fault a line. */
function parseTemplate(source: string, inputs: readonly string[] | null, request = false): Template[] {
  const template = engine.parse(source);
  const used = engine.variablesSync(template);
  const faults: string[] = [];
  if (source.includes('{%')) faults.push('tags are not used in letters');
  if (source.replaceAll(/\{\{\s*[a-z_]+\s*\}\}/g, '').includes('{{')) faults.push('only plain {{ placeholders }} are used, no filters');
  const known = request ? inputs! : Object.keys(PLACEHOLDERS);
  for (const name of used) {
    if (!known.includes(name)) faults.push(`{{ ${name} }} is not a placeholder`);
    else if (inputs && !inputs.includes(name)) faults.push(`{{ ${name} }} is not among the inputs`);
  }
  const named = new Set(placeholdersIn(source));
  for (const name of inputs ?? []) if (!named.has(name)) faults.push(`the input ${name} is not used`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return template;
}
