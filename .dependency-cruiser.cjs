// The directions. A subject's file says by its suffix what it is: none a rule, .port what it needs from outside, .op a verb, .view what is shown, .slack what listens and posts.
// Circles count imports of types alone, too. Package rules start with (^|/)node_modules/ so that hoisted and nested copies are both seen.
const subjects = '^src/(kernel|ledger|follow-up|account|mails|arrangements|charges|escalation|trail|team|numbers|invoices|credit)/';
const rule = `${subjects}[^/.]+\\.ts$`;
const verb = `${subjects}[^/.]+\\.op\\.ts$`;
const port = `${subjects}[^/.]+\\.port\\.ts$`;
const view = `${subjects}[^/.]+\\.view\\.ts$`;
const edge = `${subjects}[^/.]+\\.slack\\.ts$`;
const rooms = ['schedule', 'store', 'importing', 'drafting', 'mail-server', 'reporting', 'monitoring'];
const may = (name, from, to) => ({ name, severity: 'error', from: { path: from }, to: { path: '^src', pathNot: to } });
const npm = (name) => `(^|/)node_modules/${name}(/|$)`;
const onlyIn = (name, pkg, where) => ({
  name,
  comment: `${pkg} lives in one room`,
  severity: 'error',
  from: { path: '^src', pathNot: where },
  to: { path: npm(pkg) },
});
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'src-never-test', severity: 'error', from: { path: '^src' }, to: { path: '^(test|scripts)/' } },
    may('rules-are-alone', rule, rule),
    {
      name: 'rules-without-packages',
      severity: 'error',
      from: { path: rule },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: npm('dinero\\.js') },
    },
    may('ports-to-rules', port, [port, rule]),
    may('verbs-to-rules-and-ports', verb, [verb, port, rule]),
    may('views-to-rules-and-verbs', view, [view, verb, port, rule, '^src/slack/']),
    may('listeners-to-their-side', edge, [edge, view, verb, port, rule, '^src/slack/']),
    may('slack-is-below-the-subjects', '^src/slack/', ['^src/slack/', verb, port, rule]),
    {
      name: 'adapters-to-verbs-and-rules',
      severity: 'error',
      from: { path: `^src/(${rooms.join('|')})/` },
      to: { path: '^src', pathNot: [`^src/$1/`, verb, port, rule] },
    },
    {
      name: 'embedded-is-alone',
      severity: 'error',
      from: { path: '^src/embedded/' },
      to: { path: '^src', pathNot: ['^src/embedded/', rule] },
    },
    {
      name: 'embedded-rooms-apart',
      severity: 'error',
      from: { path: '^src/embedded/([^/]+)/' },
      to: { path: '^src/embedded/', pathNot: '^src/embedded/$1/' },
    },
    {
      name: 'only-compose-wires',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(main|compose[^/]*)\\.ts$' },
      to: { path: '^src/(main|compose[^/]*|config)\\.ts$' },
    },
    {
      name: 'embedded-from-compose-only',
      severity: 'error',
      from: { path: '^src', pathNot: '^src/(compose[^/]*\\.ts|embedded)' },
      to: { path: '^src/embedded' },
    },
    onlyIn('slack-packages', '@slack/', ['^src/(slack|embedded/slack)/', view, edge]),
    onlyIn('cron-package', 'node-cron', '^src/schedule'),
    onlyIn('mongoose-package', 'mongoose', '^src/store'),
    onlyIn('nodemailer-package', 'nodemailer', '^src/mail-server'),
    onlyIn('pdfkit-package', 'pdfkit', '^src/reporting'),
    onlyIn('csv-parse-package', 'csv-parse', '^src/importing'),
    onlyIn('zip-reader-package', 'yauzl', '^src/importing'),
    onlyIn('xml-package', 'saxen', '^src/importing'),
    onlyIn('csv-stringify-package', 'csv-stringify', '^src/(importing|reporting)'),
    onlyIn('write-excel-file-package', 'write-excel-file', '^src/reporting'),
    onlyIn('openai-package', 'openai', '^src/drafting'),
    onlyIn('liquid-package', 'liquidjs', '^src/drafting'),
    onlyIn('prom-client-package', 'prom-client', '^src/monitoring'),
    onlyIn('charts-package', 'echarts', '^src/reporting'),
    onlyIn('dinero-package', 'dinero\\.js', '^src/kernel/money\\.ts$'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
