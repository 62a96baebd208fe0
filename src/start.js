// Plain JavaScript, so that a Node that is too old can say so: `node src/start.js FILE [ARGUMENTS]` runs one of our programs.
// The program needs Node 26, which runs TypeScript and has Temporal; npm brings it for Linux with glibc, macOS on ARM and Windows.
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const [, , file = './main.ts', ...rest] = process.argv;
if (typeof globalThis.Temporal !== 'object' || !process.features.typescript) {
  console.error(
    `Arrears needs Node.js 26 or newer; this is ${process.version} (${process.execPath}). Nothing was started.\n` +
      'Install Node.js 26 from https://nodejs.org, or on Linux with glibc, macOS on ARM and Windows run `npm ci` without --omit=optional, ' +
      'which brings it.',
  );
  process.exit(1);
}
// What was compiled at an earlier start is not compiled again. Beside the program: whoever can write there can change the program itself.
nodeModule.enableCompileCache?.(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)));
process.argv = [process.argv[0], file, ...rest];
import(new URL(`../${file}`, import.meta.url).href);
