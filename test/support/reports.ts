/** Reports of runs that found nothing to do, but for what a test says of them. */
import type { Report } from "../../lib/publish/types.ts";

const NONE = { list: 0, get: 0, put: 0, delete: 0 };

export const reportOf = (more: Partial<Report> = {}): Report => ({
  ...{ dryRun: false, heldBack: {}, entries: { rendered: 0, cached: 0 }, put: [], removed: [], unchanged: 0 },
  records: { public: 0, future: 0, expired: 0, hidden: 0, broken: 0, conflicting: 0, removed: 0 },
  problems: [],
  operations: { content: NONE, public: NONE, state: NONE },
  took: 10,
  ...more,
});
