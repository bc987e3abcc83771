import { parseScope, scopeText } from '../../machines/scopes.js';
import { check } from '../engine/check.js';
import { Fault } from '../model/fault.js';
import { writeStory } from '../paths/storyText.js';
import { tour } from '../paths/tour.js';
import { interruptible } from './interrupt.js';
import { type LimitFlags, limitsOf } from './limits.js';
import { storySteps } from './storyLines.js';
import { number, searchProgress, talk } from './talk.js';
import { targetNamed } from './target.js';
import { version } from './version.js';

export interface PathsFlags extends LimitFlags {
  readonly scope?: string;
  readonly cover: string;
  readonly to: string;
  readonly longest: number;
}

const COVERS = ['transitions'];
const FORMATS = ['json', 'story'];

/** The outcome of a call of which nothing was said. */
const SILENCE = 'nothing said';

/** 0 · 3 stopped by a limit: no paths are written, since they would not cover what they say */
export async function paths(name: string, flags: PathsFlags): Promise<number> {
  if (!COVERS.includes(flags.cover))
    throw new Fault('RW018', `--cover ${flags.cover}: type ${COVERS.join(' or ')}`);
  if (!FORMATS.includes(flags.to))
    throw new Fault('RW019', `--to ${flags.to}: type ${FORMATS.join(' or ')}`);
  const { network, design } = await targetNamed(name, flags.scope, []);
  // A file says itself how much it holds, and has no scope to be read back.
  const scope = design && scopeText(parseScope(flags.scope ?? 'default'));
  const say = await talk(flags.quiet);
  const interrupt = interruptible();
  const { tables, exploration, successors } = await check(network, {
    keepTransitions: true,
    ...limitsOf(flags, interrupt.signal),
    progress: searchProgress(network.name, say),
  });
  say.clear();
  if (!exploration.complete) {
    process.stderr.write(
      `${network.name}: stopped (${exploration.stopped}) after ${number(exploration.states)} states; no paths written\n`,
    );
    return 3;
  }
  const coverage = { taken: 0, of: successors!.size, steps: 0, paths: 0 };
  const taken = new Uint8Array(coverage.of);
  const write = (text: string) =>
    process.stdout.write(text) || new Promise((resolve) => process.stdout.once('drain', resolve));
  const head = {
    tool: 'recwalk',
    version,
    design: network.name,
    ...(scope === undefined ? {} : { scope }),
    cover: flags.cover,
  };
  if (flags.to === 'json') await write(`${JSON.stringify(head).slice(0, -1)},"paths":[`);
  for (const path of tour(successors!, exploration.states, flags.longest)) {
    // Ctrl-C is heard between two turns of the event loop only.
    await new Promise(setImmediate);
    if (interrupt.signal.aborted) break;
    for (const entry of path)
      if (taken[entry] === 0) {
        taken[entry] = 1;
        coverage.taken++;
      }
    const told = storySteps(
      tables,
      path.map((entry) => successors!.stimulus(entry)),
    );
    // Stories are read back, and there a call has an outcome.
    const steps = told.map(({ call, outcome }) => ({
      call,
      outcome: outcome.length === 0 ? [SILENCE] : outcome,
    }));
    if (flags.to === 'json')
      await write(`${coverage.paths === 0 ? '' : ','}\n${JSON.stringify({ steps })}`);
    else {
      const notes = [
        `path ${coverage.paths + 1}`,
        `design ${network.name}`,
        ...(scope === undefined ? [] : [`scope ${scope}`]),
      ];
      await write(`${coverage.paths === 0 ? '' : '\n'}${writeStory({ notes, steps })}`);
    }
    coverage.paths++;
    coverage.steps += path.length;
  }
  interrupt.release();
  if (flags.to === 'json') await write(`\n],"coverage":${JSON.stringify(coverage)}}\n`);
  const why = interrupt.signal.aborted
    ? 'stopped (interrupted)'
    : coverage.taken < coverage.of
      ? `the rest is further than ${flags.longest} steps from the start, take a greater --longest`
      : `so at least ${number(coverage.of)} steps`;
  if (!flags.quiet)
    process.stderr.write(
      `${network.name}: ${number(coverage.paths)} paths, ${number(coverage.steps)} steps; ${flags.cover} taken: ${number(coverage.taken)} of ${number(coverage.of)}; ${why}\n`,
    );
  return coverage.taken === coverage.of ? 0 : 3;
}
