/** Set up for each test file: what Node compiles for one is kept in `dist/compiled/` for the others, which import the same. */
import { enableCompileCache, flushCompileCache } from "node:module";
import { join } from "node:path";
import { afterAll } from "vitest";

enableCompileCache(join(import.meta.dirname, "../../dist/compiled"));
// A process of tests is ended before Node would write by itself.
afterAll(() => flushCompileCache());
