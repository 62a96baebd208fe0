import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { connected, personOn, workspaceForTest } from './bench.ts';
import { until } from './until.ts';

const here = 'T0NORTHWIND';
const sister = 'T0EMEA';
const organisation = 'E0NORTHWIND';

/** What a person's command, click, form and event say of where they come from. */
async function heard(grid: 'workspace' | 'org-wide') {
  const workspace = await workspaceForTest({ grid });
  const got: Record<string, Record<string, unknown>> = {};
  const modal = {
    type: 'modal' as const,
    callback_id: 'm',
    title: { type: 'plain_text' as const, text: 'M' },
    submit: { type: 'plain_text' as const, text: 'Go' },
    blocks: [
      {
        type: 'actions' as const,
        block_id: 'b',
        elements: [{ type: 'button' as const, action_id: 'a', text: { type: 'plain_text' as const, text: 'A' } }],
      },
    ],
  };
  await connected(workspace, (app) => {
    app.command('/overdue', async ({ ack, body, client }) => {
      got.command = body as never;
      await ack();
      await client.views.open({ trigger_id: body.trigger_id, view: modal });
    });
    app.action('a', async ({ ack, body }) => {
      got.click = body as never;
      await ack();
    });
    app.view('m', async ({ ack, body }) => {
      got.form = body as never;
      await ack();
    });
    app.event('app_mention', async ({ body }) => {
      got.event = body as never;
    });
  });
  const mara = await personOn(workspace);
  await mara.command('C0COLLECT', '/overdue');
  const { id } = await mara.modal();
  await mara.click({ view: id }, 'b', 'a');
  await mara.submit(id, {});
  await mara.say('C0COLLECT', '@arrears');
  await until(() => got.event);
  return { workspace, got };
}

test('a command names the workspace it was typed in, a click one and the same of the person’s, an event only its authorization', async () => {
  const { got } = await heard('workspace');
  expect(got.command).toMatchObject({ team_id: here, enterprise_id: organisation, is_enterprise_install: 'false' });
  expect(got.click).toMatchObject({ team: { id: here }, user: { team_id: sister }, enterprise: { id: organisation } });
  expect(got.form).toMatchObject({ team: { id: sister }, user: { team_id: sister }, view: { app_installed_team_id: here } });
  expect(got.event).toMatchObject({ team_id: sister, authorizations: [{ team_id: here, enterprise_id: organisation }] });
});

test('installed for the whole organisation, no request says which workspace the app is in', async () => {
  const { got } = await heard('org-wide');
  expect(got.command).toMatchObject({ is_enterprise_install: 'true' });
  expect(got.click).toMatchObject({ team: null, is_enterprise_install: true, enterprise: { id: organisation } });
  expect(got.form).toMatchObject({ team: null, view: { app_installed_team_id: organisation } });
  expect(got.event).toMatchObject({ authorizations: [{ team_id: null, is_enterprise_install: true }] });
});

test('auth.test and users.info say which organisation and which workspaces; lists of an org-wide token must name one', async () => {
  const { workspace } = await heard('org-wide');
  const client = new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } });
  expect(await client.auth.test()).toMatchObject({ enterprise_id: organisation, is_enterprise_install: true });
  expect((await client.auth.teams.list({})).teams?.map(({ id }) => id)).toEqual([here, sister]);
  expect((await client.users.info({ user: 'U0MARA' })).user).toMatchObject({ team_id: sister, enterprise_user: { teams: [sister, here] } });
  await expect(client.users.conversations({})).rejects.toMatchObject({ data: { error: 'missing_argument' } });
  const shared = await client.users.conversations({ team_id: sister });
  expect(shared.channels?.map(({ name }) => name)).toEqual(['group-finance']);
});
