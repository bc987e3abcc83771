import { z } from 'zod';
import { controlIn } from '../model/controlCharacters.js';
import { UserError } from '../model/userError.js';

/** Text of a path becomes a line or a comment of other files, so it may hold no control character. */
const line = z.string().refine((text) => controlIn(text) === undefined, {
  error: ({ input }) =>
    `holds the control character ${controlIn(input as string)}, which could change the display of a terminal or a file; remove it`,
});

const step = z.object({
  call: line.min(1),
  outcome: z.array(line).min(1),
});

const pathsFile = z.object({
  tool: z.literal('recwalk'),
  version: line,
  design: line,
  /** The scope of a design; a user's own network has none. */
  scope: line.optional(),
  cover: line,
  /** The seed of random paths. */
  seed: z.number().optional(),
  coverage: z.object({
    taken: z.number(),
    of: z.number(),
    steps: z.number(),
    paths: z.number(),
    /** A lower bound on the steps of paths that cover everything within reach; not for every criterion. */
    lowerBound: z.number().optional(),
    /** Goals that no path of the scope covers. */
    never: z.array(line).optional(),
    /** Calls that end in an unhandled event or a livelock, and so are in no path. */
    wrong: z.array(z.object({ call: line, description: line, transitions: z.number() })).optional(),
  }),
  /** `description`: the purpose of the path. */
  paths: z.array(z.object({ description: line.optional(), steps: z.array(step).min(1) })),
});

/** One call of a path, with the parts of its outcome. */
export type PathStep = z.infer<typeof step>;
export type PathsFile = z.infer<typeof pathsFile>;

/** Parses a file of `recwalk paths --to json`. Throws RW301 and RW302, which name the error and its place. */
export function parsePathsFile(text: string, name: string): PathsFile {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      'RW301',
      `${name} is not complete JSON (${(error as Error).message}); write it again with recwalk paths --to json`,
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
