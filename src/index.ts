export type { Agreed, Diff, Difference, DiffOptions } from './diff/diff.js';
export { diff } from './diff/diff.js';
export type {
  CallResult,
  Design,
  Display,
  Domain,
  Fix,
  Guest,
  Life,
  Machine,
  MadeCall,
  ReviewText,
  RowView,
  StateTable,
  StateView,
} from './domain.js';
export { type PlayedCall, play } from './interpret/play.js';
export type {
  ActorSnapshot,
  Component,
  Fairness,
  Goal,
  Json,
  LivenessRule,
  Message,
  Network,
  Processes,
  Response,
  Rule,
  Select,
  Selector,
  Snapshot,
  Step,
  Stimulus,
} from './model/network.js';
export { UserError } from './model/userError.js';
export { parseStories, parseStory, type Story, writeStory } from './paths/storyFormat.js';
export {
  type Check,
  type CheckOptions,
  check,
  type Finding,
  type Lasso,
  type RuleResult,
  type Starvation,
  type Verdict,
} from './search/check.js';
export type { Exploration } from './search/explore.js';
export type { Limits } from './search/limits.js';
export type { SearchProgress, StopReason } from './search/searchProgress.js';
export { type MachineOptions, machineNetwork } from './xstate/machineNetwork.js';
export {
  type Answers,
  machineStimuli,
  type SampledEvents,
  type StimulusOptions,
} from './xstate/machineStimuli.js';
export type { MachineWorld } from './xstate/machineWorld.js';
