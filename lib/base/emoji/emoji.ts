/** Emoji by their names, `tada`, as GitHub has them. */
import { EMOJI } from "./table.ts";

/** Made when it is needed first. */
let names: ReadonlyMap<string, string> | undefined;

const readNames = () =>
  new Map(
    EMOJI.split(",").flatMap((each) => {
      const [emoji = "", ...names] = each.split(" ");
      return names.map((name) => [name, emoji] as const);
    }),
  );

export function emojiOf(name: string): string | undefined {
  names ??= readNames();
  return names.get(name);
}
