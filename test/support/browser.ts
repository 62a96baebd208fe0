import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from 'playwright-core';

/** One page in a browser of its own. */
export interface OpenPage {
  page: Page;
  /** What went wrong in the page so far: console errors, exceptions, failed requests to the page's own server. */
  errors: string[];
  /** Closes the browser, then throws when there were errors other than those that hold one of the expected texts. */
  close(expected?: string[]): Promise<void>;
}

const CACHE = join(import.meta.dirname, '../../node_modules/.cache/chromium');
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

interface Window {
  readonly width?: number;
  readonly height?: number;
  /** 'name=value', for the URL's own server. */
  readonly cookie?: string;
}

/** Opens a URL in headless Chromium. A phone (width below 500) has a touch screen. */
export async function openPage(url: string, { width = 1280, height = 800, cookie }: Window = {}): Promise<OpenPage> {
  const browser = await launch();
  const touch = width < 500;
  const context = await browser.newContext({
    viewport: { width, height },
    hasTouch: touch,
    isMobile: touch,
    timezoneId: 'Europe/London',
    locale: 'en-GB',
  });
  const [name, value] = cookie?.split('=') ?? [];
  if (name !== undefined && value !== undefined) await context.addCookies([{ name, value, url: new URL('/', url).href }]);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) errors.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url);
  return {
    page,
    errors,
    async close(expected = []) {
      await browser.close();
      const unexpected = errors.filter((error) => !expected.some((text) => error.includes(text)));
      if (unexpected.length) throw new Error(`The page reported:\n${unexpected.join('\n')}`);
    },
  };
}

async function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: await executable(), args: ARGS });
}

/**
 * The package unpacks the browser into the temporary folder and takes whatever lies there already for a whole one. So it
 * unpacks into a folder of its own beside the cache, which is then renamed: test files running at once cannot see half a browser.
 */
async function executable(): Promise<string> {
  const cached = join(CACHE, 'chromium');
  if (await exists(cached)) return cached;
  await mkdir(join(CACHE, '..'), { recursive: true });
  const fresh = await mkdtemp(`${CACHE}-`);
  // In a process of its own: everything else of this one would take that folder for the temporary one, too.
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'unpack-chromium.ts')], {
    env: { ...process.env, TMPDIR: fresh },
  });
  await rename(fresh, CACHE).catch(() => rm(fresh, { recursive: true }));
  return cached;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Goes to another place within the open page: Slack forgets what only one person saw when its page is loaded again. */
export async function turnTo(page: Page, url: string): Promise<void> {
  await page.evaluate(`location.hash = ${JSON.stringify(new URL(url).hash)}`);
}
