import { setTimeout as pause } from 'node:timers/promises';
import type { WebClient } from '@slack/web-api';
import type { Db } from 'mongodb';
import type { PageMessage, PageState, PageView } from '../../src/embedded/slack/page-protocol.ts';
import type { Workspace } from '../../src/embedded/slack/workspace.ts';
import { ANCHOR_JOB } from '../../src/follow-up/post-anchor.op.ts';
import type { Clock } from '../../src/kernel/clock.port.ts';
import { LEAST_SHOWN } from '../../src/mails/review-guard.ts';
import type { PersonOnPage } from '../embedded/slack/person.ts';
import { stateOf, wordsOf } from '../support/review-modal.ts';
import { caseCard } from './p19-acts.ts';

const CHANNEL = 'C0COLLECT';
const DECISIONS = 'C0ESCALATE';
/** How long somebody waits for an answer before trying again; and how often. */
const PATIENCE_MS = 3_500;
const TRIES = 8;

export interface Floor {
  readonly db: Db;
  readonly workspace: Workspace;
  readonly client: WebClient;
  readonly time: Clock;
  /** Mara and Tom collect, Ines and Sara manage, Paul leads finance. */
  readonly people: Readonly<Record<'U0MARA' | 'U0TOM' | 'U0INES' | 'U0SARA' | 'U0PAUL', PersonOnPage>>;
  /** By case of a vote or a discussion: where its card stands. */
  readonly cards: Map<string, string>;
  readonly random: () => number;
  /** Accounts from this number on have no mail that a note or a promise could change. */
  readonly quietFrom: number;
  readonly made: Made;
}

/** What people did, as far as Slack told them that it was taken. */
export interface Made {
  /** By case: who was told that the vote had arrived. */
  readonly votes: Map<string, Set<string>>;
  /** Sentences said in the thread of a case. */
  readonly said: string[];
  /** Notes by command: when it was typed, and what was answered; '' for nothing. */
  readonly notes: Map<string, { at: number; answer: string }>;
  /** Promises by who said it, and whether Slack was told that the form was taken. */
  readonly promises: Map<string, boolean>;
  /** Milliseconds until a command was answered. */
  readonly answers: number[];
  /** Requests for a decision by their reason, and whether Slack was told that the form was taken. */
  readonly requests: Map<string, boolean>;
}

export const nothingMade = (): Made => ({
  votes: new Map(),
  said: [],
  answers: [],
  notes: new Map(),
  promises: new Map(),
  requests: new Map(),
});

type Kind = 'vote' | 'say' | 'post' | 'note' | 'promise' | 'request';
/** Messages that fall due at once: more than one instance is at work on them. */
const BURST = 12;

/** The cards of what is to be voted and talked about, while Slack takes everything. */
export async function dealCards(floor: Floor, votes: number, talks: number): Promise<void> {
  const words = { type: 'section', text: { type: 'plain_text', text: 'A decision' } };
  for (let n = 0; n < votes; n += 1) {
    const id = `many-vote-${n}`;
    const value = JSON.stringify({ c: id, r: 1 });
    const button = { type: 'button', action_id: 'case-approve', text: { type: 'plain_text', text: 'Approve' }, value };
    floor.cards.set(id, await caseCard(floor, id, DECISIONS, [{ type: 'actions', block_id: 'b', elements: [button] }]));
  }
  for (let n = 0; n < talks; n += 1) floor.cards.set(`many-say-${n}`, await caseCard(floor, `many-say-${n}`, DECISIONS, [words]));
}

