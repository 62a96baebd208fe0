import { describe, expect, it } from 'vitest';
import { isTold, type MailTrouble, type Met, met, overcome, probed, probeTime } from '../../src/mails/mail-trouble.ts';

const NOW = Temporal.Instant.from('2026-11-23T09:00:00Z');
const minutes = (count: number) => NOW.add({ minutes: count });
const LOGIN: Met = { of: '', kind: 'login', said: '535', draft: 'd1', mailSeen: false, probe: false };
const AR = 'ar@northwind.example';

const meeting = (found: Partial<Met>, troubles: readonly MailTrouble[] = [], now = NOW) => met(troubles, { ...LOGIN, ...found }, now)!;

describe('a trouble of the mailbox', () => {
  it('is probed by one mail at a time, with growing pauses up to a quarter of an hour', () => {
    let troubles = meeting({});
    let now = NOW;
    const pauses: number[] = [];
    for (let n = 0; n < 7; n += 1) {
      const time = probeTime(troubles, AR)!;
      pauses.push(time.since(now).total('minutes'));
      expect(probed(troubles, AR, time.subtract({ seconds: 1 }))).toBeNull();
      troubles = probed(troubles, AR, time)!;
      expect(probed(troubles, AR, time)).toBeNull();
      now = time;
      troubles = meeting({ probe: true, draft: `d${n}` }, troubles, now);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 15, 15, 15]);
    expect(troubles).toMatchObject([{ since: NOW.toString(), failures: 8 }]);
  });

  it('is one for mails that were under way together', () => {
    const troubles = meeting({ draft: 'd2' }, meeting({}));
    expect(troubles).toMatchObject([{ failures: 1, draft: 'd1' }]);
  });

  it('of one sender lets the others go', () => {
    const troubles = meeting({ of: AR, kind: 'sender' });
    expect(probeTime(troubles, AR)).not.toBeNull();
    expect(probeTime(troubles, 'other@northwind.example')).toBeNull();
  });

  it('is told at once, but one that may pass only when it has lasted for a second try', () => {
    expect(meeting({}).map(isTold)).toEqual([true]);
    const away = meeting({ kind: 'unreachable' });
    expect(away.map(isTold)).toEqual([false]);
    expect(meeting({ kind: 'unreachable', probe: true }, away, minutes(1)).map(isTold)).toEqual([true]);
  });

  it('is the mail’s own when others were taken since: an outbreak of one mail stops no other', () => {
    const found = { mailSeen: true, kind: 'unreachable' as const };
    const over = overcome(meeting(found), AR, minutes(1));
    expect(met(over, { ...LOGIN, ...found }, minutes(2))).toBeNull();
    expect(met(over, { ...LOGIN, ...found, draft: 'd2' }, minutes(2))).not.toBeNull();
    expect(met(over, { ...LOGIN, ...found, mailSeen: false }, minutes(2))).not.toBeNull();
    expect(met(over, { ...LOGIN, ...found }, minutes(240))).not.toBeNull();
  });
});
