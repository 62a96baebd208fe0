import { WebClient } from '@slack/web-api';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import type { Workspace } from '../../../src/embedded/slack/workspace.ts';
import { openPage } from '../../support/browser.ts';
import { CHANNEL } from './bench.ts';

interface Visit {
  as?: string;
  place?: string;
  phone?: boolean;
  /** Errors the page may report, by a part of their text: those the test provokes. */
  expects?: string[];
}

/** The local workspace's page in a browser that ends with the test; the test fails when the page reports an error. */
export async function visit(
  workspace: Workspace,
  { as = 'U0MARA', place = CHANNEL, phone = false, expects = [] }: Visit = {},
): Promise<Page> {
  const opened = await openPage(`${workspace.pageLink()}#/${place}?as=${as}`, phone ? { width: 390, height: 844 } : {});
  onTestFinished(() => opened.close(expects));
  opened.page.setDefaultTimeout(10_000);
  await opened.page.locator('[data-link=open]').waitFor();
  return opened.page;
}

/** The app's Web API, without the app: posts what a test wants to see. */
export function api(workspace: Workspace): WebClient {
  return new WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, timeout: 10_000 });
}

/** Posts blocks into #collections as the app. */
export async function postBlocks(workspace: Workspace, blocks: object[], text = 'blocks'): Promise<string> {
  const { ts } = await api(workspace).chat.postMessage({ channel: CHANNEL, text, blocks: blocks as never });
  return ts!;
}
