/** The CDK app: the owner's config → templates. */
import { config } from "./config.ts";
import { synthesize } from "./synthesize.ts";

synthesize(config);
