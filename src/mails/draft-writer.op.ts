import type { World } from '../kernel/world.port.ts';
import { choiceOf, choicesOf, withChosen } from './chosen-mail.op.ts';
import type { Chosen, ChosenMail, Draft } from './draft.ts';
import { attachedFacts, renderAttachments } from './draft-attachments.op.ts';
import type { MailFacts } from './draft-content.op.ts';
import type { DraftWriter } from './draft-writer.port.ts';
import { approvalBasis } from './mail-content.ts';

/** Rewrites and reads edits over what a draft would say now: `mailFor`, or why nothing can be written. */
export function draftWriterOver(world: World, mailFor: (draft: Draft) => Promise<MailFacts | { readonly problem: string }>): DraftWriter {
  const wordsOf = (draft: Draft, words: { subject: string; body: string }, mail?: ChosenMail) => {
    const { chosen: _, ...own } = mail ?? { chosen: null };
    const content = { ...draft.content, ...own, ...words };
    return { ...words, hash: world.fingerprint(approvalBasis(content)) };
  };
  const choose = async (draft: Draft, usual: MailFacts, chosen: Chosen | undefined) => {
    const mail = await withChosen(world, usual, draft, chosen);
    if ('gone' in mail || !chosen || sameChoice(choiceOf(draft, await choicesOf(world, draft), world), chosen)) return { mail };
    const attached = await renderAttachments(world, mail);
    const made: ChosenMail = { chosen, to: mail.to, cc: mail.cc ?? [], attachments: attached.files };
    return { mail, made, notices: attached.notices };
  };
  return {
    async rewrite(draft, tone) {
      const usual = await mailFor(draft);
      if ('problem' in usual) return usual;
      const mail = await withChosen(world, usual, draft, draft.chosen);
      if ('gone' in mail) return { problem: `${mail.gone} Nothing was written.` };
      const { subject, body, ...text } = await world.drafter.draftFor(attachedFacts(world, mail, draft.content.attachments), { tone });
      return { words: wordsOf(draft, { subject, body }), text };
    },
    async checkEdit(draft, edited) {
      const given = { subject: edited.subject.trim(), body: edited.body.replaceAll('\r\n', '\n') };
      const usual = await mailFor(draft);
      if ('problem' in usual) return { words: wordsOf(draft, given), refused: [usual.problem], pointedOut: [] };
      const { mail, made, notices = [] } = await choose(draft, usual, edited.chosen ?? draft.chosen);
      if ('gone' in mail) return { words: wordsOf(draft, given), refused: [], gone: mail.gone, pointedOut: [] };
      const facts = attachedFacts(world, mail, made?.attachments ?? draft.content.attachments);
      const own = given.subject !== draft.content.subject || given.body !== draft.content.body;
      // Words of the template that nobody touched greet whom the email goes to now.
      const plain = made && !own && draft.editors.length === 0 && draft.text.whyTemplate === 'no-model';
      const { subject, body } = plain ? await world.drafter.draftFor(facts, { tone: draft.text.tone }) : given;
      const words = wordsOf(draft, { subject, body }, made);
      const checked = own || !made ? await world.drafter.checkEdit(facts, words) : { refused: [], pointedOut: [] };
      return { words, ...(made ? { mail: made } : {}), refused: checked.refused, pointedOut: [...checked.pointedOut, ...notices] };
    },
  };
}

function sameChoice(one: Chosen, other: Chosen): boolean {
  const sorted = ({ to, cc, files }: Chosen) => JSON.stringify([to, [...cc].sort(), [...files].sort()]);
  return sorted(one) === sorted(other);
}
