import type { Message } from '../../src/model/network.js';
import type { OpsInput } from '../ops/context.js';

/** An ops is in use from its first record on. */
export const inUse = ({ name }: OpsInput): Message & { readonly to: string } => ({
  type: 'use',
  to: 'caller',
  ops: name,
});