/** One act of a kind; it is over when whoever does it has been answered, or has given up. */
export const ACTS: Readonly<Record<Kind, (floor: Floor, n: number) => Promise<void>>> = {
  /** Three people at once, one of them by a double click; whose click Slack says did not arrive clicks again. */
  async vote(floor, n) {
    const id = `many-vote-${n}`;
    const ts = floor.cards.get(id)!;
    floor.made.votes.set(id, new Set());
    const one = async (user: 'U0INES' | 'U0SARA' | 'U0PAUL') => {
      const person = floor.people[user];
      const click = async () => (await person.click({ channel: DECISIONS, ts }, 'b', 'case-approve')).ok;
      const twice = user === 'U0INES' ? click() : null;
      for (let tries = 0; tries < TRIES; tries += 1) {
        if (await click()) {
          floor.made.votes.get(id)!.add(user);
          break;
        }
        await pause(300);
      }
      await twice;
    };
    await Promise.all((['U0INES', 'U0SARA', 'U0PAUL'] as const).map(one));
  },
  async say(floor, n) {
    const id = `many-say-${n}`;
    floor.made.said.push(id);
    await floor.people.U0MARA.say(DECISIONS, `They will not pay: ${id}`, floor.cards.get(id)!);
  },
  async post({ db, time, cards }, n) {
    const now = new Date(time.now().epochMilliseconds);
    const rest = {
      dueAt: now,
      createdAt: now,
      leaseUntil: new Date(0),
      state: 'open',
      owner: '',
      fence: 0,
      attempts: 0,
      progress: {},
      problem: '',
    };
    const job = (m: number) => {
      const payload = { seq: m + 1, hash: `many-post-${n}-${m}`, channel: DECISIONS, thread: cards.get('many-say-0') };
      return { _id: payload.hash, kind: ANCHOR_JOB, payload, ...rest };
    };
    await db.collection<{ _id: string }>('jobs').insertMany(Array.from({ length: BURST }, (_, m) => job(m)));
    await pause(1_000);
  },
  async note(floor, n) {
    const id = `many-note-${n}`;
    const person = floor.people.U0TOM;
    const note = { at: performance.now(), answer: '' };
    floor.made.notes.set(id, note);
    const answer = await answerTo(floor, person, `/collections note ${account(floor, n)}: ${id}`, () => true);
    note.answer = answer?.text ?? '';
  },
  async promise(floor, n) {
    const id = `many-promise-${n}`;
    const person = floor.people.U0MARA;
    floor.made.promises.set(id, false);
    const form = await formOf(floor, person, n, (card) => button(card, 'account-promise'));
    const option = form && optionsOf(form, 'invoices')[0];
    if (!option) return;
    const state = {
      invoices: { value: { type: 'multi_static_select', selected_options: [option] } },
      amount: text('1.00'),
      date: { value: { type: 'datepicker', selected_date: '2026-11-30' } },
      who: text(id),
    };
    floor.made.promises.set(id, await submitted(person, form, state));
  },
  /** A request from its form; whoever decides it does so on the card that the bot posts. */
  async request(floor, n) {
    const id = `many-request-${n}`;
    const person = floor.people.U0TOM;
    floor.made.requests.set(id, false);
    const form = await formOf(floor, person, n, (card) => button(card, 'account-more'), 'account-decide');
    if (!form) return;
    const choice = (value: string) => ({
      value: { type: 'static_select', selected_option: { value, text: { type: 'plain_text', text: value } } },
    });
    const codes = optionsOf(form, 'codes').slice(0, 1);
    const state = {
      kind: choice('credit-limit'),
      about: choice('NWUK|GBP'),
      amount: text('5,000.00'),
      codes: { value: { type: 'checkboxes', selected_options: codes } },
      reason: text(id),
    };
    floor.made.requests.set(id, await submitted(person, form, state));
    const card = await until(async () => {
      const found = await floor.db
        .collection<{ place: { ts: string } | null; case: { reason: string } }>('cases')
        .findOne({ 'case.reason': id });
      return found?.place?.ts;
    });
    const paul = floor.people.U0PAUL;
    if (card === undefined) return;
    const posted = (await paul.messages(DECISIONS)).find(({ ts }) => ts === card);
    const place = posted && button(posted, 'case-approve');
    if (place) await paul.click({ channel: DECISIONS, ts: card }, place.block, place.element);
  },
};

const account = ({ quietFrom }: Floor, n: number) => `C${quietFrom + n}`;
const text = (value: string) => ({ value: { type: 'plain_text_input', value } });

/** Approves what waits for a collector: many together where the card offers it, else one; returns when nothing waits for a while. */
export async function review(floor: Floor, user: 'U0MARA' | 'U0TOM', over: () => Promise<boolean>): Promise<void> {
  const person = floor.people[user];
  while (!(await over())) {
    const form = await opened(person, () => person.command(CHANNEL, '/collections review'));
    if (!form || !wordsOf(form).includes('Approve')) {
      await pause(250);
      continue;
    }
    const list = floor.random() < 0.5 ? button(form, 'draft-batch') : null;
    if (list) await approveList(person, form, list);
    else await submittedInTime(person, form, LEAST_SHOWN.careful);
  }
}

