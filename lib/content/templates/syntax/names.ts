/** Names of constructs, which authors and themes write in several ways. */
import { foldedName } from "../../../base/names.ts";

/** The name as the tables spell it. */
export const keyOf = foldedName;
