/** After a deployment: what its owner has to do next, which the outputs do not say. */
import { config } from "./config.ts";
import { tellFirstCode } from "./firstcode.ts";

await tellFirstCode(config, "dist/outputs.json");
