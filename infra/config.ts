/** The owner's configuration of a deployment, besides `site.yaml`. `settings.ts` explains every key. */
import type { Config } from "./settings.ts";

export const config: Config = {
  name: "dripfeed",
  content: "content",
};
