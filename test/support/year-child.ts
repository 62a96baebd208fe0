/** One company's simulated year. Arguments: size, number of the part, src. Prints its counts as the last line. */
import { simulate } from '../properties/p8.ts';

const [size, part, src] = process.argv.slice(2) as ['control' | 'full', string, string];
console.log(`\n${JSON.stringify(await simulate(size, Number(part), src))}`);
process.exit(0);
