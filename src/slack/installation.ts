import type { WebClient } from '@slack/web-api';

/** Where the app is installed. One workspace, or on Enterprise Grid all workspaces of an organisation that it was approved for. */
export interface Installation {
  /** Ids of the workspaces whose members may use the bot. */
  readonly workspaces: readonly string[];
  /** Id of the organisation on Enterprise Grid, also when the app is installed in one of its workspaces alone. */
  readonly organisation: string | null;
  /** An org-wide token stands for several workspaces: calls that list things must name one (api.slack.com/enterprise/apps/changes-apis). */
  readonly orgWide: boolean;
  /** As people know it. */
  readonly name: string;
}

/** An organisation may approve the app for another workspace at any time. */
const KEEP_MS = 10 * 60_000;

/** Asks Slack once; for an org-wide installation again after ten minutes. Needs no scope. */
export function installationOf(client: WebClient): () => Promise<Installation> {
  let kept: { until: number; found: Promise<Installation> } | null = null;
  return () => {
    if (kept && kept.until > performance.now()) return kept.found;
    const found = readInstallation(client);
    const mine = { until: Number.POSITIVE_INFINITY, found };
    kept = mine;
    found.then(
      ({ orgWide }) => {
        if (orgWide) mine.until = performance.now() + KEEP_MS;
      },
      () => {
        if (kept === mine) kept = null;
      },
    );
    return found;
  };
}

async function readInstallation(client: WebClient): Promise<Installation> {
  const me = await client.auth.test();
  const common = { organisation: me.enterprise_id ?? null, name: me.team ?? 'this workspace' };
  if (!me.is_enterprise_install) return { ...common, orgWide: false, workspaces: me.team_id ? [me.team_id] : [] };
  const workspaces: string[] = [];
  let cursor = '';
  do {
    const page = await client.auth.teams.list({ limit: 1000, ...(cursor ? { cursor } : {}) });
    for (const { id } of page.teams ?? []) if (id) workspaces.push(id);
    cursor = page.response_metadata?.next_cursor ?? '';
  } while (cursor);
  return { ...common, orgWide: true, workspaces };
}

/** One call for each workspace whose lists are wanted: a token of one workspace names none. */
export function listsOf({ orgWide, workspaces }: Installation): readonly { team_id?: string }[] {
  return orgWide ? workspaces.map((team_id) => ({ team_id })) : [{}];
}
