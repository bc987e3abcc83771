/** The mail that this model examines; `design` names the design that it describes. */
export const rfcMail = {
  text: 'Did I fill in the holes? ;-)',
  source:
    'Steven Rostedt, "Re: [PATCH v2 bpf-next 3/5] ftrace: introduce FTRACE_OPS_FL_SHARE_IPMODIFY", 14 Jul 2022 (20220714204817.2889e280)',
  design: 'proposal',
};
