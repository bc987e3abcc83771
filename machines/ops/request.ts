import { calls } from '../calls/calls.js';
import type { Call } from '../events.js';
import { changed, hasFlags, type Ops, type OpsEvent } from './context.js';

const NO_FLAGS = { direct: false, ipmodify: false, regs: false };

/** The call that the ops sends to ftrace for a message. */
export function requestOf(ops: Ops, enabled: boolean, event: OpsEvent): Call {
  const { name, kind, filter, notrace, spoiled, flags, isTable } = ops;
  const setsFlags = event.type === 'register' || event.type === 'direct add';
  const call: Call = {
    request: enabled ? 'refilter' : 'register',
    ops: name,
    flags: hasFlags(ops) || setsFlags ? flags : NO_FLAGS,
    enabled,
    before: enabled ? filter : [],
    after: enabled ? filter : [],
    hidden: notrace,
    hiding: notrace,
    order: 'order' in event ? event.order : [],
    entries: [],
    spoiled,
    plain: kind !== 'direct',
    initialized: ops.initialized,
    hasHash: ops.hasHash,
    ...(isPermanent(ops, event) ? { permanent: true } : {}),
    ...('from' in event ? { from: event.from! } : {}),
    ...(event.holds === undefined ? {} : { holds: event.holds }),
  };
  // An owner that changes the filter of its own ops, not a caller.
  if (event.type === 'leave first') return { ...call, request: 'refilter', after: filter.slice(1) };
  if (event.type === 'own add' || event.type === 'own remove')
    return { ...call, request: 'refilter', after: changed(ops, event) };
  const type = calls.find(
    ({ isFor, requests = {} }) =>
      Object.hasOwn(requests, event.type) && (isFor?.(ops, isTable) ?? true),
  );
  return type!.requests![event.type]!(call, ops, event);
}

/** A register as a direct ops may drop the flag before it looks at it. */
const isPermanent = ({ permanent, kind, keepsFlags }: Ops, event: OpsEvent): boolean =>
  permanent === true && !(event.type === 'register' && kind === 'direct' && !keepsFlags);
