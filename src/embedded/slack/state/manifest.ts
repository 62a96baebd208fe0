import { z } from 'zod';

const Command = z.looseObject({
  command: z.string().regex(/^\/[^\s/]{1,31}$/, 'a command is a slash and 1 to 31 characters without spaces'),
  description: z.string().default(''),
  usage_hint: z.string().default(''),
  should_escape: z.boolean().default(false),
});

const Shortcut = z.looseObject({
  name: z.string().max(24),
  type: z.enum(['message', 'global']),
  callback_id: z.string().max(255),
  description: z.string().default(''),
});

/** The scope without which Slack does not let an app subscribe to an event. */
const EVENT_SCOPES: Record<string, string> = {
  app_mention: 'app_mentions:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
  'message.mpim': 'mpim:history',
  file_shared: 'files:read',
  member_joined_channel: 'channels:read',
  channel_archive: 'channels:read',
  group_archive: 'groups:read',
  channel_left: 'channels:read',
  group_left: 'groups:read',
  user_change: 'users:read',
};

/** The parts of a Slack app manifest that change what the workspace does; everything else is let through. */
export const Manifest = z
  .looseObject({
    display_information: z.looseObject({ name: z.string().min(1).max(35) }),
    features: z
      .looseObject({
        app_home: z
          .looseObject({ home_tab_enabled: z.boolean().default(false), messages_tab_enabled: z.boolean().default(true) })
          .optional(),
        slash_commands: z.array(Command).max(50).default([]),
        shortcuts: z.array(Shortcut).max(10).default([]),
      })
      .prefault({}),
    oauth_config: z.looseObject({ scopes: z.looseObject({ bot: z.array(z.string()).default([]) }).prefault({}) }).prefault({}),
    settings: z
      .looseObject({
        event_subscriptions: z.looseObject({ bot_events: z.array(z.string()).default([]) }).optional(),
        interactivity: z.looseObject({ is_enabled: z.boolean(), message_menu_options_url: z.url().optional() }).optional(),
      })
      .prefault({}),
  })
  .superRefine(({ features, oauth_config, settings }, context) => {
    const granted = oauth_config.scopes.bot;
    const path = ['oauth_config', 'scopes', 'bot'];
    if (features.slash_commands.length + features.shortcuts.length > 0 && !granted.includes('commands'))
      context.addIssue({ code: 'custom', path, message: 'commands and shortcuts need the scope commands' });
    for (const event of settings.event_subscriptions?.bot_events ?? []) {
      const scope = EVENT_SCOPES[event];
      if (scope && !granted.includes(scope))
        context.addIssue({ code: 'custom', path, message: `the event ${event} needs the scope ${scope}` });
    }
  });
export type Manifest = z.infer<typeof Manifest>;

/** @throws Error naming each fault and its place when the manifest is not one. */
export function parseManifest(value: unknown): Manifest {
  const parsed = Manifest.safeParse(value);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'manifest'}: ${issue.message}`);
  throw new Error(`The app manifest was not installed; the earlier one still counts. ${faults.join('; ')}`);
}

/** Whether the app gets this event; before a manifest is installed it gets them all. */
export function subscribed(manifest: Manifest | null, event: string): boolean {
  return manifest === null || (manifest.settings.event_subscriptions?.bot_events.includes(event) ?? false);
}
