export type { Agreed, Diff, Difference, DiffOptions } from './diff/diff.js';
export { diff } from './diff/diff.js';
export {
  type Check,
  type CheckOptions,
  check,
  type Finding,
  type Judged,
  type Verdict,
} from './engine/check.js';
export type { Covered, Exploration, Limits, Stop } from './engine/explore.js';
export { type Played, play } from './engine/story.js';
export { Fault } from './model/fault.js';
export type {
  Component,
  Goal,
  Json,
  Look,
  LookAt,
  Message,
  Network,
  Rule,
  Seen,
  Step,
  Stimulus,
} from './model/network.js';
export { parseStories, parseStory, type Story, writeStory } from './paths/storyText.js';
