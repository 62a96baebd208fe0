import fs from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConfigProblem, configSchema, readConfig } from '../../src/config.ts';

const root = path.resolve(import.meta.dirname, '../..');

describe('settings of the environment', () => {
  it('all have a default', () => {
    expect(readConfig({})).toMatchObject({ DATA_DIR: 'data', WORKSPACE_PORT: 4400, SAMPLE_LEDGER: 'auto' });
  });

  it('count as not set when they are empty', () => {
    expect(readConfig({ MONGODB_URI: '', PORT: ' ' })).toMatchObject({ PORT: 3000 });
  });

  it('are refused all at once, each by name and with where to find it', () => {
    const read = () => readConfig({ SLACK_BOT_TOKEN: 'xapp-1', MONGODB_URI: 'postgres://x', PORT: 'http' });
    expect(read).toThrow(ConfigProblem);
    expect(read).toThrow(/SLACK_BOT_TOKEN.*xoxb-.*OAuth & Permissions/);
    expect(read).toThrow(/MONGODB_URI.*mongodb:\/\//);
    expect(read).toThrow(/PORT.*port number/);
  });

  it('say for how long a Slack that is away is waited for, and where the process tells how it is', () => {
    expect(readConfig({})).toMatchObject({ SLACK_GIVE_UP_MINUTES: 240, HEALTH_ADDRESS: '127.0.0.1:9464' });
    expect(readConfig({ SLACK_GIVE_UP_MINUTES: '0', HEALTH_ADDRESS: '[::1]:80' })).toMatchObject({ SLACK_GIVE_UP_MINUTES: 0 });
    expect(readConfig({ HEALTH_ADDRESS: 'off' })).toMatchObject({ HEALTH_ADDRESS: 'off' });
    expect(() => readConfig({ SLACK_GIVE_UP_MINUTES: '-1', HEALTH_ADDRESS: '9464' })).toThrow(/SLACK_GIVE_UP_MINUTES.*\n.*HEALTH_ADDRESS/);
  });

  it.each([
    'http://evil.example/v1',
    'http://127.0.0.1.evil.example/v1',
    'http://user@10.0.0.5/v1',
    'file:///etc/passwd',
    'ftp://models.example/',
  ])('send no key and no customer’s words in the clear: %s', (url) => {
    expect(() => readConfig({ OPENAI_BASE_URL: url })).toThrow(
      /OPENAI_BASE_URL: must begin with https:\/\/ \(http:\/\/ only for this machine/,
    );
    expect(() => readConfig({ SLACK_API_URL: url })).toThrow(/SLACK_API_URL: must begin with https:/);
  });

  it.each(['https://models.example/v1', 'http://127.0.0.1:11434/v1', 'http://localhost:1/v1', 'http://[::1]:1/v1', 'http://127.1.2.3/v1'])(
    'may be an address of this machine or https: %s',
    (url) => {
      expect(readConfig({ OPENAI_BASE_URL: url, SLACK_API_URL: url })).toMatchObject({ OPENAI_BASE_URL: url });
    },
  );

  it('want a secret that can be none by accident', () => {
    for (const secret of ['aaaaaaaaaaaaaaaa', 'abababababababab', 'short'])
      expect(() => readConfig({ MAIL_REPLY_SECRET: secret })).toThrow(
        /MAIL_REPLY_SECRET: must have at least 16 characters, six of them different/,
      );
    expect(readConfig({ MAIL_REPLY_SECRET: 'f0e1d2c3b4a59687' })).toMatchObject({ MAIL_REPLY_SECRET: 'f0e1d2c3b4a59687' });
  });

  it('need the app token or the signing secret beside the bot token', () => {
    expect(() => readConfig({ SLACK_BOT_TOKEN: 'xoxb-1' })).toThrow(/SLACK_APP_TOKEN/);
    expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' })).toMatchObject({ SLACK_SIGNING_SECRET: 's' });
  });

  it('are the ones of .env.example', async () => {
    const example = await fs.readFile(path.join(root, '.env.example'), 'utf8');
    const named = [...example.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map((match) => match[1]);
    expect(named.sort()).toEqual(Object.keys(configSchema.shape).sort());
  });
});
