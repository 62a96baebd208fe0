/** A JSON object whose members are checked where they are read. */
export type Json = Record<string, unknown>;

export interface Person {
  id: string;
  /** The handle in @mentions. */
  name: string;
  realName: string;
  title: string;
  email: string;
  kind: 'person' | 'bot' | 'guest' | 'external';
  /** Another company's workspace for an external person. */
  teamId: string;
  /** On Enterprise Grid: the organisation, and which of its workspaces the person belongs to; teamId is the one Slack calls theirs. */
  enterprise?: { id: string; name: string; teams: string[] };
  timeZone: string;
  color: string;
  admin: boolean;
  deactivated: boolean;
  featured: boolean;
}

export interface Channel {
  id: string;
  name: string;
  kind: 'channel' | 'private' | 'im' | 'mpim';
  topic: string;
  archived: boolean;
  /** Shared with another company (Slack Connect). */
  shared: boolean;
  /** Invited to be, and not accepted yet; or shared between workspaces of one organisation (Enterprise Grid), which no other company sees. */
  sharing?: 'pending' | 'organisation';
  /** Only admins may post; everyone else gets restricted_action. */
  restricted: boolean;
  members: string[];
  creator: string;
  /** Unix seconds. */
  created: number;
}

export interface Message {
  channel: string;
  /** Unix seconds with six digits: the message's id within its channel. */
  ts: string;
  user: string;
  text: string;
  blocks?: Json[];
  files?: string[];
  threadTs?: string;
  /** A reply that was also sent to the channel. */
  broadcast?: boolean;
  subtype?: string;
  edited?: string;
  metadata?: { event_type: string; event_payload: Json };
  reactions?: { name: string; users: string[] }[];
  pinned?: boolean;
  /** Posted by the app, so its blocks are interactive. */
  byApp: boolean;
  /** Delivered to this person alone, never stored. */
  ephemeralTo?: string;
}

export interface StoredFile {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  owner: string;
  created: number;
  /** When the app completed the upload, in milliseconds; 0 until then. Absent for what a person dropped. */
  completed?: number;
  /** What it shows, for those who cannot see it. */
  altText?: string;
  channels: string[];
  /** Conversations in whose messages an image block shows it. */
  shownIn?: string[];
  /** The messages that carry it. */
  shares?: { channel: string; ts: string; threadTs?: string }[];
}

/** state.values of a view or message: block_id -> action_id -> Slack's state value object. */
export type StateValues = Record<string, Record<string, Json>>;

export interface View {
  id: string;
  rootId: string;
  previousId: string | null;
  type: 'modal' | 'home';
  /** The person who has it open. */
  person: string;
  title?: Json;
  submit?: Json;
  close?: Json;
  blocks: Json[];
  privateMetadata: string;
  callbackId: string;
  externalId: string;
  notifyOnClose: boolean;
  clearOnClose: boolean;
  hash: string;
  values: StateValues;
  errors?: Record<string, string>;
}

export interface Team {
  id: string;
  name: string;
  domain: string;
}

/** An organisation on Enterprise Grid. */
export interface Organisation {
  id: string;
  name: string;
  teams: Team[];
  /** The app is installed for the whole organisation, in all of its workspaces, with one token. */
  orgWide: boolean;
}

/** What the app is known by in this workspace. */
export interface AppIdentity {
  appId: string;
  botId: string;
  botUser: string;
}
