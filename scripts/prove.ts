/** `npm run prove -- P3 P9`: properties at full size, figures as JSON lines, last of each its controls, which must find faults. */
import fs from 'node:fs';
import path from 'node:path';
import { withControl } from '../test/support/control.ts';

type Proof = (size: 'test' | 'full', src: string) => Promise<{ held: boolean; figures: Record<string, number> }>;

const root = path.resolve(import.meta.dirname, '..');
const proofs: Record<string, () => Promise<Proof>> = {
  P1: async () => (await import('../test/properties/p1.ts')).p1,
  P2: async () => (await import('../test/properties/p2.ts')).p2,
  P3: async () => (await import('../test/properties/p3.ts')).p3,
  P4: async () => (await import('../test/properties/p4.ts')).p4,
  P5: async () => (await import('../test/properties/p5.ts')).p5,
  P6: async () => (await import('../test/properties/p6.ts')).p6,
  P7: async () => (await import('../test/properties/p7.ts')).p7,
  P8: async () => (await import('../test/properties/p8.ts')).p8,
  P9: async () => (await import('../test/properties/p9.ts')).p9,
  P10: async () => (await import('../test/properties/p10.ts')).p10,
  P11: async () => (await import('../test/properties/p11.ts')).p11,
  P12: async () => (await import('../test/properties/p12.ts')).p12,
  P14: async () => (await import('../test/properties/p14.ts')).p14,
  P15: async () => (await import('../test/properties/p15.ts')).p15,
  P16: async () => (await import('../test/properties/p16.ts')).p16,
  P13: async () => (await import('../test/properties/p13.ts')).p13,
  P17: async () => (await import('../test/properties/p17.ts')).p17,
  P19: async () => (await import('../test/properties/p19.ts')).p19,
  P20: async () => (await import('../test/properties/p20.ts')).p20,
  P21: async () => (await import('../test/properties/p21.ts')).p21,
  LADDER: async () => (await import('../test/properties/ladder.ts')).ladder,
  MANY: async () => (await import('../test/properties/many.ts')).many,
  DECISION: async () => (await import('../test/properties/decision.ts')).decision,
  P22: async () => (await import('../test/properties/p22.ts')).p22,
  P23: async () => (await import('../test/properties/p23.ts')).p23,
  P24: async () => (await import('../test/properties/p24.ts')).p24,
  P25: async () => (await import('../test/properties/p25.ts')).p25,
};

/** Controls that need more than the size of the tests. */
const controls: typeof proofs = {
  P4: async () => (await import('../test/properties/p4.ts')).p4Control,
  P8: async () => (await import('../test/properties/p8.ts')).p8Control,
};
const patches = fs.readdirSync(path.join(root, 'test/controls')).sort();

const asked = process.argv.slice(2).map((name) => name.toUpperCase());
const unknown = asked.filter((name) => !(name in proofs));
if (unknown.length > 0) {
  console.error(`There is no property ${unknown.join(', ')}. Known: ${Object.keys(proofs).join(', ')}.`);
  process.exit(1);
}

let failed = false;
for (const name of asked.length > 0 ? asked : Object.keys(proofs)) {
  const prove = await proofs[name]!();
  const { held, figures } = await prove('full', path.join(root, 'src'));
  console.log(JSON.stringify({ property: name, held, ...figures }));
  if (!held) failed = true;
  const control = (await controls[name]?.()) ?? prove;
  const own = patches.filter((patch) => patch === `${name.toLowerCase()}.patch` || patch.startsWith(`${name.toLowerCase()}-`));
  if (own.length === 0) throw new Error(`${name} has no control in test/controls/`);
  // A control of its own runs in a process of its own: two at a time, one a core.
  const atOnce = name in controls ? 2 : 1;
  for (let n = 0; n < own.length; n += atOnce) {
    const found = own.slice(n, n + atOnce).map(async (patch) => ({ patch, ...(await withControl(patch, (src) => control('test', src))) }));
    for (const { patch, held, figures } of await Promise.all(found)) {
      console.log(JSON.stringify({ property: name, control: true, patch, held, ...figures }));
      if (held) failed = true;
    }
  }
}
process.exitCode = failed ? 1 : 0;
