/** The import rules of .dependency-cruiser.cjs over src. Counts the modules: a parser that silently reads none would otherwise pass. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cruise } from 'dependency-cruiser';
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config';

/** Checks a folder that has a src; returns one line a violation. Throws when fewer modules were read than there are. */
export async function importViolations(root: string): Promise<string[]> {
  const { options, forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs') as { options: object; forbidden: object[] };
  const result = await cruise(['src'], { ...options, ruleSet: { forbidden }, validate: true, baseDir: root } as never, {}, {
    tsConfig: extractTSConfig(path.join(root, 'tsconfig.json')),
  } as never);
  const { modules, summary } = result.output as {
    modules: { source: string }[];
    summary: { violations: { rule: { name: string }; from: string; to: string }[] };
  };
  const sources = fs.readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const read = modules.filter((module) => module.source.startsWith('src/')).length;
  if (read < sources.length) throw new Error(`only ${read} of ${sources.length} modules were read`);
  return summary.violations.map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`);
}

if (import.meta.main) {
  const violations = await importViolations(path.resolve(import.meta.dirname, '..'));
  for (const violation of violations) console.error(violation);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
