import { spawn } from 'node:child_process';
import path from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs scripts/<name> of a program (by default this one) to its end. */
export function runScript(
  name: string,
  args: readonly string[],
  env: Record<string, string>,
  src = path.resolve(import.meta.dirname, '../../src'),
): Promise<Ran> {
  const { MONGODB_URI: _, DATA_DIR: __, ...outside } = process.env;
  const child = spawn(process.execPath, [path.join(src, '..', 'scripts', name), ...args], {
    env: { ...outside, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
