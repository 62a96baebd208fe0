import { unsupported } from './errors.ts';

/** What the clients of this store have asked for since it started, if recording is on; the property test compares it with what is implemented. */
const commands = new Set<string>();
const operators = new Set<string>();
let recording = false;

export function startRecording(): void {
  recording = true;
  commands.clear();
  operators.clear();
}

export const sawCommand = (name: string): void => {
  if (recording) commands.add(name);
};

/** Looks an operator up in its table and records it; throws the refusal that names it when it is not there. */
export function pick<T>(kind: 'query' | 'update' | '$push' | 'stage' | 'accumulator', table: Readonly<Record<string, T>>, name: string): T {
  if (!Object.hasOwn(table, name)) throw unsupported(`the ${kind} operator ${name}`);
  if (recording) operators.add(`${kind} ${name}`);
  return table[name]!;
}

export const usageSeen = (): { commands: string[]; operators: string[] } => ({
  commands: [...commands].sort(),
  operators: [...operators].sort(),
});
