import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/log.ts';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('debug', { write: (line: string) => void lines.push(line) }));
  return lines.join('');
}

describe('the log', () => {
  it('keeps tokens, passwords in addresses and email addresses out of messages and errors', () => {
    const secrets = ['xoxb-123-abc', 'xapp-1-A1', 'sk-live-123', 'root:hunter2', 'anna@example.com'];
    const message = `failed with ${secrets[0]} ${secrets[1]} ${secrets[2]} at mongodb://${secrets[3]}@db/x for ${secrets[4]}`;
    const text = logged((log) => {
      log.error({ err: new Error(message, { cause: new Error(message) }) }, message);
      log.info(message);
    });
    for (const secret of secrets) expect(text).not.toContain(secret);
    expect(text).toContain('[secret]');
  });

  it('writes no more of an error than its name, code, message, stack and cause', () => {
    const error = Object.assign(new Error('refused'), {
      code: 'E1',
      request: { body: 'Anna Smith owes 5' },
      data: { error: 'invalid_auth', user: 'Anna' },
    });
    const text = logged((log) => log.error({ err: error }, 'x'));
    expect(text).toContain('invalid_auth');
    expect(text).not.toContain('Anna');
  });
});
