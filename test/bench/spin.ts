import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { account } from '../export/spin.js';
import { type Measured, measured } from './measured.js';
import { command, type Run } from './recwalk.js';

/** A search mode of Spin. */
export interface Mode {
  readonly name: string;
  readonly flags: readonly string[];
  /** `most`: the number of states, which bounds the depth of a search. */
  args(most: number): readonly string[];
}

const depth = (most: number) => `-m${most}`;
/** Binary logarithm of the size of the hash table, which is at least the number of states. */
const hash = (most: number) => `-w${Math.max(20, Math.ceil(Math.log2(most)))}`;

export const modes: readonly Mode[] = [
  { name: 'depth-first', flags: [], args: (most) => [depth(most), hash(most)] },
  { name: 'breadth-first', flags: ['-DBFS'], args: (most) => [hash(most)] },
  {
    name: 'breadth-first, 2 cores',
    flags: ['-DBFS_PAR', '-DNO_HC'],
    args: (most) => ['-u2', hash(most)],
  },
  {
    name: 'depth-first, 2 cores',
    flags: ['-DNCORE=2', '-DMEMLIM=8000'],
    args: (most) => [depth(most), hash(most)],
  },
];

export interface Model {
  readonly exported: Measured;
  /** Compiles it for a mode, and overwrites the program of the mode before. */
  compile(mode: Mode): Promise<Measured>;
  run(mode: Mode, most: number): Promise<Run>;
  remove(): void;
}

/** A design as a model for Spin, in a new folder. */
export async function model(design: string, scope: string): Promise<Model> {
  const cwd = mkdtempSync(join(tmpdir(), 'recwalk-bench-'));
  const file = join(cwd, 'model.pml');
  const done = async (work: Promise<Measured>, what: string) => {
    const ran = await work;
    if (ran.code !== 0) throw new Error(`${what} failed: ${ran.stdout}`);
    return ran;
  };
  const args = ['export', design, '--scope', scope, '--to', 'promela', '-o', file];
  const exported = await done(command(args), 'the export');
  await done(measured({ command: 'spin', args: ['-a', 'model.pml'], cwd }), 'spin -a');
  return {
    exported,
    compile: ({ name, flags }) => {
      const usual = ['-O3', '-DSAFETY', '-DNOREDUCE', '-march=native'];
      const args = [...usual, ...flags, '-o', 'pan', 'pan.c'];
      return done(measured({ command: 'gcc', args, cwd }), `gcc for ${name}`);
    },
    run: async (mode, most) => {
      const ran = await done(
        measured({ command: './pan', args: mode.args(most), cwd }),
        `Spin ${mode.name}`,
      );
      return { ...account(ran.stdout), seconds: ran.seconds, bytes: ran.bytes };
    },
    remove: () => rmSync(cwd, { recursive: true }),
  };
}
