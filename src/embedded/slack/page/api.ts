import type { PageAction, PageActionResult, PageMessage, PageSnapshot } from '../page-protocol.ts';

const UNREACHABLE = 'The local workspace did not answer. Nothing was changed; check that the program is still running, then try again.';

/** Null when nobody can be acted as by that id. @throws when the server cannot be reached */
export async function fetchSnapshot(as: string): Promise<PageSnapshot | null> {
  const response = await fetch(`/page-api/snapshot?${new URLSearchParams({ as })}`);
  return response.ok ? ((await response.json()) as PageSnapshot) : null;
}

/** Messages of a channel, or of a thread in it, oldest first, at most 50 before `before`. @throws when the server cannot be reached or refuses */
export async function fetchMessages(query: { as: string; channel: string; thread?: string; before?: string }): Promise<PageMessage[]> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
  const response = await fetch(`/page-api/messages?${new URLSearchParams(given)}`);
  if (!response.ok) throw new Error(`the messages were refused: ${response.status}`);
  return (await response.json()) as PageMessage[];
}

/** Never throws: a server that is gone is a problem like any other. */
export async function postAction(action: PageAction): Promise<PageActionResult> {
  return postForResult('/page-api/act', JSON.stringify(action), 'application/json');
}

/** Uploads into a channel; without one, for a file_input. */
export async function uploadFile(as: string, channel: string | null, file: File): Promise<PageActionResult> {
  const query = new URLSearchParams({ as, name: file.name, ...(channel ? { channel } : {}) });
  return postForResult(`/page-api/upload?${query}`, file, file.type || 'application/octet-stream');
}

async function postForResult(url: string, body: BodyInit, type: string): Promise<PageActionResult> {
  try {
    const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': type } });
    return (await response.json()) as PageActionResult;
  } catch {
    return { ok: false, problem: UNREACHABLE };
  }
}
