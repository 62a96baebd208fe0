import { hash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOffAsked } from '../../src/escalation/write-off.op.ts';
import { day } from '../../src/kernel/day.ts';
import { keepMailFile } from '../../src/mails/mail-files.op.ts';
import { evidencePdf } from '../../src/reporting/evidence-pdf.ts';
import { statementPdf } from '../../src/reporting/statement-pdf.ts';
import { zipFile } from '../../src/reporting/zip-file.ts';
import { buildEvidence } from '../../src/trail/build-evidence.op.ts';
import { changeMarking } from '../../src/trail/change-marking.op.ts';
import { copyOutboxes } from '../../src/trail/copy-outboxes.op.ts';
import type { EvidenceScope } from '../../src/trail/evidence.ts';
import { factText } from '../../src/trail/facts.view.ts';
import { type EvidenceNeeds, gatherEvidence } from '../../src/trail/gather-evidence.op.ts';
import type { Interaction } from '../../src/trail/interaction.ts';
import type { Marking } from '../../src/trail/marking.ts';
import { releaseEvidence } from '../../src/trail/release-evidence.op.ts';
import { withheldOutside } from '../../src/trail/withheld.ts';
import { ACCOUNT, type EscalationDesk, escalationDesk, INES, MARA, SARA } from '../support/escalation-desk.ts';
import { invoice } from '../support/ledger-place.ts';
import { pdfText } from '../support/pdf-text.ts';

// 23 November 2026 is a Monday. Otterby Ltd owe 3,000.00 on A since June and 1,000.00 on B since July. Mara collects; Ines, who manages, makes the
// evidence pack for a court.

let desk: EscalationDesk;
let ports: EvidenceNeeds;
const LETTER = Buffer.from('the demand letter, page by page');

beforeAll(async () => {
  desk = await escalationDesk('2026-11-23');
  await desk.load([
    { kind: 'account', account: { number: 'C1', name: 'Otterby Ltd', country: 'GB', kind: 'company' } },
    invoice('A', { due: day('2026-06-02'), total: 3_000_00 }),
    invoice('B', { due: day('2026-07-02'), total: 1_000_00 }),
    invoice('NOT DUE', { due: day('2027-01-02'), total: 700_00 }),
  ]);
  ports = {
    ...desk.ports,
    statementPdf,
    indexPdf: evidencePdf,
    archive: zipFile,
    copyTrail: () => copyOutboxes({ ...desk.ports, told: {} }),
    invoiceFiles: { read: async () => ({ problem: 'absent' }), eInvoice: async () => null },
    mailCopy: async () => Buffer.from(''),
    words: async (zone) => async (entry) => {
      const { when, who, said } = factText(entry.fact, zone);
      return { seq: entry.kept.document._id, when, who, account: '', what: said, marking: entry.marking, hash: '' };
    },
  };
});
afterAll(() => desk.close());

const SCOPE: EvidenceScope = { account: ACCOUNT, entity: 'MAIN', invoices: null, without: [], case: null };
let notes = 0;
async function note(on: string, text: string, marking: Marking): Promise<void> {
  notes += 1;
  const interaction: Interaction = {
    ...{ id: `n${notes}`, channel: 'meeting', direction: 'in', on: day(on), contact: '', subject: '', text, marking },
    ...{ attachments: [], source: null },
  };
  expect((await desk.do({ do: 'record-interaction', ...interaction })).done).toBe(true);
}
async function look(scope: Partial<EvidenceScope> = {}) {
  const gathered = await gatherEvidence(ports, { ...SCOPE, ...scope });
  if ('refused' in gathered) throw new Error(gathered.refused);
  return gathered;
}
const told = async () => (await look()).entries.map(({ fact }) => fact.type);
const claimed = async (scope: Partial<EvidenceScope> = {}) =>
  (await look(scope)).claims.flatMap(({ invoices }) => invoices.map(({ number, open }) => `${number} ${open / 100}`));
async function build(scope: Partial<EvidenceScope> = {}) {
  const built = await buildEvidence(ports, { ...SCOPE, ...scope }, INES, 'Ines Duarte');
  if (!built.done) throw new Error(built.refused);
  const files = unzipSync(built.pack.bytes);
  return { sha256: built.pack.sha256, files, index: pdfText(files['INDEX.pdf']!) };
}
const release = async (sha256: string) => {
  const result = await releaseEvidence(ports, { account: ACCOUNT, sha256 }, INES);
  return result.done ? (result.again ? 'released before' : 'released') : result.refused;
};

