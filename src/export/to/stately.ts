import { oneLine } from '../../model/controlCharacters.js';
import type { ExportFormat } from '../format.js';
import { type Implementation, implementationOf } from '../implementation.js';
import { configOf, contextOf, type Named, type Shown, transitionsOf } from '../machine.js';

/**
 * TypeScript that Stately Studio imports: the machine, with its guards and actions by name. Constant actions are
 * included. Other guards and actions refer to the rest of the machine's file: they get their source as a comment and a
 * placeholder, as in Studio's own exports.
 */
export function stately(shown: Shown, description: readonly string[]): string {
  const all = transitionsOf(shown.machine);
  const { implementations } = shown.machine;
  const made = (used: readonly Named[], made: Readonly<Record<string, unknown>>): readonly Made[] =>
    [...new Map(used.map((one) => [one.type, one])).values()].map((one) => ({
      ...one,
      ...implementationOf(made[one.type]),
    }));
  const guards = made(
    all.flatMap(({ guard }) => guard ?? []),
    implementations.guards,
  );
  const actions = made(
    all.flatMap((t) => t.actions),
    implementations.actions,
  );
  const makers = ['assign', 'emit'].filter((maker) =>
    actions.some(({ code }) => code?.startsWith(`${maker}(`)),
  );
  return [
    ...description.map((line) => `// ${oneLine(line)}`),
    '// A guard that returns true and an action that is empty are placeholders: the comment above each is the source that recwalk runs.',
    `import { ${[...makers, 'setup'].join(', ')} } from 'xstate';`,
    '',
    'export const machine = setup({',
    '  types: {',
    '    events: {} as',
    ...[...new Set(all.flatMap(({ on }) => on ?? []))].map(
      (type) => `      | { type: ${JSON.stringify(type)} }`,
    ),
    '  },',
    ...section('guards', guards, 'true'),
    ...section('actions', actions, '{}'),
    `}).createMachine(${JSON.stringify({ description: shown.description, context: contextOf(shown), ...configOf(shown) }, null, 2)});`,
    '',
  ].join('\n');
}

type Made = Named & Implementation;

const section = (name: string, all: readonly Made[], placeholder: string): readonly string[] =>
  all.length === 0
    ? []
    : [`  ${name}: {`, ...all.flatMap((one) => entry(one, placeholder)), '  },'];

function entry({ type, params, source, code }: Made, placeholder: string): readonly string[] {
  const given =
    params === undefined
      ? ''
      : `_, _params: { ${Object.entries(params)
          .map(
            ([key, value]) =>
              `${/^[\w$]+$/.test(key) ? key : JSON.stringify(key)}: ${typeof value}`,
          )
          .join('; ')} }`;
  return [
    ...(code === undefined
      ? source.split(/[\n\r\u2028\u2029]+/).map((line) => `    // ${line}`)
      : []),
    `    ${JSON.stringify(type)}: ${code ?? `(${given}) => ${placeholder}`},`,
  ];
}

/** The format for `recwalk export`. */
export const format: ExportFormat = {
  machine: async (shown, description) => [stately(shown, description)],
};
