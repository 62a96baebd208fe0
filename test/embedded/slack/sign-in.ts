/** What a browser gets for a printed address of the page. */
export interface Page {
  /** Ends in a slash. */
  readonly url: string;
  readonly cookie: string;
}

/** Uses up an address of the page, as a browser does. */
export async function signIn(link: string): Promise<Page> {
  const [cookie] = (await fetch(link)).headers.getSetCookie();
  if (!cookie) throw new Error(`${link} opens no page: it was used, or is none`);
  return { url: new URL('/', link).href, cookie: cookie.split(';')[0]! };
}

/** An order to the workspace, as a program gives it. */
export async function order({ url, cookie }: Page, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', cookie };
  return fetch(`${url}page-api/control`, { method: 'POST', headers, body: JSON.stringify(body) });
}
