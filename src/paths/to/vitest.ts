import { oneLine } from '../../model/controlCharacters.js';
import type { Stimulus } from '../../model/network.js';
import { UserError } from '../../model/userError.js';
import type { PathsFormat, PathsHead, TracePath } from '../format.js';
import { walkText } from '../vitest/walkText.js';

/** Maximum number of steps in a file, except for its last path: Vitest shards by files, and each file has a start-up cost. */
const FULL = 1_000;

/**
 * Tests for Vitest, in a folder of their own, which can be removed and generated again. The system under test is beside
 * it, in `../system.ts`, which belongs to the user and is never written. Throws RW324 if two different calls have the
 * same description.
 */
export const format: PathsFormat = {
  async *files(head, paths) {
    yield { name: 'walk.ts', text: `// ${written(head)}\n${walkText}` };
    let number = 0;
    let full: TracePath[] = [];
    let steps = 0;
    for await (const path of paths) {
      full.push(path);
      steps += path.steps.length;
      if (steps < FULL) continue;
      yield testFile(head, ++number, full);
      full = [];
      steps = 0;
    }
    if (full.length > 0) yield testFile(head, ++number, full);
  },
};

const written = ({ tool, version, design, scope, cover }: PathsHead) =>
  oneLine(
    `Written by ${tool} ${version}: paths of ${design}${scope === undefined ? '' : ` (${scope})`}, cover ${cover}. Do not edit; generate them again.`,
  );

function testFile(head: PathsHead, number: number, paths: readonly TracePath[]) {
  const file = `paths-${String(number).padStart(3, '0')}`;
  const lines = [
    `// ${written(head)}`,
    '// Needs ../system.ts: export default { create, send, read }; walk.ts documents them.',
    "import system from '../system.js';",
    "import { type Call, walk } from './walk.js';",
    '',
    'const calls: Record<string, Call> = {',
    ...[...callsOf(paths)].map(
      ([call, it]) => `  [${JSON.stringify(call)}]: ${JSON.stringify(it)},`,
    ),
    '};',
    '',
    `walk('${file}', system, calls, [`,
    ...paths.flatMap(({ description, steps }) => [
      `  { description: ${JSON.stringify(description)}, steps: [`,
      ...steps.map(({ call, outcome }) => `    ${JSON.stringify([call, ...outcome])},`),
      '  ] },',
    ]),
    ']);',
    '',
  ];
  return { name: `${file}.test.ts`, text: lines.join('\n') };
}

/** The calls of some paths, by their descriptions. */
function callsOf(paths: readonly TracePath[]): Map<string, Stimulus> {
  const calls = new Map<string, Stimulus>();
  for (const { call, stimulus } of paths.flatMap(({ steps }) => steps)) {
    const known = calls.get(call);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(stimulus))
      throw new UserError(
        'RW324',
        `two calls have the same description, "${call}", so a test cannot distinguish them; give each stimulus its own description`,
      );
    calls.set(call, stimulus);
  }
  return calls;
}
