import type { Logger } from 'pino';
import { reference } from '../kernel/untrusted.ts';
import type { DraftText, TemplateReason, TokensUsed, Tone } from '../mails/draft-text.ts';
import type { Drafter, NamesKnown, TokenBudget } from '../mails/drafter.port.ts';
import type { FactSheet } from '../mails/letter-facts.ts';
import type { CheckedDraft } from './checks/check.ts';
import { checkDraft } from './checks/draft-checks.ts';
import { checkEdit } from './checks/edit.ts';
import { BOOKS } from './languages/books.ts';
import type { Letters } from './letters.ts';
import { type DraftModel, MOST_ANSWER_TOKENS, type ModelRequest } from './model.ts';
import { type NameIndex, nameIndex } from './names.ts';
import { modelRequest } from './request.ts';
import { fixedLines, fixedTexts, render, type Skeleton } from './skeleton.ts';
import { greetedName, valuesOf } from './values.ts';

export interface DrafterParts {
  readonly letters: Letters;
  /** Null: every draft is the template. */
  readonly model: DraftModel | null;
  readonly budget: TokenBudget;
  readonly names: NamesKnown;
  readonly log: Logger;
}

/** A model's words are refused once with the reason; refused again, the template is taken. */
const ATTEMPTS = 2;

export function drafter(parts: DrafterParts): Drafter {
  const indexes = new WeakMap<readonly string[], Map<string, NameIndex>>();
  const indexFor = async ({ language }: FactSheet): Promise<NameIndex> => {
    const names = await parts.names();
    const byLanguage = indexes.get(names) ?? new Map<string, NameIndex>();
    indexes.set(names, byLanguage);
    const index = byLanguage.get(language) ?? nameIndex(names, ordinaryWords(parts.letters, language));
    byLanguage.set(language, index);
    return index;
  };
  return {
    async draftFor(facts, wish = {}) {
      const names = await indexFor(facts);
      const tone = wish.tone ?? parts.letters.letter(facts.stage, facts.language).tone;
      // A formal demand is approved word for word as lawyers wrote it.
      if (facts.stage === 'demand-letter') return renderTemplate(facts, parts.letters, names, { tone, why: 'formal' });
      return parts.model
        ? fromModel(facts, tone, names, parts, parts.model)
        : renderTemplate(facts, parts.letters, names, { tone, why: 'no-model' });
    },
    pieces(facts) {
      const values = valuesOf(facts, parts.letters);
      return { invoiceTable: values.invoice_table ?? '', deadline: values.deadline ?? '' };
    },
    async checkEdit(facts, edited) {
      const values = valuesOf(facts, parts.letters);
      return checkEdit(
        { facts, values, fixed: fixedTexts(fixedLines(facts, parts.letters, values)), names: await indexFor(facts) },
        edited,
      );
    },
  };
}

/** Words that are nobody's name by themselves. */
export function ordinaryWords(letters: Letters, language: FactSheet['language']): ReadonlySet<string> {
  return new Set([...letters.vocabulary(language), ...BOOKS[language].words.little]);
}

interface TemplateCause {
  readonly tone: Tone;
  readonly why: TemplateReason;
  readonly refused?: readonly string[];
  readonly model?: string;
  readonly tokens?: TokensUsed;
}

/** The letter of the stage as it stands in prompts/; the same facts always give the same text. */
export function renderTemplate(facts: FactSheet, letters: Letters, names: NameIndex, cause: TemplateCause): DraftText {
  const letter = letters.letter(facts.stage, facts.language);
  const made = put(letter, facts, letters, names);
  const toneIgnored = cause.tone !== letter.tone ? ['The template has a tone of its own; another tone needs a model.'] : [];
  return {
    ...common(made, letters),
    tone: letter.tone,
    source: 'template',
    whyTemplate: cause.why,
    refused: cause.refused ?? [],
    notices: [...noticesOf(facts), ...toneIgnored],
    model: cause.model ?? null,
    tokens: cause.tokens ?? null,
  };
}

