/** Components of MDX by their names. */
import { keyOf } from "../../syntax/names.ts";
import type { Render } from "../../types.ts";
import { table } from "../call.ts";
import { SHARED } from "../shared.ts";

/** Components whose parts are called by their names, as in `<Tabs.Tab>`. */
const PARTS = /^(?:Tabs|Cards|Steps|CardGroup|Accordion|Accordions)\./;

/** As a component an avatar may stand for a name in a sentence, so that it is missed. */
const OWN = table(["head script style", () => ""], ["avatar", () => undefined]);
const COMPONENTS: ReadonlyMap<string, Render> = new Map([...SHARED, ...OWN]);

/** The renderer of a component; a fragment, `<>`, has no name. */
export const componentOf = (name: string): Render | undefined =>
  COMPONENTS.get(name === "" ? "fragment" : keyOf(name.replace(PARTS, "")));
