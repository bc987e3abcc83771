import { oneLine } from '../../model/controlCharacters.js';
import { comment, escaped } from '../../model/xml.js';
import type { ExportFormat } from '../format.js';
import { idsOf } from '../ids.js';
import { type Shown, statesOf, type Transition, transitionsOf } from '../machine.js';

/**
 * A State Chart XML document. Events, states and guards get valid identifiers. A guard is a data item that the user of
 * the chart sets; an action is a line of the log.
 */
export function scxml({ name, machine }: Shown, description: readonly string[]): string {
  const all = transitionsOf(machine);
  const names = statesOf(machine);
  const states = idsOf(names);
  const events = idsOf(all.flatMap(({ on }) => on ?? []));
  const guards = idsOf(all.flatMap(({ guard }) => guard?.type ?? []));
  const data = (guard: string) => `if_${guards.get(guard)}`;

  const element = ({ on, guard, to, actions }: Transition): readonly string[] => {
    const open = [
      '<transition',
      ...(on === undefined ? [] : [`event="${events.get(on)}"`]),
      ...(guard === undefined ? [] : [`cond="${data(guard.type)}"`]),
      ...(to === undefined ? [] : [`target="${states.get(to)}"`]),
    ].join(' ');
    if (actions.length === 0) return [`${open}/>`];
    const logs = actions.map(({ type }) => `  <log label="action" expr="${escaped(text(type))}"/>`);
    return [`${open}>`, ...logs, '</transition>'];
  };
  const elements = (from: string | undefined, indent: string) =>
    all
      .filter((t) => t.from === from)
      .flatMap(element)
      .map((line) => `${indent}${line}`);

  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    comment([
      ...description,
      'A guard is a data item, true until it is set; an action is a line of the log.',
    ]),
    `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" name="${escaped(name)}">`,
    ...(guards.size === 0
      ? []
      : [
          '  <datamodel>',
          ...[...guards.keys()].map((guard) => `    <data id="${data(guard)}" expr="true"/>`),
          '  </datamodel>',
        ]),
    '  <state>',
    ...elements(undefined, '    '),
    ...names.flatMap((state) => [
      `    <state id="${states.get(state)}">`,
      ...elements(state, '      '),
      '    </state>',
    ]),
    '  </state>',
    '</scxml>',
    '',
  ].join('\n');
}

/** An ECMAScript string. */
const text = (type: string) => `'${oneLine(type).replace(/['\\]/g, '\\$&')}'`;

/** The format for `recwalk export`. */
export const format: ExportFormat = {
  machine: async (shown, description) => [scxml(shown, description)],
};
