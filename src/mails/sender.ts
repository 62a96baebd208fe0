import { isMailAddress } from '../kernel/mail-address.ts';

/** How one of our selling entities writes. */
export interface SenderIdentity {
  /** Its name as its invoices show it. */
  readonly name: string;
  /** Mails come from here. */
  readonly address: string;
  /** Where remittance advices go. */
  readonly remittance: string;
  /** A number somebody answers; used when the collector's own is not known. */
  readonly phone: string;
  /** Postal address for letterheads, in lines; left out: not set. */
  readonly postal?: string;
}

export type SenderProblem = 'sender-name-missing' | 'sender-address' | 'sender-remittance' | 'sender-phone-missing';

export function senderProblem(sender: SenderIdentity): SenderProblem | null {
  if (sender.name.trim() === '') return 'sender-name-missing';
  if (!isMailAddress(sender.address)) return 'sender-address';
  if (!isMailAddress(sender.remittance)) return 'sender-remittance';
  return /\d{4}/.test(sender.phone.replace(/\D/g, '')) ? null : 'sender-phone-missing';
}