describe('a pack of evidence for a court', () => {
  let thursday = '';

  it('Monday: what is overdue is claimed and what is not due is not; of what happened nothing is on file yet', async () => {
    expect(await claimed()).toEqual(['A 3000', 'B 1000']);
    expect(await claimed({ invoices: ['B', 'NOT DUE'] })).toEqual(['B 1000', 'NOT DUE 700']);
    expect(await told()).toEqual([]);
  });

  it('Tuesday: a meeting that may be shown goes in; what was said among ourselves, to counsel, and as an offer is counted only', async () => {
    desk.on('2026-11-24');
    await note('2026-11-24', 'Their director says the goods are fine; they bank with Tidewater.', 'shareable');
    await note('2026-11-24', 'secret: our delivery was late, too', 'internal');
    await note('2026-11-24', 'secret: counsel doubts clause 4', 'privileged');
    await note('2026-11-24', 'secret: they offer half', 'without-prejudice');
    expect(await told()).toEqual(['interaction-recorded']);
    expect(withheldOutside((await look()).withheld).map(({ words, count }) => `${words}: ${count}`)).toEqual([
      'Notes and enquiries within the company: 1',
      'Privileged or without prejudice: 2',
    ]);
  });

  it('Wednesday: the demand letter is posted; its very pages are in the pack', async () => {
    desk.on('2026-11-25');
    const sha256 = await keepMailFile(ports, LETTER);
    const demand = {
      ...{ letter: 'D1', entity: 'MAIN', invoices: ['A', 'B'], deadline: day('2026-12-09'), sentOn: day('2026-11-25') },
      ...{ by: 'registered-post' as const, firm: '' },
    };
    expect((await desk.do({ do: 'serve-demand', demand, sha256, tracking: 'RN 1' })).done).toBe(true);
    expect(await told()).toEqual(['interaction-recorded', 'letter-posted']);
  });

  it('Thursday: the pack is built; each file is as SHA256SUMS says, and nothing secret is in it', async () => {
    desk.on('2026-11-26');
    const { files, index, sha256 } = await build();
    thursday = sha256;
    const sums = Buffer.from(files.SHA256SUMS!).toString().trim().split('\n');
    expect(sums.length).toBe(Object.keys(files).length - 1);
    for (const line of sums) expect(hash('sha256', files[line.slice(66)]!)).toBe(line.slice(0, 64));
    expect(Buffer.from(files['letters/001-2026-11-25.pdf']!)).toEqual(LETTER);
    expect(index).toContain('trackingnumberRN1');
    expect(index).toContain('€4,000.00');
    for (const [name, bytes] of Object.entries(files))
      expect(Buffer.from(bytes).toString() + (name === 'INDEX.pdf' ? index : ''), name).not.toContain('secret');
  });

  it('Friday: Ines reads of their bank and marks the meeting internal: Thursday’s pack cannot leave any more, a new one can, once', async () => {
    desk.on('2026-11-27');
    const { entries } = await desk.stores.timeline.page(ACCOUNT, { types: ['interaction-recorded'], before: null, limit: 10 });
    const meeting = entries.find(({ fact }) => String(fact.text).includes('Tidewater'))!.fact.id;
    const mark = { account: ACCOUNT, entry: meeting, to: 'internal', reason: 'Names their bank.', mayManage: true } as const;
    expect((await changeMarking(desk.ports, mark, INES, 'mark')).done).toBe(true);
    expect(await release(thursday)).toBe('evidence-outdated');
    const { sha256, index } = await build();
    expect(index).not.toContain('Tidewater');
    expect(await release(sha256)).toBe('released');
    expect(await release(sha256)).toBe('released before');
    expect(await release('f'.repeat(64))).toBe('evidence-gone');
  });

  it('Monday the 30th: B is written off by two people; it is claimed no more, and the pack does not say why', async () => {
    desk.on('2026-11-30');
    const wanted = { account: ACCOUNT, invoices: [{ entity: 'MAIN', number: 'B' }], amount: null, code: 'goodwill' } as const;
    const of = await writeOffAsked(desk.ports, { ...wanted, reason: 'secret: our mistake' });
    if ('refused' in of) throw new Error(of.refused);
    const asked = await desk.ask(of.asked, MARA);
    if (!asked.done) throw new Error(asked.refused);
    await desk.approve(asked.case.id, INES, SARA);
    await desk.carryOut();
    expect(await claimed()).toEqual(['A 3000']);
    expect((await look()).givenUp).toEqual([{ invoice: 'B', currency: 'EUR', amount: 1_000_00 }]);
    const { index, files } = await build();
    expect(pdfText(files['statements/statement-EUR.pdf']!)).toMatch(/A.*€3,000\.00/);
    expect(pdfText(files['statements/statement-EUR.pdf']!)).not.toContain('€1,000.00');
    expect(index).toContain('Deliberationanddecisionswithinthecompany');
    expect(index).not.toMatch(/writtenoff|write-off|secret/i);
  });

  it('Tuesday: what the reviewer leaves out is named in words, and is not there', async () => {
    desk.on('2026-12-01');
    const { files, index } = await build({ without: ['letters', 'conversations'] });
    expect(Object.keys(files).some((name) => name.startsWith('letters/'))).toBe(false);
    expect(index).toContain('LeftoutDemandletters;calls,meetings,notesandreplies');
    expect(index).not.toContain('trackingnumber');
  });
});
