/** `Omit` for each member of a union alone. */
export type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
