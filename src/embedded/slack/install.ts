import type { PageCommand, PageShortcut } from './page-protocol.ts';
import { type Manifest, parseManifest } from './state/manifest.ts';
import { appName, type World } from './world.ts';

export function pageCommands(world: World): PageCommand[] {
  const commands = world.manifest?.features.slash_commands ?? [];
  return commands.map((each) => ({ command: each.command, description: each.description, usageHint: each.usage_hint }));
}

export function pageShortcuts(world: World): PageShortcut[] {
  return (world.manifest?.features.shortcuts ?? []).map((each) => ({ callbackId: each.callback_id, name: each.name, type: each.type }));
}

/** Takes over a kept or new manifest: its commands, shortcuts, events, scopes and the bot's name. */
export function applyManifest(world: World, manifest: Manifest): void {
  world.manifest = manifest;
  world.scopes = new Set(manifest.oauth_config.scopes.bot);
  const bot = world.store.person(world.app.botUser)!;
  world.store.savePerson({
    ...bot,
    realName: appName(world),
    name: appName(world)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-'),
  });
  world.pages.tell('all', () => ({ type: 'commands', commands: pageCommands(world), shortcuts: pageShortcuts(world) }));
}

/** Installs the app's manifest in the workspace, as an admin does in Slack; it is kept over a restart. @throws Error naming each fault */
export function installManifest(world: World, value: unknown): void {
  const manifest = parseManifest(value);
  world.store.saveSetting('manifest', manifest);
  applyManifest(world, manifest);
}
