/** Guards: whether a value that was read has the shape that its type says. Fields that the type does not know are wrong, too. */

export type TypeGuard<T> = (value: unknown) => value is T;

/** Of a field that may be missing. */
interface Maybe<T> {
  readonly maybe: TypeGuard<T>;
}

/** For each field of `T` its guard, so that none is forgotten. */
export type FieldGuards<T> = {
  readonly [K in keyof T]-?: Partial<Pick<T, K>> extends Pick<T, K> ? Maybe<Required<T>[K]> : TypeGuard<T[K]>;
};

export const isText: TypeGuard<string> = (value) => typeof value === "string";
export const isNumber: TypeGuard<number> = (value) => typeof value === "number";
export const isFlag: TypeGuard<boolean> = (value) => typeof value === "boolean";
/** A text that is a moment. */
export const isMoment: TypeGuard<string> = (value): value is string =>
  isText(value) && !Number.isNaN(Date.parse(value));

export const isOneOf =
  <const T extends string | number>(...values: readonly T[]): TypeGuard<T> =>
  (value): value is T =>
    values.some((each) => each === value);

export const isListOf =
  <T>(isItem: TypeGuard<T>): TypeGuard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(isItem);

export const isMapOf =
  <T>(isItem: TypeGuard<T>): TypeGuard<{ readonly [name: string]: T }> =>
  (value): value is { readonly [name: string]: T } =>
    isFilled(value) && Object.values(value).every(isItem);

export const maybe = <T>(guard: TypeGuard<T>): Maybe<T> => ({ maybe: guard });

export function isObjectOf<T extends object>(fields: FieldGuards<T>): TypeGuard<T> {
  const guards = new Map(Object.entries<TypeGuard<unknown> | Maybe<unknown>>(fields));
  const required = [...guards].flatMap(([name, guard]) => (typeof guard === "function" ? [name] : []));
  return (value): value is T => {
    if (!isFilled(value) || !required.every((name) => Object.hasOwn(value, name))) return false;
    return Object.entries(value).every(([name, field]) => {
      const guard = guards.get(name);
      return guard !== undefined && (typeof guard === "function" ? guard(field) : guard.maybe(field));
    });
  };
}

const isFilled = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
