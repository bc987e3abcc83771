import { z } from 'zod';
import { Fault } from '../model/fault.js';

const step = z.object({
  call: z.string().min(1),
  outcome: z.array(z.string()).min(1),
});

const pathsFile = z.object({
  tool: z.literal('recwalk'),
  version: z.string(),
  design: z.string(),
  /** Of a design; a network of one's own has none. */
  scope: z.string().optional(),
  cover: z.string(),
  /** Of paths at random. */
  seed: z.number().optional(),
  coverage: z.object({
    taken: z.number(),
    of: z.number(),
    steps: z.number(),
    paths: z.number(),
    /** No paths that take all within reach have fewer steps; not for every criterion. */
    lowerBound: z.number().optional(),
    /** What no path of the scope takes. */
    never: z.array(z.string()).optional(),
    /** Calls that go wrong, and so are in no path. */
    wrong: z
      .array(z.object({ call: z.string(), says: z.string(), transitions: z.number() }))
      .optional(),
  }),
  /** `says`: what the path is for. */
  paths: z.array(z.object({ says: z.string().optional(), steps: z.array(step).min(1) })),
});

/** A path: calls in the order in which they are made, each with the parts of its outcome. */
export type PathStep = z.infer<typeof step>;
export type PathsFile = z.infer<typeof pathsFile>;

/** Reads what `recwalk paths --to json` wrote. Throws RW301, RW302 saying what is wrong and where. */
export function parsePathsFile(text: string, name: string): PathsFile {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new Fault(
      'RW301',
      `${name} is not whole JSON (${(error as Error).message}); write it again with recwalk paths --to json`,
    );
  }
  const parsed = pathsFile.safeParse(data);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new Fault(
    'RW302',
    `${name} is not a file of paths: ${path.join('.') || 'top'}: ${message}; write it with recwalk paths --to json`,
  );
}
