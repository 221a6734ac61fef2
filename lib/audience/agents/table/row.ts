/** How a row of the table of agents is written. */

/**
 * The name that people see, then the tokens by which a User-Agent is recognised; without tokens, the name is the token. A token
 * matches in any case, where no letter or digit stands before or after it, and not within a URL; one that starts with `^` only at the
 * beginning of the User-Agent, one that ends with `$` only at its end.
 */
export type AgentRow = readonly [name: string, ...tokens: string[]];
