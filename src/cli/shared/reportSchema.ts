import { z } from 'zod';

const count = z.int().nonnegative();

const callback = z.strictObject({
  ops: z.string(),
  command: z.enum(['SELF', 'PEER', 'DISABLE']),
  answer: z.int().describe('0 or a negative errno'),
});

const record = z.strictObject({
  record: z.int().positive(),
  state: z.string(),
  count,
  R: z.boolean(),
  I: z.boolean(),
  D: z.boolean(),
  direct: z
    .string()
    .nullable()
    .describe('the trampoline called: ops and letter, or with clients its owner'),
  ran: z.array(z.string()).describe('the code that ran when the function was called, in order'),
});

const step = z
  .looseObject({
    call: z.string(),
    errno: z.int().optional().describe('0 or negative'),
    callbacks: z.array(callback).optional(),
    warned: z.boolean().optional(),
    dead: z.boolean().optional().describe('whether ftrace is dead after the call'),
    records: z.array(record).optional(),
    emitted: z.array(z.looseObject({ type: z.string() })).optional(),
  })
  .describe('one call; a network of your own gives `emitted`, or the value of its outcomeData()');

const counterexample = z.strictObject({
  steps: z.array(step),
  stem: count
    .optional()
    .describe(
      'for eventually and leadsTo: number of steps before the loop, which repeats for ever; absent: nothing follows',
    ),
  trigger: count
    .optional()
    .describe('for leadsTo: number of steps after which `from` is true, and `to` never again'),
  overlap: z
    .strictObject({
      begin: count.describe('number of steps before the overlap'),
      orders: z
        .array(z.strictObject({ steps: z.array(step) }))
        .describe('the same calls one after the other, in each order that is possible'),
    })
    .optional()
    .describe('for serializable: the last steps are two calls that overlap'),
});

const starvation = counterexample
  .extend({
    starved: z
      .array(z.strictObject({ name: z.string(), fairness: z.enum(['weak', 'strong']) }))
      .describe('the groups that the loop enables and never takes'),
  })
  .describe('for a rule with fairness that holds: a path that breaks it and is not fair');

const evidence = z.strictObject({
  kernel: z.string().optional().describe('the kernel on which the counterexample was replayed'),
  times: z
    .strictObject({ played: z.int(), agreed: z.int() })
    .optional()
    .describe(
      'the number of guests, each booted for it, and the number of those on which every step matched',
    ),
  seen: z.boolean().describe('whether the kernel broke the rule by exactly these calls'),
  because: z.string().optional().describe('the reason why only the model shows it'),
});

const breakClass = z.strictObject({
  name: z
    .string()
    .describe(
      'call, kind of ops, return value and owner answers; empty: broken before any call; for eventually and leadsTo: how the path goes on or ends; for serializable: those of both calls',
    ),
  transitions: count
    .optional()
    .describe(
      'transitions that break the rule in this way; absent for eventually, leadsTo and serializable',
    ),
  counterexample: counterexample.optional(),
  evidence: z.array(evidence).optional(),
});

const rule = z.strictObject({
  id: z.string(),
  verdict: z.enum(['holds', 'broken', 'unknown', 'out of scope']),
  missed: z.array(z.string()).optional().describe('the goals that were not reached'),
  outOfScope: z
    .array(z.string())
    .optional()
    .describe('goals that the scope cannot express; neither reached nor missed'),
  counterexample: counterexample.optional(),
  starvation: starvation.optional(),
  evidence: z
    .array(evidence)
    .optional()
    .describe('for a broken rule of a design; empty if a kernel could play the story and none has'),
  classes: z
    .array(breakClass)
    .optional()
    .describe('the ways in which calls break the rule, those with the shortest stories first'),
});

const finding = z.strictObject({
  kind: z.enum(['unhandled', 'livelock', 'deadlock']),
  description: z.string(),
  counterexample,
});

const unexercised = z.strictObject({
  components: z.array(z.string()).describe('the components that are made of this machine'),
  transitions: z
    .array(
      z.strictObject({
        from: z.string().describe('a path of states; empty: the root'),
        event: z.string().describe('empty: always'),
        nth: count
          .optional()
          .describe(
            'its position among those of this state and event, from 1 on, if there are several',
          ),
        guard: z.string().optional(),
        to: z.array(z.string()).describe('empty: without a target'),
      }),
    )
    .describe('never taken'),
  states: z.array(z.string()).describe('never entered'),
  guards: z
    .array(
      z.strictObject({
        name: z.string(),
        only: z.boolean().optional().describe('its only answer; absent: it was never evaluated'),
      }),
    )
    .describe('never gave both answers'),
});

const vacuity = z
  .strictObject({
    stimuli: z.array(z.string()).describe('no state enables them'),
    components: z.array(z.string()).describe('no message reaches them'),
    machines: z.array(unexercised),
    rules: z.array(z.string()).describe('they hold and read nothing that changes'),
    neverFrom: z
      .array(z.string())
      .optional()
      .describe('leadsTo rules that hold and whose `from` is never true'),
    neverOverlap: z
      .array(z.string())
      .optional()
      .describe('serializable rules in whose networks no calls overlap'),
  })
  .describe('everything that a complete search did not exercise');

const result = z.strictObject({
  design: z.string(),
  scope: z.record(z.string(), z.json()),
  complete: z.boolean(),
  stopped: z.enum(['states', 'memory', 'interrupted', 'messages']).optional(),
  reductions: z.array(z.string()),
  held: count.optional().describe('with reductions: number of stored states'),
  states: count,
  transitions: count,
  depth: count.describe('with reductions: of the stored states'),
  seconds: z.number().nonnegative(),
  machines: z
    .string()
    .regex(/^[0-9a-f]{12}$/)
    .describe('changes if any machine handles any message differently'),
  rules: z.array(rule),
  findings: z.array(finding),
  vacuity: vacuity.optional(),
});

/** Schema of the output of `check --json`. Published as docs/check.schema.json; a test keeps the two equal. */
export const reportSchema = z
  .strictObject({
    tool: z.literal('recwalk'),
    format: z.literal(2).describe('grows when a property changes its name or meaning'),
    version: z.string(),
    results: z.array(result),
  })
  .meta({ title: 'recwalk check --json' });
