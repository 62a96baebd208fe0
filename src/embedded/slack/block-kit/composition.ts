import { z } from 'zod';
import { LIMITS } from './limits.ts';

export const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() });

export const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() });

export const anyText = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)]);

export const link = z
  .string()
  .max(LIMITS.url)
  .regex(/^(https?:\/\/|mailto:)\S+$/, 'must be a valid URL');

export const identifier = z.string().min(1).max(LIMITS.id);

const confirm = z.strictObject({
  title: plain(LIMITS.confirmTitle).optional(),
  text: anyText(LIMITS.confirmText),
  confirm: plain(LIMITS.confirmButton).optional(),
  deny: plain(LIMITS.confirmButton).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

/** The members every interactive element may carry. */
export const actionable = { action_id: identifier.optional(), confirm: confirm.optional() };
export const focusable = { focus_on_load: z.boolean().optional() };
export const placeholder = { placeholder: plain(LIMITS.placeholder).optional() };

const optionWith = <T extends z.ZodType>(text: T) =>
  z.strictObject({
    text,
    value: z.string().min(1).max(LIMITS.optionValue),
    description: plain(LIMITS.optionDescription).optional(),
    url: link.optional(),
  });

export const plainOption = optionWith(plain(LIMITS.optionText));
/** Radio buttons and checkboxes may use mrkdwn in their options. */
export const anyOption = optionWith(anyText(LIMITS.optionText));

export const optionGroup = z.strictObject({
  label: plain(LIMITS.groupLabel),
  options: z.array(plainOption).min(1).max(LIMITS.selectOptions),
});

/** The pattern as Slack names it in its refusal (slackapi/python-slack-sdk#1521). */
const fileId = z.string().regex(/^[F][A-Z0-9]{8,}$/, 'input must match regex pattern: ^[F][A-Z0-9]{8,}$');

export const image = {
  type: z.literal('image'),
  alt_text: z.string().min(1).max(LIMITS.altText),
  image_url: link.optional(),
  slack_file: z.union([z.strictObject({ id: fileId }), z.strictObject({ url: link })]).optional(),
};

export const hasOneSource = (value: { image_url?: unknown; slack_file?: unknown }) =>
  (value.image_url === undefined) !== (value.slack_file === undefined);

export const imageElement = z.strictObject(image).refine(hasOneSource, 'must have either image_url or slack_file');

const styled = z.looseObject({
  type: z.enum(['text', 'link', 'user', 'channel', 'emoji', 'date', 'usergroup', 'team', 'broadcast', 'color']),
});
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(styled) });

/** Members of a rich_text block; also a table cell and the value of a rich text input. */
export const richText = {
  type: z.literal('rich_text'),
  elements: z.array(
    z.discriminatedUnion('type', [
      richSection,
      z.strictObject({
        type: z.literal('rich_text_list'),
        elements: z.array(richSection),
        style: z.enum(['bullet', 'ordered']),
        indent: z.int().min(0).max(8).optional(),
        offset: z.int().min(0).optional(),
        border: z.literal([0, 1]).optional(),
      }),
      z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(styled), border: z.literal([0, 1]).optional() }),
      z.strictObject({ type: z.literal('rich_text_preformatted'), elements: z.array(styled), border: z.literal([0, 1]).optional() }),
    ]),
  ),
};
