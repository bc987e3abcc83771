import { replayTarget } from '../src/cli/shared/replay/target.js';
import type { PathStep } from '../src/paths/pathsJson.js';
import { storyFiles, storyFolder } from './storyFiles.js';

/** The folders of stories that should have the same outcomes on every kernel, each with the page that lists them. */
export const EVERYWHERE = [
  { folder: 'selftests/', page: 'docs/selftests.md' },
  { folder: 'known-bugs/', page: 'docs/known-bugs.md' },
] as const;

/** Stories of clients@linux-6.12 in one file. */
export interface Everywhere {
  /** The path of the file in the folder of stories, without its ending. */
  readonly name: string;
  readonly scope: string | undefined;
  readonly paths: readonly (readonly PathStep[])[];
  /** Versions of Linux that behave differently, as `6.1`. The file `NAME-VERSION.story` shows the difference. */
  readonly differsOn: readonly string[];
}

const names = storyFiles
  .filter((file) => EVERYWHERE.some(({ folder }) => file.startsWith(folder)))
  .map((file) => file.replace(/\.story$/, ''));
const VERSION = /-(\d+\.\d+)$/;

export const everywhere: readonly Everywhere[] = names
  .filter((name) => !VERSION.test(name))
  .map((name) => {
    const { scope, paths } = replayTarget(
      new URL(`${name}.story`, storyFolder).pathname,
      undefined,
    );
    const differsOn = names
      .filter((other) => other.replace(VERSION, '') === name && other !== name)
      .map((other) => VERSION.exec(other)![1]!);
    return { name, scope, paths: paths!, differsOn };
  });
