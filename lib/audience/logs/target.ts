/** The target of a request, as it stands after the method (RFC 9112, section 3.2). */

export interface RequestTarget {
  /** Raw; only where the target is a whole URL. */
  readonly host: string | undefined;
  readonly path: string;
  readonly query: string;
}

/** `undefined` for what is no address of a site: `*`, and the host and port of CONNECT. */
export function parseTarget(target: string): RequestTarget | undefined {
  if (target.charCodeAt(0) === 0x2f) return split(undefined, target);
  const whole = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@]+)/i.exec(target);
  if (!whole) return undefined;
  const rest = target.slice(whole[0].length);
  return split(whole[1], rest.startsWith("/") ? rest : `/${rest}`);
}

function split(host: string | undefined, target: string): RequestTarget {
  const mark = target.indexOf("?");
  if (mark < 0) return { host, path: target, query: "" };
  return { host, path: target.slice(0, mark), query: target.slice(mark + 1) };
}
