import { readFile, realpath } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const PAGE = join(dirname(fileURLToPath(import.meta.url)), '..', 'page');
const NODE_MODULES = join(PAGE, '..', '..', '..', '..', 'node_modules');
const PACKAGES = ['preact', 'htm', '@expo-google-fonts/noto-sans', 'twemoji-colr-font'];

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
  '.map': 'application/json',
};

/** frame-ancestors counts as a header only, not in the page's own meta element (https://www.w3.org/TR/CSP3/#meta-element). */
const UNFRAMED = { 'content-security-policy': "frame-ancestors 'none'", 'x-frame-options': 'DENY' };

/** What a browser without a key is told. */
export function serveClosed(response: ServerResponse): void {
  const headers = { ...UNFRAMED, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  response
    .writeHead(401, { ...headers, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" })
    .end(
      '<!doctype html><html lang="en"><title>Local workspace</title><p>This workspace opens by the address that Arrears printed when it started. ' +
        'That address works once, in one browser. To get a new one, stop Arrears and start it again.</p></html>',
    );
}

/** The file a page path names, or null when it names none that may be served. */
function fileFor(path: string): { file: string; root: string } | null {
  if (path === '/') return { file: join(PAGE, 'index.html'), root: PAGE };
  const npm = /^\/page\/npm\/(.+)$/.exec(path)?.[1];
  if (npm !== undefined) {
    const name = PACKAGES.find((each) => npm.startsWith(`${each}/`));
    return name ? { file: join(NODE_MODULES, npm), root: join(NODE_MODULES, name) } : null;
  }
  const own = /^\/page\/(.+)$/.exec(path)?.[1];
  return own === undefined ? null : { file: join(PAGE, own), root: PAGE };
}

/** Serves the page and its modules; TypeScript goes out as JavaScript. @returns false when there is no such file */
export async function serveStatic(path: string, response: ServerResponse): Promise<boolean> {
  const wanted = fileFor(path);
  const type = wanted && TYPES[extname(wanted.file)];
  if (!wanted || !type) return false;
  let text: Buffer;
  try {
    const [file, root] = await Promise.all([realpath(wanted.file), realpath(wanted.root)]);
    if (!file.startsWith(root + sep)) return false;
    text = await readFile(file);
  } catch {
    return false;
  }
  const body = extname(wanted.file) === '.ts' ? stripTypeScriptTypes(text.toString()) : text;
  response
    .writeHead(200, { ...UNFRAMED, 'content-type': type, 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
    .end(body);
  return true;
}
