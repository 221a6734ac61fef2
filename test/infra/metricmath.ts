/**
 * The part of CloudWatch's metric math that the alarms use, as its page describes it, missing values included:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html.
 */
import type { Series } from "./cloudwatch.ts";

type Value = number | Series | readonly Series[];

/** The result of an expression over metrics of one length. Throws for what it does not know. */
export function calculate(expression: string, metrics: { readonly [id: string]: Series }): Series {
  const tokens = expression.match(/[A-Za-z_]\w*|\d+(?:\.\d+)?|[<>=!]=|[-+*<>(),]/g) ?? [];
  let at = 0;
  const take = (wanted?: string): string => {
    const token = tokens[at++] ?? "";
    if (wanted !== undefined && token !== wanted) throw new Error(`${wanted} expected, not ${token}: ${expression}`);
    return token;
  };
  const next = (...wanted: readonly string[]): boolean => wanted.includes(tokens[at] ?? "");

  function comparison(): Value {
    const left = sum();
    return next(">", "<", ">=", "<=", "==", "!=") ? combined(take(), left, sum()) : left;
  }
  function sum(): Value {
    let left = product();
    while (next("+", "-")) left = combined(take(), left, product());
    return left;
  }
  function product(): Value {
    let left = single();
    while (next("*")) left = combined(take(), left, single());
    return left;
  }
  function single(): Value {
    const token = take();
    if (token === "(") {
      const inner = comparison();
      take(")");
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    const metric = metrics[token];
    if (metric) return metric;
    take("(");
    const given: Value[] = [];
    while (!next(")")) {
      given.push(comparison());
      if (!next(")")) take(",");
    }
    take(")");
    return called(token, given);
  }
  function called(name: string, [first = [], second, third]: readonly Value[]): Value {
    if (name === "METRICS") return Object.values(metrics);
    if (name === "FILL")
      return isList(first) ? first.map((each) => filled(each, second)) : filled(series(first), second);
    if (name === "SUM" && isList(first)) return first.reduce((left, right) => series(combined("+", left, right)));
    if (name === "DIFF") return differences(series(first));
    if (name === "IF") return chosen(series(first), second, third);
    throw new Error(`${name} is not known`);
  }

  const result = comparison();
  if (at < tokens.length) throw new Error(`${tokens.slice(at).join(" ")} is left of ${expression}`);
  return series(result);
}

const isList = (value: Value): value is readonly Series[] => Array.isArray(value) && value.some(Array.isArray);

/** The final result has to be one series: a number is none. */
function series(value: Value): Series {
  if (typeof value === "number" || isList(value)) throw new Error("a single time series is needed");
  return value;
}

const OPERATORS: { readonly [sign: string]: (a: number, b: number) => number } = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  ">": (a, b) => Number(a > b),
  "<": (a, b) => Number(a < b),
  ">=": (a, b) => Number(a >= b),
  "<=": (a, b) => Number(a <= b),
  "==": (a, b) => Number(a === b),
  "!=": (a, b) => Number(a !== b),
};

/** Of two series, what one of them lacks counts as 0; what both lack, or one beside a number, is lacking. */
function combined(sign: string, left: Value, right: Value): Value {
  const apply = OPERATORS[sign];
  if (!apply) throw new Error(`${sign} is not known`);
  if (typeof left === "number" && typeof right === "number") return apply(left, right);
  if (typeof right === "number") return series(left).map((a) => (a === undefined ? a : apply(a, right)));
  if (typeof left === "number") return series(right).map((b) => (b === undefined ? b : apply(left, b)));
  const others = series(right);
  return series(left).map((a, i) => {
    const b = others[i];
    return a === undefined && b === undefined ? undefined : apply(a ?? 0, b ?? 0);
  });
}

function filled(values: Series, by: Value | undefined): Series {
  if (typeof by !== "number") throw new Error("FILL by a number alone is known");
  return values.map((value) => value ?? by);
}

/** The first value has none before it. */
function differences(values: Series): Series {
  return values.map((value, i) => {
    const former = values.slice(0, i).findLast((each) => each !== undefined);
    return value === undefined || former === undefined ? undefined : value - former;
  });
}

function chosen(condition: Series, yes: Value | undefined, no: Value | undefined): Series {
  const valueAt = (of: Value | undefined, i: number) =>
    of === undefined || typeof of === "number" ? of : series(of)[i];
  return condition.map((holds, i) => (holds === undefined ? undefined : valueAt(holds === 0 ? no : yes, i)));
}
