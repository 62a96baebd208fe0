import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');
const pages = fs.readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.md'));
const all = ['README.md', ...pages.map((file) => `docs/${file.replaceAll('\\', '/')}`)];

/** Where a page points in this repository, from the root. */
const linksOf = (page: string) =>
  [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target]) => target!)
    .filter((target) => !/^https?:/.test(target))
    .map((target) => {
      const [file, heading] = target.split('#');
      return { file: file ? path.join(path.dirname(page), file) : page, heading };
    });

const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Running text, without code, tables, headings and what a link points to. */
function sentences(page: string): string[] {
  const prose = read(page)
    .replace(/```[\s\S]*?```/g, '')
    .replace(/`[^`]*`/g, 'code')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split('\n')
    .map((line) => (/^(\||#)/.test(line.trim()) ? '' : line.replace(/^\s*(\d+\.|-) /, '\n\n')))
    .join('\n');
  return prose
    .split(/\n\s*\n/)
    .flatMap((paragraph) =>
      paragraph
        .replace(/\s+/g, ' ')
        .replaceAll('*', '')
        .split(/(?<=[.?!:;·])\s/),
    )
    .map((sentence) => sentence.trim())
    .filter(Boolean);
}

describe('the README', () => {
  it('is short, and in the order in which somebody new asks', () => {
    const readme = read('README.md');
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(10_000);
    expect([...readme.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      'What it does',
      'What it never does',
      'Try it in two minutes',
      'A day with it',
      'Your own ledger',
      'Connect your Slack',
      'Roles',
      'Settings and operation',
      'Law, limits and figures',
      'Develop',
    ]);
  });

  it('has no sentence over twenty-five words', () => {
    expect(sentences('README.md').filter((sentence) => sentence.split(' ').length > 25)).toEqual([]);
  });

  it('names the commands that do all the set-up', () => {
    expect(read('README.md')).toContain('npm ci && npm start');
    expect(read('README.md')).toContain('npm ci && npm test');
  });
});

describe('the pages', () => {
  it('point only to files and headings that are there', () => {
    const broken = all.flatMap((page) =>
      linksOf(page)
        .filter(({ file, heading }) => !fs.existsSync(path.join(root, file)) || (heading && !anchorsOf(file).includes(heading)))
        .map(({ file, heading }) => `${page}: ${file}${heading ? `#${heading}` : ''}`),
    );
    expect(broken).toEqual([]);
  });

  it('can all be reached from the README', () => {
    const reached = new Set<string>();
    const open = ['README.md'];
    for (let page = open.pop(); page !== undefined; page = open.pop()) {
      if (reached.has(page)) continue;
      reached.add(page);
      open.push(...linksOf(page).flatMap(({ file }) => (file.endsWith('.md') && fs.existsSync(path.join(root, file)) ? [file] : [])));
    }
    expect(all.filter((page) => !reached.has(page))).toEqual([]);
  });

  it('name only npm scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const named = all.flatMap((page) =>
      [...read(page).matchAll(/npm run (?:--silent )?([a-z][\w:-]*)/g)].map(([, name]) => ({ page, name: name! })),
    );
    expect(named.filter(({ name }) => !(name in scripts))).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });
});
