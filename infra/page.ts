/** `npm run page`: bundles the scripts of the writing page into the file that is checked in. */
import { writeFileSync } from "node:fs";
import { BUILT, builtPage } from "./pagebuild.ts";

writeFileSync(BUILT, builtPage());