/** Reads the letter that is the same for all of a list, and approves what is ticked. */
async function approveList(person: PersonOnPage, form: PageView, list: { block: string; element: string }): Promise<void> {
  const top = () => person.seen.findLast((event) => event.type === 'modals')?.modals.at(-1);
  await person.click({ view: form.id }, list.block, list.element);
  const shown = await until(() => {
    const now = top();
    return now && button(now, 'list-text') ? now : undefined;
  });
  const read = shown && button(shown, 'list-text');
  if (!shown || !read) return;
  await person.click({ view: shown.id }, read.block, read.element);
  const letter = await until(() => (top()?.id === shown.id ? undefined : top()));
  if (letter) await person.act({ do: 'close', view: letter.id });
  await submittedInTime(person, shown, LEAST_SHOWN.list);
}

/** A form that takes nothing before it has been shown for a while. */
async function submittedInTime(person: PersonOnPage, form: PageView, shownFor: number): Promise<void> {
  await pause(shownFor + 100);
  await person.submit(form.id, stateOf(form));
}

/** What only the asker sees of the answer, when it fits; null when it does not come in time, or Slack says that the command failed. */
async function answerTo(
  { made }: Floor,
  person: PersonOnPage,
  line: string,
  fits: (message: PageMessage) => boolean,
): Promise<PageMessage | null> {
  person.seen.length = 0;
  const typed = performance.now();
  await person.command(CHANNEL, line);
  const answer = await until(() => {
    const own = person.shown.filter(({ ephemeralTo }) => ephemeralTo === person.id);
    return own.find((message) => !message.text.includes('failed with the error') && fits(message));
  });
  if (answer) made.answers.push(performance.now() - typed);
  return answer ?? null;
}

/** The form behind a control of the account's card, however often it takes. */
async function formOf(
  floor: Floor,
  person: PersonOnPage,
  n: number,
  control: (card: PageMessage) => { block: string; element: string } | null,
  choice?: string,
): Promise<PageView | null> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const card = await answerTo(floor, person, `/account ${account(floor, n)}`, (message) => control(message) !== null);
    const at = card && control(card);
    if (!at) continue;
    const chosen = choice && { type: 'static_select', selected_option: { value: choice, text: { type: 'plain_text', text: choice } } };
    const form = await opened(person, () => person.click({ channel: card.channel, ts: card.ts }, at.block, at.element, chosen));
    if (form) return form;
  }
  return null;
}

async function opened(person: PersonOnPage, click: () => Promise<unknown>): Promise<PageView | null> {
  const open = () => person.seen.findLast((event) => event.type === 'modals')?.modals ?? [];
  for (const left of open()) await person.act({ do: 'close', view: left.id });
  person.seen.length = 0;
  await click();
  return (await until(() => open().at(-1))) ?? null;
}

/** Sends a form until Slack is told that it was taken and closes it, as a person does whom it tells of trouble. */
async function submitted(person: PersonOnPage, { id }: PageView, state: PageState): Promise<boolean> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const result = await person.submit(id, state);
    if (result.ok) {
      if (result.errors && Object.keys(result.errors).length > 0) throw new Error(`the form was refused: ${JSON.stringify(result.errors)}`);
      // What takes too long is told in the form's place, and whoever sent it looks at the card.
      return person.seen.findLast((event) => event.type === 'modals')?.modals.length === 0;
    }
    if (result.problem.includes('no longer open')) return false;
    await pause(300);
  }
  return false;
}

interface Block {
  readonly block_id?: string;
  readonly elements?: { action_id?: string }[];
  readonly accessory?: { action_id?: string };
  readonly element?: { options?: unknown[] };
}

const blocksOf = (of: { blocks?: unknown }) => (of.blocks ?? []) as Block[];

function button(message: { readonly blocks?: unknown }, action: string): { block: string; element: string } | null {
  for (const { block_id, elements = [], accessory } of blocksOf(message)) {
    const found = [...elements, ...(accessory ? [accessory] : [])].find(({ action_id }) => action_id?.split(':')[0] === action);
    if (found) return { block: block_id!, element: found.action_id! };
  }
  return null;
}

const optionsOf = (view: PageView, name: string) => blocksOf(view).find(({ block_id }) => block_id === name)?.element?.options ?? [];

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T | undefined> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined || performance.now() > end) return found;
    await pause(20);
  }
}
