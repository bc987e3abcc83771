/** A kprobe on the entry of a function, as the module or the tracefs event that registers it defines it. */
export interface Probe {
  readonly name: string;
  readonly record: number;
  /** The probe has a post_handler; then the core arms it with the ops that has IPMODIFY. */
  readonly postHandler: boolean;
  /** Its pre_handler sets the ip to another function and returns 1. */
  readonly override: boolean;
  /** The probe is that of a tracefs event, which registers it disabled (__register_trace_kprobe()). */
  readonly event: boolean;
  /** It is the probe of a kretprobe, which is hit when the function returns. */
  readonly kretprobe: boolean;
}

export const PLAIN = 'kprobe_ftrace_ops';
export const IPMODIFY = 'kprobe_ipmodify_ops';
export type SharedOps = typeof PLAIN | typeof IPMODIFY;

/** The probes of one function: one alone, or an aggregate. Both behave alike. */
export interface Aggregate {
  readonly record: number;
  /** Newest first if the order has an effect, else by name. */
  readonly probes: readonly Probe[];
  /** Names of those with KPROBE_FLAG_DISABLED. */
  readonly disabled: readonly string[];
  /** Names of those with KPROBE_FLAG_GONE, and of events that wait for the module of their function. */
  readonly gone: readonly string[];
  /** The probe, or the aggregate of several, has a post_handler. */
  readonly postHandler: boolean;
  /** Null if all of its probes are disabled or gone. */
  readonly armedWith: SharedOps | null;
}

export const noProbes = {
  probes: [],
  disabled: [],
  gone: [],
  postHandler: false,
  armedWith: null,
} as const;

export const has = ({ probes }: Aggregate, { name }: Probe): boolean =>
  probes.some((one) => one.name === name);

export const isEnabled = ({ disabled, gone }: Aggregate, { name }: Probe): boolean =>
  !disabled.includes(name) && !gone.includes(name);

/** add_new_kprobe(): the probe joins the others of its function. */
export const joined = (aggregate: Aggregate, probe: Probe, ordered: boolean): Aggregate => {
  const { probes, disabled, postHandler } = aggregate;
  const all = [probe, ...probes];
  return {
    ...aggregate,
    probes: ordered ? all : all.sort((a, b) => (a.name < b.name ? -1 : 1)),
    disabled: probe.event ? sorted([...disabled, probe.name]) : disabled,
    postHandler: postHandler || probe.postHandler,
  };
};

/** The probe leaves. The last one takes everything with it. */
export const left = (aggregate: Aggregate, { name }: Probe): Aggregate => {
  const probes = aggregate.probes.filter((one) => one.name !== name);
  const disabled = aggregate.disabled.filter((one) => one !== name);
  const gone = aggregate.gone.filter((one) => one !== name);
  return { ...aggregate, ...(probes.length === 0 ? noProbes : { probes, disabled, gone }) };
};

/** __unregister_kprobe_top(): the probe leaves, in some kernels with the post_handler of the aggregate. */
export const unregistered = (aggregate: Aggregate, probe: Probe, clears: boolean): Aggregate => {
  const rest = left(aggregate, probe);
  const keeps = !clears || !probe.postHandler || rest.probes.some((one) => one.postHandler);
  return { ...rest, postHandler: rest.postHandler && keeps };
};

export const enabled = (aggregate: Aggregate, { name }: Probe): Aggregate => ({
  ...aggregate,
  disabled: aggregate.disabled.filter((one) => one !== name),
});

export const disabled = (aggregate: Aggregate, { name }: Probe): Aggregate => ({
  ...aggregate,
  disabled: sorted([...aggregate.disabled, name]),
});

/** The function is not there yet: tracefs keeps the event, and registers no probe. */
export const waits = (aggregate: Aggregate, probe: Probe): Aggregate => ({
  ...joined(aggregate, probe, false),
  gone: sorted([...aggregate.gone, probe.name]),
});

/** kill_kprobe() of all: the module of the function goes. */
export const killed = (aggregate: Aggregate): Aggregate => ({
  ...aggregate,
  gone: sorted(aggregate.probes.map(({ name }) => name)),
  postHandler: false,
  armedWith: null,
});

/** trace_kprobe_module_callback(): tracefs registers its events anew. */
export const revived = (aggregate: Aggregate): Aggregate => ({
  ...aggregate,
  gone: aggregate.gone.filter(
    (name) => !aggregate.probes.some((one) => one.name === name && one.event),
  ),
});

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();
