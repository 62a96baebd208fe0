import { hash } from 'node:crypto';
import type { LedgerRecord } from './ledger-record.ts';

/** Stable over imports: the same row always meets the same document. */
export function accountId(number: string): string {
  return `acc_${digest(number)}`;
}

export function invoiceId(entity: string, number: string): string {
  return `inv_${digest(`${entity}\n${number}`)}`;
}

export function receiptId(kind: 'payment' | 'credit-note', entity: string, number: string): string {
  return `${kind === 'payment' ? 'pay' : 'crn'}_${digest(`${entity}\n${number}`)}`;
}

export function recordId(record: LedgerRecord): string {
  switch (record.kind) {
    case 'account':
      return accountId(record.account.number);
    case 'contact':
      // Some exports list contacts by telephone only: then the name tells them apart.
      return `con_${digest(`${record.account.number}\n${(record.email || record.name).toLowerCase()}`)}`;
    case 'invoice':
      return invoiceId(record.entity, record.number);
    case 'payment':
    case 'credit-note':
      return receiptId(record.kind, record.entity, record.number);
  }
}

function digest(text: string): string {
  return hash('sha256', text).slice(0, 20);
}
