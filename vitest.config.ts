import { defineConfig } from 'vitest/config';

// .ci/run asks for a second, machine-readable report to count from.
const report = process.env.ARREARS_TEST_REPORT;

/** What needs no store, no process and no browser: `npm run test:rules` runs these in seconds. */
const SUBJECTS = '{kernel,ledger,follow-up,account,mails,arrangements,charges,escalation,trail,team,numbers,invoices,credit}';
const RULES = [`test/${SUBJECTS}/+([a-z0-9-]).test.ts`, `test/${SUBJECTS}/*.view.test.ts`, 'test/{drafting,prompts}/**/*.test.ts'];

export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'rules', include: RULES, pool: 'threads' } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: RULES } },
    ],
    // The files of a worker share their modules: loading them anew for each took a fifth of the time.
    isolate: false,
    globalSetup: ['test/support/compiled-programs.ts'],
    setupFiles: ['test/support/shown-cards.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Waiting is for a condition, however busy the machine is.
    expect: { poll: { timeout: 20_000 } },
    // Browsers and killed processes share two cores there: a test that failed runs once more, and the report says so.
    retry: process.env.CI ? 1 : 0,
    pool: 'forks',
    // Two cores; most of the time a test waits for a browser, a server or a process of its own.
    maxWorkers: 3,
    reporters: report ? ['default', 'json'] : ['default'],
    ...(report ? { outputFile: { json: report } } : {}),
  },
});
