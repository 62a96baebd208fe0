import { type Day, day } from '../../src/kernel/day.ts';
import { untrusted } from '../../src/kernel/untrusted.ts';
import type { WorkingDays } from '../../src/kernel/working-days.ts';
import {
  DEADLINE_STAGES,
  deadlineFrom,
  type FactSheet,
  type FactSources,
  factSheet,
  type InvoiceFact,
  NO_HISTORY,
} from '../../src/mails/letter-facts.ts';

export const NO_HOLIDAYS: WorkingDays = { weekend: new Set([6, 7]), holidays: new Set() };
export const TODAY = day('2026-11-20');

export function invoiceFact(over: Partial<InvoiceFact> = {}): InvoiceFact {
  return {
    number: untrusted('UK-24012'),
    issued: day('2026-10-01'),
    due: day('2026-10-31'),
    open: 1_234_00,
    asked: over.open ?? 1_234_00,
    currency: 'GBP',
    purchaseOrder: untrusted('PO-55120'),
    payLink: null,
    ...over,
  };
}

/** A reminder to Otterby Freight, unless said otherwise. */
export function sources(over: Partial<FactSources> = {}): FactSources {
  const stage = over.stage ?? 'reminder';
  const today: Day = over.today ?? TODAY;
  const early = stage === 'note' ? { due: day('2026-11-27'), issued: day('2026-10-28') } : {};
  return {
    stage,
    today,
    account: { id: 'A1', name: untrusted('Otterby Freight Ltd'), language: 'en', country: 'GB' },
    contact: { name: untrusted('Imogen Larch'), salutation: null },
    seller: { name: 'Harbour Pike Ltd' },
    sender: { name: 'Mara Lindqvist', phone: '+44 20 7946 0123', email: 'mara.lindqvist@harbourpike.example' },
    invoices: [invoiceFact(early)],
    leftOut: [],
    credits: [],
    history: NO_HISTORY,
    deadline: DEADLINE_STAGES.has(stage) ? deadlineFrom(today, NO_HOLIDAYS) : null,
    remittance: 'remittance@harbourpike.example',
    asOf: { at: Temporal.Instant.from('2026-11-20T08:10:00Z'), zone: 'Europe/London' },
    finalAuthorised: true,
    attachments: [],
    ...over,
  };
}

export function facts(over: Partial<FactSources> = {}): FactSheet {
  return factSheet(sources(over), NO_HOLIDAYS);
}

/** As a store would know them. */
export const KNOWN_NAMES: readonly string[] = [
  'Otterby Freight Ltd',
  'Thistlewick Kettles Ltd',
  'Marmaduke & Finch Bakeries plc',
  'Papierflieger Logistik GmbH',
  'Wolkenheim Elektro AG',
  'Trois Hiboux Imprimerie SARL',
  'Faro Imaginario Textil S.L.',
  'Quokka Ridge Robotics LLC',
  'Imogen Larch',
  'Callum Peverell',
  'Jörg Wellenstein',
  'Élodie Vauclair',
  'Lucía Montealto',
  'Dale Whitlock-Reyes',
  'Mara Lindqvist',
];
