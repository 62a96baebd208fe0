import type { KnownBlock } from '@slack/types';
import { contextLine } from '../slack/freshness.ts';
import { button, section } from '../slack/parts.ts';
import type { Reply } from '../slack/reply.ts';
import { clip, counted, firstOf, money, plain } from '../slack/text.ts';
import { EVIDENCE_KINDS, EVIDENCE_WORDS } from './evidence.ts';
import { factLine } from './facts.view.ts';
import type { GatheredEvidence } from './gather-evidence.op.ts';
import { WITHHELD_WORDS } from './withheld.ts';

const SHOWN = 10;

/** What would be in the pack and what not, before anything is built. `ask`: under which the choice is kept. */
export function evidenceReply(gathered: GatheredEvidence, ask: string): Reply {
  const { row, seller, entries, zone } = gathered;
  const title = `Evidence pack · ${row.name}`;
  const newest = entries.slice(-SHOWN).reverse();
  const lines = newest.map(({ fact }) => `• ${clip(factLine(fact, zone), 220)}`);
  const more =
    entries.length > SHOWN ? `\n…and ${counted(entries.length - SHOWN, 'earlier entry', 'earlier entries')}, all in INDEX.pdf` : '';
  const blocks: KnownBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: clip(title, 150) } },
    section(`*Claim of ${plain(seller)}*\n${claimText(gathered)}`),
    section(`*Goes in*\n${insideText(gathered)}`),
    ...(lines.length > 0 ? [section(`*Newest entries that go in*\n${lines.join('\n')}${more}`)] : []),
    section(`*Stays out*\n${outsideText(gathered)}`),
    section(`*Missing*\n${missingText(gathered)}`),
    {
      type: 'actions',
      elements: [
        { ...button('evidence-build', 'build', 'Build', { s: ask }), style: 'primary' },
        button('evidence-choose', 'choose', 'Choose or leave out…', { s: ask }),
        button('account-timeline', 'timeline', 'Timeline', { a: row.id }),
      ],
    },
    contextLine('Nothing is built yet', 'An entry that must not go out: change its mark in the timeline, then ask again'),
  ];
  return { text: plain(title), blocks };
}

function claimText({ claims }: GatheredEvidence): string {
  if (claims.length === 0) return 'Nothing is overdue: the pack names no claim.';
  return claims
    .map(({ currency, invoices, credit, charges }) => {
      const open = invoices.reduce((sum, each) => sum + each.open, 0) - credit;
      const besides = charges.reduce((sum, each) => sum + each.amount, 0);
      return `• *${money(open, currency)}* on ${counted(invoices.length, 'invoice')}${besides > 0 ? `, and ${money(besides, currency)} interest and fees` : ''}`;
    })
    .join('\n');
}

function insideText({ entries, mails, letters, copies, claims }: GatheredEvidence): string {
  const exact = mails.filter(({ sha256 }) => sha256 !== '').length;
  return [
    `• INDEX.pdf, SHA256SUMS, ${counted(claims.length, 'statement')}`,
    `• ${counted(entries.length, 'entry', 'entries')} of the timeline, in words and with hashes`,
    `• ${counted(mails.length, 'mail')}${mails.length === 0 ? '' : asSent(exact, mails.length)}`,
    `• ${counted(letters.length, 'demand letter')}, ${counted(copies.length, 'copy of an invoice', 'copies of invoices')}`,
  ].join('\n');
}

function asSent(exact: number, all: number): string {
  if (exact === all) return ', with the bytes that were sent';
  return exact === 0 ? ', as approved' : `, ${exact} of them with the bytes that were sent`;
}

const KINDS = Object.keys(WITHHELD_WORDS);
const MARKS = { internal: 'Internal', privileged: 'Privileged', 'without-prejudice': 'Without prejudice' } as const;

function outsideText({ withheld, givenUp, leftOut, mailsOut, scope }: GatheredEvidence): string {
  const marked = (Object.keys(MARKS) as (keyof typeof MARKS)[]).flatMap((marking) => {
    const own = KINDS.flatMap((kind) => withheld.filter((each) => each.marking === marking && each.kind === kind));
    return own.length === 0
      ? []
      : [`• ${MARKS[marking]}: ${own.map(({ kind, count }) => `${WITHHELD_WORDS[kind]} (${count})`).join(', ')}`];
  });
  const lines = [
    ...marked,
    ...givenUp.map(
      ({ invoice, currency, amount }) =>
        `• ${money(amount, currency)} on ${plain(invoice)}: written off or settled, so no part of the claim`,
    ),
    leftOut.entity > 0 ? `• ${counted(leftOut.entity, 'entry', 'entries')} about another selling entity` : '',
    mailsOut > 0 ? `• ${counted(mailsOut, 'mail')} left out by your choice, by their mark, or erased` : '',
    scope.without.length > 0 ? `• by your choice: ${scope.without.map((kind) => EVIDENCE_WORDS[kind].toLowerCase()).join(', ')}` : '',
  ];
  return lines.filter(Boolean).join('\n') || 'Nothing.';
}

function missingText({ worked, withoutCopy, letters, mails }: GatheredEvidence): string {
  const document = worked.work.agreement?.document;
  const byHand = mails.filter(({ sha256 }) => sha256 === '').length;
  const unproved = letters.filter(({ how, tracking }) => how !== 'email' && tracking === '').length;
  const lines = [
    document ? `• the signed agreement itself (${plain(document.name)}): add it by hand` : '• no signed agreement is on file',
    withoutCopy.none.length > 0 ? `• no copy on file of ${counted(withoutCopy.none.length, 'invoice')}: ${names(withoutCopy.none)}` : '',
    withoutCopy.link.length > 0 ? `• the copy is only a link for ${names(withoutCopy.link)}: add it by hand` : '',
    letters.length === 0 ? '• no demand letter has been served' : '',
    unproved > 0 ? `• ${counted(unproved, 'letter')} without a tracking number: no proof of delivery` : '',
    byHand > 0 ? `• ${counted(byHand, 'mail')} sent by hand: only the content as approved is on file` : '',
    '• proof that goods or services were delivered: never on file here, add it by hand',
  ];
  return lines.filter(Boolean).join('\n');
}

const names = (numbers: readonly string[]) => firstOf(numbers.map(plain), 5);

/** The pack as it was built, for whoever reads it before it leaves the company. */
export function builtReply({ name, said, account, sha256 }: { name: string; said: string; account: string; sha256: string }): Reply {
  return {
    text: `${name} is in your direct messages with me`,
    blocks: [
      section(`:page_facing_up: *${plain(name)}* is in your direct messages with me: ${said}.`),
      section(
        '*Nobody else has it yet.* Read INDEX.pdf and the letters and mails first; then release this very file, or change marks and build it anew.',
      ),
      {
        type: 'actions',
        elements: [{ ...button('evidence-release', 'release', 'I have read it: release', { a: account, h: sha256 }), style: 'primary' }],
      },
      contextLine(`SHA-256 \`${sha256}\``),
    ],
  };
}

export const evidenceOptions = EVIDENCE_KINDS.map((kind) => ({
  value: kind,
  text: { type: 'plain_text' as const, text: EVIDENCE_WORDS[kind] },
}));
