import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const copied = ['src', 'scripts', 'prompts', 'package.json'];

/**
 * Runs `use` against a copy of the program in which a patch has removed a guard.
 * `patchFile` is a unified diff (paths a/src/… b/src/…), relative to test/controls/ or absolute; `use` gets the absolute path of the
 * copy's src, with scripts, prompts and node_modules beside it. The copy is removed afterwards.
 * Throws if the patch no longer applies: a control that cannot be set up proves nothing.
 */
export async function withControl<T>(patchFile: string, use: (src: string) => Promise<T>): Promise<T> {
  const copy = await fs.mkdtemp(path.join(await fs.realpath(os.tmpdir()), 'arrears-control-'));
  try {
    for (const name of copied) await fs.cp(path.join(root, name), path.join(copy, name), { recursive: true });
    await fs.symlink(path.join(root, 'node_modules'), path.join(copy, 'node_modules'), 'junction');
    applyPatch(path.resolve(root, 'test/controls', patchFile), copy);
    return await use(path.join(copy, 'src'));
  } finally {
    await fs.rm(copy, { recursive: true, force: true });
  }
}

function applyPatch(file: string, copy: string): void {
  // The ceiling keeps git from taking the copy for a part of some repository above it, where it would skip every file in silence.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(copy) };
  const ran = spawnSync('git', ['apply', '--whitespace=nowarn', file], { cwd: copy, env, encoding: 'utf8' });
  if (ran.error) throw new Error('git is needed to apply a control patch', { cause: ran.error });
  if (ran.status !== 0) throw new Error(`The control patch ${path.basename(file)} no longer applies:\n${ran.stderr.trim()}`);
}
