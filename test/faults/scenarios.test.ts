/** The named fault scenarios on memory stores. */
import { memoryStores } from "../support/world.ts";
import { faultScenarios } from "./scenarios.ts";

faultScenarios("in memory", async () => memoryStores());
