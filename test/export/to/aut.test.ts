import { beforeAll, describe, expect, test } from 'vitest';
import { storySteps } from '../../../src/cli/shared/render/storyLines.js';
import { transitionTour } from '../../../src/coverage/transitionTour.js';
import { aut } from '../../../src/export/to/aut.js';
import { type Check, check } from '../../../src/search/check.js';
import counts from '../../counts.json' with { type: 'json' };
import { network } from '../../machines/networks.js';

interface Lts {
  readonly states: number;
  readonly arrows: readonly {
    readonly from: number;
    readonly label: string;
    readonly to: number;
  }[];
}

/** Parses the Aldebaran format strictly by its definition; throws at the first line that does not conform. */
function read(text: string): Lts {
  const [head, ...lines] = text.split('\n');
  const sizes = /^des \(0, (\d+), (\d+)\)$/.exec(head!);
  if (sizes === null) throw new Error(`not a head: ${head}`);
  if (lines.pop() !== '') throw new Error('the last line has no end');
  const [transitions, states] = sizes.slice(1).map(Number);
  const arrows = lines.map((line) => {
    const parts = /^\((\d+), "([^"\\]*)", (\d+)\)$/.exec(line);
    if (parts === null) throw new Error(`not a transition: ${line}`);
    const [from, to] = [Number(parts[1]), Number(parts[3])];
    if (from >= states! || to >= states!) throw new Error(`no such state: ${line}`);
    return { from, label: parts[2]!, to };
  });
  if (arrows.length !== transitions) throw new Error(`${arrows.length} transitions`);
  return { states: states!, arrows };
}

describe.each([
  ['linux-6.12', 'default'],
  ['proposal', 'misuse'],
  ['linux-7.0', 'notrace'],
] as const)('%s in scope %s', (design, scope) => {
  let checked: Check;
  let lts: Lts;
  beforeAll(async () => {
    checked = await check(await network(design, scope, []), { keepTransitions: true });
    lts = read([...aut(checked)].join(''));
  }, 600_000);

  test('has as many states and transitions as check counts', () => {
    const { states, transitions } = counts[design][scope as 'default'];
    expect({ states: lts.states, transitions: lts.arrows.length }).toEqual({ states, transitions });
  });

  test('every state is reached from the first one', () => {
    // Breadth-first, so the first transition to a state comes before those that leave it.
    const seen = new Set([0]);
    for (const { from, to } of lts.arrows) if (seen.has(from)) seen.add(to);
    expect(seen.size).toBe(lts.states);
  });

  test('has the calls and outcomes of stories as labels', () => {
    const next = new Map(lts.arrows.map(({ from, label, to }) => [`${from} ${label}`, to]));
    expect(next.size).toBe(lts.arrows.length);
    const paths = [...transitionTour(checked.successors!, checked.exploration.states, 200)].slice(
      0,
      20,
    );
    for (const path of paths) {
      let state: number | undefined = 0;
      const stimuli = path.map((entry) => checked.successors!.stimulus(entry));
      for (const { call, outcome } of storySteps(checked.compiled, stimuli)) {
        state = next.get(`${state} ${call}  ${outcome.join('; ')}`);
        expect(state, call).toBeDefined();
      }
    }
  });
});
