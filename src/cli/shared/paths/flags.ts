import type { Criterion } from '../../../coverage/criterion.js';
import { UserError } from '../../../model/userError.js';
import type { PathsFormat } from '../../../paths/format.js';
import type { LimitFlags } from '../limits.js';
import { fileNamed, namesIn } from '../plugins.js';

/** The options of `paths`. */
export interface PathsFlags extends LimitFlags {
  readonly scope?: string;
  readonly cover: string;
  readonly to: string;
  readonly output?: string;
  readonly from?: string;
  readonly longest: number;
  readonly seed?: number;
  readonly paths?: number;
  readonly atMost?: number;
}

/** Defaults of options. */
export const DEFAULTS = { seed: 1, paths: 100 } as const;

/**
 * The criterion of --cover. Throws RW018 if there is none, RW036 if an option does not apply to it, RW037 if it needs
 * given paths.
 */
export async function criterionOf(flags: PathsFlags): Promise<Criterion> {
  const known = namesIn('coverage/criteria');
  if (!known.includes(flags.cover))
    throw new UserError('RW018', `--cover ${flags.cover}: type ${listed(known)}`);
  const criterion = await fileNamed<Criterion>('coverage/criteria', flags.cover, 'criterion');
  for (const option of Object.keys(DEFAULTS) as (keyof typeof DEFAULTS)[])
    if (flags[option] !== undefined && !criterion.options?.includes(option))
      throw new UserError(
        'RW036',
        `--${option} does not apply to --cover ${flags.cover}; omit it, or type --cover random`,
      );
  if (criterion.needsGiven && flags.from === undefined)
    throw new UserError('RW037', `--cover ${flags.cover} needs paths; type --from FILE`);
  return criterion;
}

/** The format of --to. Throws RW019 if there is none, RW038 if it writes several files and no folder is named. */
export async function formatOf({ to, output }: PathsFlags): Promise<PathsFormat> {
  const known = namesIn('paths/to');
  if (!known.includes(to)) throw new UserError('RW019', `--to ${to}: type ${listed(known)}`);
  const format = await fileNamed<PathsFormat>('paths/to', to, 'format');
  if (format.text === undefined && output === undefined)
    throw new UserError(
      'RW038',
      `--to ${to} writes several files; type -o FOLDER; recwalk creates the folder`,
    );
  return format;
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
