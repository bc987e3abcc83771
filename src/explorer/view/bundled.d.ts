declare module 'recwalk:domain' {
  /** The domain whose machines the page has. */
  export const domain: import('../../domain.js').Domain;
}

declare module '*.css' {
  const text: string;
  export default text;
}
