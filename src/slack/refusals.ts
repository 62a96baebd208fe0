/** Long: every refusal has its one sentence here; those of write-offs, placements and mandates stand beside, in escalation-refusals.ts, those of charges in charge-refusals.ts. */
import type { AccountRefusal } from '../account/account-work.ts';
import { MOST_DAYS_AHEAD } from '../account/moment.ts';
import { LONGEST_VETO } from '../account/veto.ts';
import type { RatesRefusal } from '../charges/added-rates.ts';
import type { ChargesRefusal } from '../charges/charges.ts';
import type { SumRefusal } from '../charges/interest-rules.ts';
import type { StandardTermsRefusal } from '../charges/terms.ts';
import type { TableRefusal } from '../escalation/approval-table.ts';
import type { CaseRefusal } from '../escalation/case.ts';
import type { PartnerRefusal } from '../escalation/partner.ts';
import type { PoliciesRefusal } from '../follow-up/policies.ts';
import type { FileRefusal } from '../ledger/dropped-file.ts';
import type { DraftRefusal } from '../mails/draft.ts';
import type { PayeeRefusal } from '../mails/payee.ts';
import type { SenderProblem } from '../mails/sender.ts';
import type { GoalsRefusal } from '../numbers/goals.ts';
import type { LessonRefusal } from '../numbers/lessons.ts';
import type { TeamRefusal } from '../team/team-changes.ts';
import type { ErasureRefusal } from '../trail/erase-person.op.ts';
import type { RetentionRefusal } from '../trail/retention.ts';
import { CHARGES_REFUSED } from './charge-refusals.ts';
import { CREDIT_REFUSED } from './credit-refusals.ts';
import { ESCALATION_REFUSED } from './escalation-refusals.ts';

type Refusal =
  | ErasureRefusal
  | RetentionRefusal
  | AccountRefusal
  | FileRefusal
  | CaseRefusal
  | TableRefusal
  | 'case-basis-changed'
  | 'case-amount-fixed'
  | 'counsel-review-missing'
  | 'deadline-too-near'
  | 'letter-not-approved'
  | 'letter-reply-waiting'
  | 'letter-outdated'
  | 'case-open-already'
  | 'write-off-above-open'
  | PartnerRefusal
  | GoalsRefusal
  | LessonRefusal
  | 'mandate-above-role'
  | 'negotiator-lacks-role'
  | 'escalations-channel-missing'
  | 'no-such-case'
  | 'no-such-kind'
  | 'no-such-file'
  | 'file-changed'
  | TeamRefusal
  | PoliciesRefusal
  | 'invoice-not-open'
  | 'invoices-differ'
  | 'limitation-entities-differ'
  | DraftRefusal
  | 'not-overdue'
  | 'not-your-account'
  | ChargesRefusal
  | RatesRefusal
  | SumRefusal
  | 'no-fee-for-stage'
  | SenderProblem
  | PayeeRefusal
  | StandardTermsRefusal
  | 'shown-too-briefly'
  | 'beyond-insured'
  | 'no-such-entity'
  | 'no-such-draft'
  | 'no-such-account'
  | 'entry-privileged'
  | 'no-such-entry'
  | 'changed-meanwhile'
  | 'not-assignable'
  | 'card-outdated'
  | 'wrong-code'
  | 'too-many-guesses';

