/** Without what is not known: members that are missing, empty or 0. */
export const present = <Value>(values: { readonly [name: string]: Value }): { readonly [name: string]: Value } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== "" && value !== 0));
