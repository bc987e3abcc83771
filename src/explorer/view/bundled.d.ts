declare module 'recwalk:catalogue' {
  export const designs: readonly import('../../../machines/design.js').Design[];
  export const rules: readonly import('../../model/network.js').Rule<
    import('../../../machines/world.js').World
  >[];
}

declare module '*.css' {
  const text: string;
  export default text;
}
