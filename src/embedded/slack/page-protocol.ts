/**
 * What the local workspace's page and its server say to each other. Type-only: the page runs in a browser.
 * All requests carry `as`, the id of the person the page acts as; there is no sign-in, the server listens on loopback only.
 *
 *   GET  /                                  page/index.html (its import map names the npm modules below)
 *   GET  /page/<file>                       files of page/: .ts with its types stripped (text/javascript), .css
 *   GET  /page/npm/<package>/<path>         node_modules/<package>/<path>, of these packages alone: preact, htm,
 *                                           @expo-google-fonts/noto-sans, twemoji-colr-font
 *   GET  /page-api/snapshot?as=U            PageSnapshot; with an empty `as`, of the first featured person
 *   GET  /page-api/messages?as=U&channel=C[&thread=ts][&before=ts]    PageMessage[] oldest first, at most 50
 *   WS   /page-api/socket?as=U              server -> page: PageEvent as JSON
 *   POST /page-api/act                      PageAction -> PageActionResult
 *   POST /page-api/upload?as=U&channel=C&name=N   raw body -> PageActionResult (a file dropped into a channel)
 *                                           without channel: for a file_input, the result carries the file's id in `file`
 *   GET  /files/<id>/<name>                 bytes of an uploaded file
 *
 * Modals and Home: changed values may be sent alone, the server fills in the rest from initial_*; a cleared field is sent as
 * {type, value: null} (or selected_option: null ...). Field errors come back in the result and as PageView.errors.
 *
 * The server also sends message-changed for a thread's parent when its replies change.
 */
export interface PageUser {
  id: string;
  name: string;
  realName: string;
  title: string;
  /** guest: restricted account; external: member of another company through a shared channel. */
  kind: 'person' | 'bot' | 'guest' | 'external';
  deactivated: boolean;
  /** CSS colour of the avatar. */
  color: string;
  /** One of the people the switch "act as" offers first. */
  featured: boolean;
}

export interface PageChannel {
  id: string;
  name: string;
  kind: 'channel' | 'private' | 'im';
  /** im: the person at the other end as seen by `as`. */
  with?: string;
  topic: string;
  archived: boolean;
  /** Shared with another company (Slack Connect). */
  shared: boolean;
  members: string[];
  unread: number;
}

export interface PageFile {
  id: string;
  name: string;
  mimetype: string;
  size: number;
  url: string;
}

export interface PageMessage {
  channel: string;
  ts: string;
  user: string;
  text: string;
  /** Block Kit blocks as posted. */
  blocks?: unknown[];
  files?: PageFile[];
  /** Set on replies; equal to ts on a thread's parent. */
  threadTs?: string;
  replyCount: number;
  replyUsers: string[];
  edited: boolean;
  /** Seen by this person alone ("Only visible to you"). */
  ephemeralTo?: string;
  reactions?: { name: string; users: string[] }[];
}

export interface PageCommand {
  command: string;
  description: string;
  usageHint: string;
}

export interface PageShortcut {
  callbackId: string;
  name: string;
  type: 'message' | 'global';
}

export interface PageView {
  id: string;
  rootId: string;
  type: 'modal' | 'home';
  title?: string;
  submit?: string;
  close?: string;
  blocks: unknown[];
  /** Field errors by block_id, after a refused submission. */
  errors?: Record<string, string>;
}

export interface PageSnapshot {
  team: { id: string; name: string };
  /** The app's bot user; null while no app is connected. */
  bot: { id: string; name: string; connected: boolean } | null;
  me: string;
  users: PageUser[];
  channels: PageChannel[];
  commands: PageCommand[];
  shortcuts: PageShortcut[];
  home: PageView | null;
  /** Open modal stack of `me`, topmost last. */
  modals: PageView[];
}

export type PageEvent =
  | { type: 'message'; message: PageMessage }
  | { type: 'message-changed'; message: PageMessage }
  | { type: 'message-deleted'; channel: string; ts: string }
  | { type: 'channel'; channel: PageChannel }
  | { type: 'home'; view: PageView }
  | { type: 'modals'; modals: PageView[] }
  /** The app did not answer in time, or another thing a Slack user would be told in a banner. */
  | { type: 'notice'; text: string }
  | { type: 'bot'; connected: boolean }
  | { type: 'commands'; commands: PageCommand[]; shortcuts: PageShortcut[] };

/** Values of a modal's or message's inputs: block_id -> action_id -> Slack's state value object. */
export type PageState = Record<string, Record<string, unknown>>;

export type PageAction = {
  as: string;
} /** Text as Slack's client sends it: & < > escaped, people and channels picked from the list as <@U1> and <#C1>. */ & (
  | { do: 'say'; channel: string; text: string; thread?: string }
  /** A composer line that begins with a slash, as typed ("/overdue >30"), but picked people and channels as <@U1|name> and <#C1|name>. */
  | { do: 'command'; channel: string; text: string; thread?: string }
  /** `value`: the element's state value object after the click (type and selected_option, value ...); absent for a button. */
  | {
      do: 'click';
      from: { channel: string; ts: string } | { view: string };
      block: string;
      element: unknown;
      value?: unknown;
      state?: PageState;
    }
  /** Options for an external select's typed text (block_suggestion); they come back in `options`. */
  | { do: 'suggest'; from: { channel: string; ts: string } | { view: string }; block: string; element: unknown; text: string }
  | { do: 'submit'; view: string; state: PageState }
  | { do: 'close'; view: string }
  /** ts is absent for a global shortcut. */
  | { do: 'shortcut'; callbackId: string; channel: string; ts?: string }
  | { do: 'open-home' }
  | { do: 'open-im'; user: string }
  | { do: 'read'; channel: string }
);

export type PageActionResult =
  | { ok: true; channel?: string; errors?: Record<string, string>; options?: unknown[]; file?: PageFile }
  | { ok: false; problem: string };
