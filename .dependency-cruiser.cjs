// The directions between the rooms. Circles count imports of types alone, too. Package rules start with (^|/)node_modules/ so that hoisted and nested copies are both seen.
const rooms = ['slack', 'schedule', 'store', 'importing', 'drafting', 'mail', 'reporting', 'monitoring', 'embedded'];
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
    { name: 'domain-is-alone', severity: 'error', from: { path: '^src/domain' }, to: { path: '^src', pathNot: '^src/domain' } },
    {
      name: 'domain-without-packages',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: npm('dinero\\.js') },
    },
    {
      name: 'operations-to-domain',
      severity: 'error',
      from: { path: '^src/operations' },
      to: { path: '^src', pathNot: '^src/(operations|domain)' },
    },
    {
      name: 'adapters-to-operations-and-domain',
      severity: 'error',
      from: { path: `^src/(${rooms.join('|')})/` },
      to: { path: '^src', pathNot: `^src/($1|operations|domain)/` },
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
    onlyIn('slack-packages', '@slack/', '^src/(slack|embedded/slack)'),
    onlyIn('cron-package', 'node-cron', '^src/schedule'),
    onlyIn('mongoose-package', 'mongoose', '^src/store'),
    onlyIn('nodemailer-package', 'nodemailer', '^src/mail'),
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
    onlyIn('dinero-package', 'dinero\\.js', '^src/domain/money\\.ts$'),
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
