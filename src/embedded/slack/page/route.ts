/** Where the page is: kept in the address, so that a reload or a shared link returns there. */
export interface Route {
  /** A channel's id, 'home' for the app's Home, or '' before the first channel is known. */
  place: string;
  /** The person the page acts as; '' lets the server choose. */
  as: string;
  thread?: string;
}

/** Reads "#/C123?as=U1&thread=17.5". Anything missing comes back empty. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const params = new URLSearchParams(query);
  const thread = params.get('thread');
  return { place: decodeURIComponent(path), as: params.get('as') ?? '', ...(thread ? { thread } : {}) };
}

export function formatRoute(route: Route): string {
  const params = new URLSearchParams({ as: route.as, ...(route.thread ? { thread: route.thread } : {}) });
  return `#/${encodeURIComponent(route.place)}?${params}`;
}
