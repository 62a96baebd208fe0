import type { IncomingMessage } from 'node:http';

/**
 * Whether a request may come in. Other tabs of the same browser reach loopback too, and a foreign name can be made to
 * resolve to it: the Host must be ours, an Origin must be the same, and a browser must not call it cross-site.
 * Programs send neither Origin nor Sec-Fetch-Site.
 */
export function allowed(request: IncomingMessage, port: number): boolean {
  const host = request.headers.host ?? '';
  if (![`127.0.0.1:${port}`, `localhost:${port}`].includes(host)) return false;
  const { origin } = request.headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  const site = request.headers['sec-fetch-site'];
  const navigates = request.headers['sec-fetch-mode'] === 'navigate';
  // Into a frame, an <object> or an <embed> nobody navigates: a click there could be stolen by what lies above it. A download goes nowhere.
  if (navigates && !['document', 'empty', undefined].includes(request.headers['sec-fetch-dest'] as string | undefined)) return false;
  const opensThePage = request.method === 'GET' && request.url?.split('?')[0] === '/' && navigates;
  return site === undefined || site === 'same-origin' || site === 'none' || opensThePage;
}
