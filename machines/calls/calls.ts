import type { Stimulus } from '../../src/model/network.js';
import type { Features } from '../features.js';
import { isTable, type OpsInput } from '../ops/context.js';
import type { Scope } from '../scopes.js';
import type { CallType } from './call.js';
import { filter } from './filter/call.js';
import { ftraceEnabled } from './ftraceEnabled/call.js';
import { modify } from './modify/call.js';
import { notrace } from './notrace/call.js';
import { plain } from './plain/call.js';
import { preset } from './preset/call.js';
import { register } from './register/call.js';
import { script } from './script/call.js';
import { unregister } from './unregister/call.js';
import { updateDirect } from './updateDirect/call.js';

/** All calls. A new call is a folder and an entry here. */
export const calls: readonly CallType[] = [
  filter,
  register,
  unregister,
  modify,
  updateDirect,

  plain,
  notrace,
  preset,
  script,
  ftraceEnabled,
];

/** All calls on one ops in a scope. */
export function callsOn(ops: OpsInput, scope: Scope, features: Features): readonly Stimulus[] {
  const own = calls.filter(({ isFor }) => isFor?.(ops, isTable(ops, features)) ?? true);
  return [
    ...own.flatMap(({ stimuli }) => stimuli?.(ops, scope, features) ?? []),
    ...(scope.misuse === 1
      ? own.flatMap(({ misuse }) => misuse?.(ops, scope, features) ?? [])
      : []),
  ];
}

/** The calls on ftrace itself in a scope. */
export const globalCalls = (scope: Scope): readonly Stimulus[] =>
  calls.flatMap(({ global }) => global?.(scope) ?? []);
