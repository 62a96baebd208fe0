import type OpenAI from 'openai';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { TemplateReason, TokensUsed } from '../mails/draft-text.ts';
import type { Skeleton } from './skeleton.ts';

export interface ModelRequest {
  readonly instructions: string;
  readonly case: string;
}

type Written =
  | { readonly ok: true; readonly skeleton: Skeleton; readonly used: TokensUsed | null }
  | {
      readonly ok: false;
      readonly why: TemplateReason /** Null: not known, nothing may have been used or all of it. */;
      readonly used: TokensUsed | null;
    };

/** A model that puts words around placeholders. */
export interface DraftModel {
  readonly name: string;
  /** Never throws; one request, no retries. */
  write(request: ModelRequest): Promise<Written>;
}

export interface ModelSettings {
  readonly apiKey: string;
  /** Of any server that speaks OpenAI's chat completions; OpenAI's own when left out. */
  readonly baseUrl?: string;
  readonly model: string;
  readonly timeoutMs?: number;
}

/** Both attempts together stay within a minute, in which the person waits for the card. */
const TIMEOUT_MS = 25_000;
/** Models that reason count their thinking as a part of the answer. */
export const MOST_ANSWER_TOKENS = 4_000;

// What the server is asked for; sizes are checked by us, since not every server knows the bounds of a schema.
const wire = z.strictObject({ subject: z.string(), paragraphs: z.array(z.string()) });
const { $schema: _, ...wireSchema } = z.toJSONSchema(wire);
const bounded = wire.refine(
  ({ subject, paragraphs }) => subject.length <= 200 && paragraphs.length <= 10 && paragraphs.every((text) => text.length <= 1_500),
);

export function chatModel({ apiKey, baseUrl, model, timeoutMs = TIMEOUT_MS }: ModelSettings, log: Logger): DraftModel {
  // Hundreds of files, which nobody waits for who has no model.
  const loading = import('openai');
  // The package would read all of these from the environment, log requests and retry for ten minutes by itself.
  const settings = {
    apiKey,
    baseURL: baseUrl ?? 'https://api.openai.com/v1',
    organization: null,
    project: null,
    webhookSecret: null,
    maxRetries: 0,
    timeout: timeoutMs,
    logLevel: 'off',
  } as const;
  return {
    name: model,
    async write(request) {
      const openai = await loading;
      const client = new openai.OpenAI(settings);
      try {
        const completion = await client.chat.completions.create(
          {
            model,
            store: false,
            max_completion_tokens: MOST_ANSWER_TOKENS,
            messages: [
              { role: 'system', content: request.instructions },
              { role: 'user', content: request.case },
            ],
            response_format: { type: 'json_schema', json_schema: { name: 'letter', strict: true, schema: wireSchema } },
          },
          // The package's timeout ends with the headers; this one also covers a body that never ends.
          { signal: AbortSignal.timeout(timeoutMs) },
        );
        return read(completion);
      } catch (error) {
        const why = reasonOf(error, openai);
        log.warn({ why, status: error instanceof openai.APIError ? error.status : undefined }, 'the model did not write a draft');
        return { ok: false, why, used: null };
      }
    },
  };
}

function read(completion: OpenAI.ChatCompletion): Written {
  const used = completion.usage ? { prompt: completion.usage.prompt_tokens, answer: completion.usage.completion_tokens } : null;
  const choice = completion.choices?.[0];
  if (choice?.message?.refusal || choice?.finish_reason === 'content_filter') return { ok: false, why: 'model-refused', used };
  const parsed = bounded.safeParse(json(choice?.message?.content));
  return parsed.success ? { ok: true, skeleton: parsed.data, used } : { ok: false, why: 'unreadable', used };
}

function json(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

function reasonOf(error: unknown, openai: typeof import('openai')): TemplateReason {
  if (error instanceof openai.APIConnectionTimeoutError || error instanceof openai.APIUserAbortError) return 'timeout';
  if (error instanceof openai.APIConnectionError) return 'unreachable';
  if (error instanceof openai.RateLimitError) return 'rate-limited';
  if (error instanceof openai.APIError) return 'model-error';
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) return 'timeout';
  return 'unreadable';
}