async function fromModel(facts: FactSheet, tone: Tone, names: NameIndex, parts: DrafterParts, model: DraftModel): Promise<DraftText> {
  const { letters, budget } = parts;
  const letter = letters.letter(facts.stage, facts.language);
  const values = valuesOf(facts, letters);
  let refused: string[] = [];
  const tokens = { prompt: 0, answer: 0 };
  const template = (why: TemplateReason) => renderTemplate(facts, letters, names, { tone, why, refused, model: model.name, tokens });

  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const request = modelRequest({ facts, letter, values, tone, refused }, letters, names);
    const aside = tokensAtMost(request);
    if (!(await budget.take(aside.prompt + aside.answer))) return template('daily-cap');
    const written = await model.write(request);
    // Without the server's count it may have used everything.
    const used = written.used ?? aside;
    await budget.settle(aside.prompt + aside.answer, used.prompt + used.answer);
    tokens.prompt += used.prompt;
    tokens.answer += used.answer;
    if (!written.ok) return template(written.why);

    const made = attempted(written.skeleton, facts, letters, names);
    const problems = made
      ? made.checks.filter(({ passed }) => !passed).map(({ says }) => says)
      : ['A placeholder is used that was not listed.'];
    if (made && problems.length === 0) {
      return {
        ...common(made, letters),
        tone,
        source: 'model',
        whyTemplate: null,
        refused,
        notices: noticesOf(facts),
        model: model.name,
        tokens,
      };
    }
    parts.log.info({ attempt, broken: problems.length }, 'what the model wrote broke a rule');
    refused = [...new Set([...refused, ...problems])];
  }
  return template('checks-failed');
}

/** Null when a placeholder has no value: nothing can be put together. */
function attempted(skeleton: Skeleton, facts: FactSheet, letters: Letters, names: NameIndex) {
  try {
    return put(skeleton, facts, letters, names);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function put(skeleton: Skeleton, facts: FactSheet, letters: Letters, names: NameIndex) {
  const letter = letters.letter(facts.stage, facts.language);
  const values = valuesOf(facts, letters);
  const rendered = render(skeleton, facts, letters, values);
  const draft: CheckedDraft = { facts, values, letter, skeleton, rendered, names };
  return { draft, checks: checkDraft(draft) };
}

function common({ draft: { facts, rendered }, checks }: ReturnType<typeof put>, letters: Letters) {
  const { stage, language } = facts;
  return {
    subject: rendered.subject,
    body: rendered.body,
    stage,
    language,
    languageWhy: facts.chosen.why,
    checks,
    promptHash: letters.hash(stage, language),
  };
}

const LANGUAGE_NAMES = new Intl.DisplayNames('en-GB', { type: 'language' });

function noticesOf(facts: FactSheet): string[] {
  const notices: string[] = [];
  const { from, why } = facts.chosen;
  if (from === 'company' || from === 'nothing') notices.push(`The email is in ${LANGUAGE_NAMES.of(facts.language)}, ${why}.`);
  if (greetedName(facts.contact) === null)
    notices.push('The contact’s name in the ledger cannot stand in a greeting, so nobody is greeted by name.');
  if (facts.invoices.some(({ number }) => reference(number) === null)) {
    notices.push('The number of an invoice reads like a link or an account number and was left out; check it in the ledger.');
  }
  if (facts.stage === 'final-notice' && !facts.finalAuthorised) {
    notices.push('The notice is not called final: that needs a next step in the policy and the approval of a second person.');
  }
  return notices;
}

/** About three characters a token in European languages; the answer may use all that it is allowed. */
function tokensAtMost(request: ModelRequest): TokensUsed {
  return { prompt: Math.ceil((request.instructions.length + request.case.length) / 3), answer: MOST_ANSWER_TOKENS };
}
