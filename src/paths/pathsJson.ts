import { z } from 'zod';
import { controlIn } from '../model/controlCharacters.js';
import { UserError } from '../model/userError.js';

/** A text of a path becomes a line of other files, and a comment in them. */
const line = z.string().refine((text) => controlIn(text) === undefined, {
  error: ({ input }) =>
    `holds the control character ${controlIn(input as string)}, which could change what a terminal or a file shows; take it out`,
});

const step = z.object({
  call: line.min(1),
  outcome: z.array(line).min(1),
});

const pathsFile = z.object({
  tool: z.literal('recwalk'),
  version: line,
  design: line,
  /** Of a design; a network of one's own has none. */
  scope: line.optional(),
  cover: line,
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
    never: z.array(line).optional(),
    /** Calls that go wrong, and so are in no path. */
    wrong: z.array(z.object({ call: line, description: line, transitions: z.number() })).optional(),
  }),
  /** `says`: what the path is for. */
  paths: z.array(z.object({ description: line.optional(), steps: z.array(step).min(1) })),
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
    throw new UserError(
      'RW301',
      `${name} is not whole JSON (${(error as Error).message}); write it again with recwalk paths --to json`,
    );
  }
  const parsed = pathsFile.safeParse(data);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new UserError(
    'RW302',
    `${name} is not a file of paths: ${path.join('.') || 'top'}: ${message}; write it with recwalk paths --to json`,
  );
}
