/** What goes wrong by name, in memory. */
import { memoryStores } from "../world.ts";
import { faultScenarios } from "./scenarios.ts";

faultScenarios("in memory", async () => memoryStores());
