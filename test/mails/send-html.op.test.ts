import path from 'node:path';
import mongoose from 'mongoose';
import { expect, it, onTestFinished } from 'vitest';
import { mailFile } from '../../src/mail-server/mail-file.ts';
import { approvalBasis } from '../../src/mails/mail-content.ts';
import { decoded } from '../support/decoded-mail.ts';
import { postOffice } from '../support/post-office.ts';
import { smtpSink } from '../support/smtp-sink.ts';

const src = path.resolve(import.meta.dirname, '../../src');

async function office(customers: number) {
  const sink = await smtpSink();
  const open = await postOffice(src, { customers });
  const raw = await mongoose.createConnection(open.uri).asPromise();
  onTestFinished(async () => {
    await raw.close();
    await open.close();
    await sink.close();
  });
  return { sink, open, drafts: raw.collection('drafts') };
}

it('a mail carries its text and the same words as HTML, and so does its .eml file', async () => {
  const { sink, open } = await office(1);
  const [draft] = open.drafts;
  await open.approve(draft!);
  await open.sendApproved(open.through(sink.port));
  const file = await mailFile(draft!, () => Promise.reject(new Error('nothing is attached')));
  for (const bytes of [sink.taken[0]!.bytes, file]) {
    const { text, html } = await decoded(bytes);
    expect(text.trim()).toBe(draft!.content.body.trim());
    expect(html).toContain('<strong>Northwind Ltd</strong>');
    for (const line of draft!.content.body.split('\n').filter((each) => /^[\w ,.]+$/.test(each.trim())))
      expect(html).toContain(line.trim());
  }
});

it('a mail that was approved before there was HTML goes as it was approved, as text alone', async () => {
  const { sink, open, drafts } = await office(1);
  const [draft] = open.drafts;
  const { layout: _, ...content } = draft!.content;
  const hash = open.parts.fingerprint(approvalBasis(content));
  await drafts.updateOne({ _id: draft!.id as never }, { $unset: { 'draft.content.layout': '' }, $set: { 'draft.hash': hash } });
  await open.approve({ ...draft!, content, hash });
  await open.sendApproved(open.through(sink.port));
  const { text, html } = await decoded(sink.taken[0]!.bytes);
  expect(text.trim()).toBe(content.body.trim());
  expect(html).toBeNull();
});

it('a layout that was put there after the approval is not what was approved', async () => {
  const { sink, open, drafts } = await office(1);
  const [draft] = open.drafts;
  await open.approve(draft!);
  await drafts.updateOne({ _id: draft!.id as never }, { $set: { 'draft.content.layout.house': 'Evil Ltd' } });
  await open.sendApproved(open.through(sink.port));
  expect(sink.taken).toEqual([]);
  expect((await open.all())[0]).toMatchObject({ state: 'void', closed: expect.stringContaining('not what was approved') });
});
