/** What goes wrong by name, in memory. */
import { memoryStores } from "../support/world.ts";
import { faultScenarios } from "./scenarios.ts";

faultScenarios("in memory", async () => memoryStores());