/** One sentence for people per refusal: what happened and what to do. Nothing was changed in any of them. */
export const REFUSED: Readonly<Record<Refusal, string>> = {
  ...CREDIT_REFUSED,
  ...ESCALATION_REFUSED,
  ...CHARGES_REFUSED,
  'no-such-contact': 'This person is not on file any more. Nothing was changed.',
  'erase-legal-hold':
    'This account is on legal hold, so nothing of it is erased. Nothing was changed. Ask counsel; a manager can lift the hold, then erase again.',
  'legal-hold-already': 'This account is on legal hold already. Nothing was changed. Lift the hold first to give another reason.',
  'legal-hold-none': 'This account is not on legal hold. Nothing was changed.',
  'retention-months':
    'One of the times is too short or too long. Nothing was saved. Enter whole months within the limits, or leave it empty.',
  'retention-changed': 'Somebody changed the times since this count. Nothing was removed. Open the form and count again.',
  'retention-uncounted': 'This count is not of today. Nothing was removed. Open the form, save it and look at the new count.',
  'retention-in-force': 'These times are in force already. Nothing more was changed.',
  'erase-mail-open':
    'A mail to this customer is in review or on its way. Nothing was erased: decide about that mail first, then erase again.',
  'agreement-changed-meanwhile':
    'Somebody else has just changed this agreement. Nothing of yours was saved; open it again and repeat your change if it is still needed.',
  'served-in-future': 'A letter cannot have been posted in the future. Give the day on which it left.',
  'tracking-missing': 'Give the tracking number of the carrier: without it nobody can show later that the letter arrived.',
  'letter-by-decision': 'This is a demand letter: it is decided in its thread in the channel for decisions, not here.',
  'letter-decided': 'This letter has been decided on and cannot be changed any more. Ask for a new one if it is still needed.',
  'counsel-is-another': 'Another person was named to review this letter. Nothing was recorded.',
  'review-words-missing': 'Write what you say about the letter; “no objection” is enough.',
  'posted-before-letter': 'That is before the date of the letter. Give the day on which it left.',
  'posted-in-future': 'A letter cannot have been posted in the future. Give the day on which it left.',
  'letter-not-approved': 'This letter is not waiting to be posted: it has not been approved, or has come to an end. Nothing was recorded.',
  'letter-reply-waiting':
    'A reply of the customer waits for its answer, and it may settle the matter. Nothing was recorded. Answer it first; the letter stays approved, and can then be posted.',
  'letter-outdated':
    'What this letter says is not true any more, for example after a payment. Nothing was decided. Withdraw the request and ask anew: the letter is then written on what is true now.',
  'counsel-review-missing': 'Counsel has not reviewed this version yet. It can be approved once the review is recorded in the thread.',
  'deadline-too-near':
    'The deadline of this letter has come too near: the customer would get less time than the rules ask. Edit it and set a later day.',
  'agreement-unchanged': 'This is what the file says already.',
  'terms-out-of-range': 'Payment terms are a whole number of days from 0 to 365.',
  'notice-address-missing': 'Give the address to which notice must be sent, or choose no method.',
  'fee-not-positive': 'Write the fees like GBP 15, EUR 15; each above zero.',
  'fee-stage-unknown': 'Choose from which reminder the fee may be claimed.',
  'rate-out-of-range': 'An agreed rate lies above 0 and up to 50 % a year.',
  'insurance-out-of-range': 'The insurer’s deadline is a whole number of days from 1 to 730 after the due date.',
  'document-name-missing': 'Give the signed document a name, for example its title or file name.',
  'document-link':
    'Give an address that begins with https://, or the id of a Slack file (F…). Only the address is kept, the file stays where it is, so it may be of any size.',
  'extension-out-of-range': 'The longest extension is a whole number of days from 1 to 730.',
  'beyond-insured': 'This goes beyond the credit insurer’s longest extension. Read the warning and send the form again.',
  'standard-terms-changed': 'Somebody else changed these standard terms since you opened them. Your change was not saved; open them again.',
  'notice-place-missing': 'Say to which of the customer’s addresses notice goes, such as the registered office.',
  'document-in-future': 'The agreement cannot have been signed after today.',
  'case-closed': 'This has been decided or closed meanwhile. Nothing was changed.',
  'case-expired': 'The time for this decision is over. Nothing was decided; ask anew if it is still needed.',
  'case-changed': 'The request was edited since this card was drawn. Nothing was decided; read the current version and decide anew.',
  'case-basis-changed':
    'The figures this rests on have changed since it was asked, for example by a payment. Nothing was decided. Whoever asked can edit the request, which takes the figures as they are now, or withdraw it.',
  'case-amount-fixed':
    'The amount is that of the plan, offer or letter itself and cannot be edited here. Nothing was changed. Withdraw the request and ask anew over another amount.',
  'case-reason-missing': 'Give a reason: it is kept with the decision.',
  'case-amount-negative': 'Give an amount of zero or above.',
  'case-open-already':
    'The same is being decided already for this account. Nothing new was asked; see the card in the channel for decisions.',
  'approver-requested': 'You asked for this, so somebody else must decide. Nothing was decided.',
  'approver-edited-case': 'You edited this last, so somebody else must decide. Nothing was decided.',
  'approver-substitutes-requester':
    'You stand in for whoever asked for this or edited it last, or they for you, so somebody else must decide. Nothing was decided.',
  'approver-absent':
    'You are marked as away, and whoever covers for you decides. Nothing was decided. End your absence first if you are back.',
  'approver-lacks-role': 'To decide this needs the role manager or finance lead. Nothing was decided.',
  'voted-already': 'Your vote on this version is counted already; each person counts once.',
  'withdraw-needs-requester': 'Only the person who asked for it, a manager or a finance lead can withdraw it.',
  'not-due': 'The time for this has not come. Nothing was changed.',
  'no-such-case': 'This request for a decision is not there any more.',
  'no-such-kind': 'This kind of decision is not available here. Nothing was asked.',
  'escalations-channel-missing':
    'No channel for decisions is set, so nobody could see this. Nothing was asked. An admin sets “Channel for decisions” with the setup part of the collections command, and invites the bot there.',
  'table-changed-meanwhile':
    'Somebody else has just changed who approves what. Nothing of yours was saved; look at the table again and repeat your change if it is still needed.',
  'rule-unchanged': 'This is what the table says already.',
  'band-missing': 'Every currency begins with a line for 0: who decides from the first unit on.',
  'bands-out-of-order': 'The amounts of a currency must rise from line to line, each amount once.',
  'needs-out-of-range': 'Between 1 and 5 people decide, and not more finance leads than people.',
  'expiry-out-of-range': 'A request stays open for 1 to 30 business days, and the reminder comes 1 to 72 hours before the end.',
  'supply-stopped-already': 'Supply of this customer is stopped already.',
  'supply-not-stopped': 'Supply of this customer is not stopped.',
  'supply-task-done': 'This has been marked as done already, or was decided anew meanwhile.',
  'not-overdue': 'Nothing of this invoice is overdue any more, so there is nothing to claim on it.',
  'no-such-entity': 'The ledger knows no selling entity of this code.',
  'sender-name-missing': 'Give the name of the company as its invoices show it.',
  'sender-address': 'One plain mail address, for example receivables@example.com; no name, no list.',
  'sender-remittance': 'One plain mail address, for example remittance@example.com; no name, no list.',
  'sender-phone-missing': 'Give a telephone number that somebody answers.',
  'no-such-draft': 'This draft is not there any more.',
  'draft-closed': 'This draft has been decided or voided meanwhile. Nothing was changed.',
  'draft-changed': 'The mail has changed since this card was drawn. Nothing was changed; read the current version and decide anew.',
  'draft-approved-already': 'This mail has been approved already.',
  'draft-not-approved': 'This mail has not been approved. Approve it first.',
  'shown-too-briefly': 'Not approved: this email had only just appeared. Press again when you have read it.',
  'own-words-missing': 'Not approved: nobody has written this email yet. Press Edit… and write it.',
  'too-late-to-take-back':
    'Too late: this email is going out or has gone out. The approval stands; call the customer if it must not be acted on.',
  'approver-was-first': 'You gave the first approval; a final notice needs a second person.',
  'approver-edited': 'You edited these words, so somebody else must give the second approval.',
  'approver-needs-role': 'The second approval of a final notice needs the role manager or finance lead.',
  'sent-in-future': 'Choose today or the day on which you sent it.',
  'draft-on-its-way': 'This mail is being handed to the mail server right now. Nothing was changed; look again in a minute.',
  'delivery-unknown': 'The mail server did not answer whether it took this mail. Say first whether it was delivered.',
  'not-queued': 'This mail does not wait to be sent any more. Nothing was changed.',
  'not-this-try': 'Another instance has taken this mail over. Nothing was changed.',
  'not-ambiguous': 'It is known by now whether this mail was sent. Nothing was changed.',
  'words-unchanged': 'The words are the same as before.',
  'already-assigned': 'That person already is the collector of this account.',
  'collector-changed-meanwhile':
    'Somebody else has just assigned this account. Nothing of yours was changed; look at the card again and decide anew.',
  'day-not-in-future': 'Choose a day after today.',
  'hold-too-long': `A hold or snooze ends within ${MOST_DAYS_AHEAD} days. Choose an earlier day; if the customer must not be contacted at all, set the status instead.`,
  'reason-missing': 'Give a reason: the file keeps it.',
  'alerts-unchanged': 'Your alerts come that way already.',
  'owner-asked-already': 'The owner in sales has been asked about this step already.',
  'veto-over': 'This step is over: it was taken, or something else came first. Nothing was changed.',
  'veto-used': 'This step was held once already; you can let it go, or speak with the collector.',
  'veto-day-not-in-future': 'Choose a day after today.',
  'veto-too-long': `A step is held for ${LONGEST_VETO} days at most. Choose an earlier day.`,
  'veto-reason-missing': 'Give a reason: the collector reads it, and the file keeps it.',
  'not-your-account': 'Only the owner in sales who was asked, or whoever covers for them, answers this.',
  'not-held': 'This account is not on hold.',
  'status-unchanged': 'The account already has this status.',
  'kind-unchanged': 'The account already is marked as this kind of customer.',
  'text-missing': 'Write what happened: a few words are enough.',
  'text-too-long': 'The file takes 3,000 characters an entry, 150 for its subject. Keep the essence, or add a second entry.',
  'happened-in-future': 'Choose today or an earlier day: only what has happened goes on file.',
  'too-many-files': 'One entry names up to 20 files.',
  'entry-privileged': 'This entry is privileged. Only people on the case, managers, finance leads and admins can read it. Ask one of them.',
  'no-such-entry': 'This entry is not on this account’s file. Nothing was changed.',
  'marking-unchanged': 'This entry carries this mark already.',
  'privilege-needs-manager': 'Only a manager, finance lead or admin may lift privilege from an entry. Nothing was changed.',
  'policy-unchanged': 'The account already follows this policy.',
  'promise-in-past':
    'A promise names today or a later day. For money that is already on its way, record the reply with the remittance advice instead.',
  'promise-too-far': `A promise names a day within ${MOST_DAYS_AHEAD} days. For longer, agree a payment plan.`,
  'promise-above-balance':
    'The promise is larger than what is open on these invoices and not yet promised or disputed. Nothing was recorded: correct the amount, or choose more invoices.',
  'amount-not-positive': 'Give an amount above zero.',
  'no-invoice-chosen': 'Choose at least one open invoice.',
  'notice-out-of-range': 'A notice of default runs 1 to 60 business days.',
  'no-instalments': 'A plan needs at least one instalment.',
  'too-many-instalments': 'A plan has at most 60 instalments. Choose fewer, or a longer interval.',
  'instalment-not-positive': 'Every instalment needs an amount above zero. Choose fewer instalments, or correct the amounts.',
  'instalment-in-past': 'An instalment names today or a later day. Nothing was recorded: correct its day.',
  'instalments-out-of-order': 'Each instalment needs a later day than the one before it. Correct the days.',
  'plan-does-not-sum': 'The instalments do not add up to the plan. Nothing was recorded; correct one of them.',
  'plan-above-balance':
    'The plan is larger than what is open on these invoices and not yet promised or disputed. Correct the amount, or choose more invoices.',
  'no-such-plan': 'This plan has come to an end meanwhile. Nothing was changed.',
  'plan-not-proposed': 'This plan has been decided meanwhile. Nothing was changed.',
  'approver-requested-it': 'Whoever asked for it cannot approve it. Somebody else with the role manager or finance lead must.',
  'nothing-missed': 'No instalment of this plan is missing, so there is nothing to give notice of.',
  'notice-too-early': 'A notice counts only when it was given after the missing instalment was due. Choose a later day.',
  'notice-runs-already': 'A notice of this plan’s default is running already.',
  'invoice-in-arrangement':
    'One of these invoices is in another plan or offer, or a credit for it is still to be booked. End that first, or choose other invoices.',
  'offer-above-balance': 'The amount to pay must be less than what is owed on these invoices. For the whole of it, record a promise.',
  'offer-in-past': 'An offer runs through today or a later day. Choose another day.',
  'offer-too-far': `An offer ends within ${MOST_DAYS_AHEAD} days. Choose an earlier day.`,
  'nothing-free': 'Nothing on these invoices is free: it is promised, disputed or in an arrangement already.',
  'no-such-offer': 'This offer has come to an end meanwhile. Nothing was changed.',
  'offer-not-proposed': 'This offer has been decided meanwhile. Nothing was changed.',
  'offer-not-open': 'Only an offer that stands and has not been accepted can be accepted.',
  'no-such-posting': 'An import has confirmed this credit meanwhile.',
  'no-such-promise': 'This promise has been closed meanwhile. Nothing was changed.',
  'paid-in-future': 'What they will pay is a promise: choose that outcome, or correct the day. Nothing was recorded.',
  'paid-not-positive': 'Give an amount above zero, or leave it empty.',
  'call-agreement-missing': 'Say what was promised or disputed on the call.',
  'contact-name-missing': 'Give the name of the contact.',
  'contact-unreachable': 'Give a mail address or a telephone number.',
  'contact-address': 'One plain mail address, for example name@example.com; no name, no list.',
  'source-missing': 'Say where this contact is from: the file keeps it.',
  'contact-unchanged': 'The contact already is marked like this.',
  'not-tracing': 'Nobody is being looked for on this account any more. Nothing was changed.',
  'nothing-found': 'This contact has been decided about meanwhile. Nothing was changed.',
  'dispute-above-open':
    'The disputed amount is larger than what is open on this invoice and not disputed yet. Nothing was recorded: correct the amount, or leave it empty for all that is open.',
  'no-such-dispute': 'This dispute has been closed meanwhile. Nothing was changed.',
  'dispute-decided': 'This dispute has been decided: its amount waits for the credit note. Nothing was changed.',
  'limit-not-later': 'The dispute has until then already. Choose a later day.',
  'dispute-not-overdue': 'The limit of this dispute has not passed, or everybody has been told.',
  'step-names-nobody': 'Say who it is: the person of theirs or the mediator. Senior to senior names somebody of ours.',
  'arbitration-not-agreed':
    'The agreement on file has no clause on arbitration or mediation. Enter it in the agreement first, or choose another step.',
  'cost-negative': 'A cost is zero or more.',
  'parts-differ': 'The parts do not sum to the disputed amount. Nothing was recorded: correct them.',
  'credit-not-there': 'The ledger does not show this credit note yet.',
  'received-in-future': 'Choose today or an earlier day for when the reply came in.',
  'no-such-reply': 'This reply has been answered meanwhile. Nothing was changed.',
  'contact-in-future': 'Choose today or an earlier day: only what has happened is recorded.',
  'stage-missing': 'Say which stage of the policy this was.',
  'start-confirmed-before': 'The starting point of this account is set already. A manager can skip to another step.',
  'no-start-to-take-back': 'No starting point is set for this account. Nothing was changed.',
  'contact-since-start':
    'The customer has been contacted since the starting point was set, so it stays. A manager can skip to another step.',
  'jump-not-forward': 'One of the invoices has had this step already. Choose a later step, or fewer invoices.',
  'jump-before-notice': 'What people decide formally needs a final notice first. Skip to the final notice.',
  'no-such-contact-made': 'This email is not the last one of this customer any more. Nothing was changed.',
  'no-too-long': 'The question is put off for 60 days at most. Choose an earlier day.',
  'no-such-stage': 'The policy has no such stage any more. Look at the policy and choose again.',
  'invoice-not-open':
    'An invoice you chose was paid, credited or cancelled since this form was opened. Nothing was recorded. Choose another, or close the form and open it anew: it then lists what is open now.',
  'invoices-differ': 'One promise covers invoices of one selling entity in one currency. Record one promise for each.',
  'policy-name-missing': 'Give the policy a name.',
  'policy-empty': 'A policy needs at least one stage.',
  'stage-name-missing': 'Give the stage a name.',
  'stage-key-twice': 'The policy has a stage of this name already. Choose another name.',
  'stages-out-of-order': 'Every stage needs a later day than the one before it: two stages cannot share a day. Choose another day.',
  'offset-out-of-range': 'The day lies between 90 days before and 730 days after the due date.',
  'gap-out-of-range': 'The distance to the stage before is a whole number of business days from 0 to 60.',
  'spacing-out-of-range': 'The distance between two messages of one stage is a whole number of business days from 0 to 60.',
  'contact-out-of-range': 'The contact is a whole number from 1 to 9; 1 is the first of the account.',
  'no-demand-stage': 'A policy needs at least one stage after the due date.',
  'note-is-no-mail': 'Up to the due date nothing is late yet: such a stage is a mail.',
  'template-missing': 'A mail needs one of the letters.',
  'task-without-proposal': 'Say what people are to decide at this stage.',
  'final-step-without-task':
    'A demand letter, agency, legal action and write-off are decided by people: make the stage a decision. Only stop supply may go along with a mail or call.',
  'letter-without-notice': 'A demand letter needs a mail in formal words before it. Add a final notice, or take the proposal out.',
  'notice-minimum-too-low':
    'The formal mail has a lower minimum than the formal stage behind it, so it would announce a step that never comes. Raise its minimum.',
  'unknown-currency': 'One of the currencies is not known. Write it like GBP 50, EUR 60.',
  'minimum-not-positive': 'An amount must be above zero. Leave a currency out if it has no minimum.',
  'policy-name-taken': 'There is a policy of this name already. Choose another name.',
  'policy-changed-meanwhile':
    'Somebody else has just saved this policy. Nothing of yours was saved; look at it again and repeat your change if it is still needed.',
  'no-such-policy': 'There is no such policy.',
  'segment-missing': 'Name the segment as the ledger spells it.',
  'rules-out-of-range':
    'Demands keep at least five business days (at most 60), a ledger may be 1 to 10 business days old, a promise has 0 to 10 business days of grace, and a dispute 1 to 60 business days.',
  'file-expired': 'This file was kept for a day only and is gone. Nothing was imported. Drop it again.',
  'file-under-way': 'This file is being read just now. Wait until its card says how it ended.',
  'file-imported': 'This file has been imported already. To import it once more, drop it again: the same rows change nothing.',
  'no-mapping': 'Choose the mapping first: it says what is in the file.',
  'not-checked': 'Do a dry run first: it shows what the import would change.',
  'asks-about-vanished':
    'Its dry run says what speaks against this import as it is, and nobody has agreed to that. Nothing was changed. Press Import on its card.',
  'questions-open': 'This file has questions that must be answered before it is imported. Nothing was changed. Press Answer on its card.',
  'not-under-way': 'This file is not being read any more.',
  'no-such-file': 'This file is not kept any more. Nothing was imported. Drop it again.',
  'file-changed':
    'Somebody else has just done something with this file. Nothing of yours was done; look at its card and repeat it if it is still needed.',
  'no-such-account': 'This account is not in the ledger any more.',
  'changed-meanwhile':
    'This was changed by somebody else at the same moment. Nothing of yours was changed; look again and repeat it if it is still needed.',
  'not-assignable':
    'Only active members of this workspace with the role collector or manager can be given accounts. An admin gives roles with the roles part of the collections command.',
  'card-outdated': 'The account has changed since this card was drawn. Nothing was changed; here is the current card.',
  'wrong-code': 'That is not the code. The latest start of Arrears printed the one that counts; every start makes a new one.',
  'too-many-guesses': 'Too many wrong codes. Wait a quarter of an hour, then type the code that the latest start of Arrears printed.',
  'admin-exists': 'There already is an admin, so the code is spent. Ask an admin to give you a role.',
  'last-admin': 'The team needs at least one admin. Make somebody else admin first.',
  'roles-unchanged': 'The person already has exactly these roles.',
  'absence-in-past': 'This absence is already over. Choose a last day that is today or later.',
  'absence-ends-before-it-begins': 'The last day lies before the first day.',
  'covers-oneself': 'Somebody else must cover.',
  'cover-is-no-collector': 'Whoever covers needs the role collector.',
  'not-absent': 'No absence is set for this person.',
  'rules-changed-meanwhile':
    'Somebody else has just changed the rules or the team. Nothing of yours was changed; look at the rules again and repeat it.',
  'left-unchanged': 'This is already known.',
  'rule-names-nobody': 'A rule needs at least one collector.',
  'rule-matches-everything':
    'A rule without a condition takes every account and hides the rules behind it. Put it last, or give it a condition.',
};
