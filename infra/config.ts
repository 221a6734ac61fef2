/** What the owner of a deployment says, beside `site.yaml`. Every key is explained in `settings.ts`. */
import type { Config } from "./settings.ts";

export const config: Config = {
  name: "dripfeed",
  content: "content",
};
