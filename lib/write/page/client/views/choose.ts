/** A post that is another one by now: both are shown, and its author chooses. */
import { now } from "../base/clock.ts";
import { button, type Child, h } from "../base/dom.ts";
import { isMine } from "../kept/person.ts";
import { discard, keep, postAt, without } from "../kept/posts.ts";
import type { KeptPost, PostContent } from "../kept/types.ts";
import { etagOf, source } from "../sending/asking.ts";
import { writtenOf } from "../sending/properties.ts";
import { acting, alertOf } from "./parts.ts";
import { go, placeOf, type View } from "./router.ts";

export async function chooseView(id: string): Promise<View> {
  const post = await postAt(id);
  if (!post?.former || !isMine(post)) return { title: words.choose, content: [alertOf(words.gone)] };
  const { url } = post.former;
  const { body, header } = await source(url);
  const current = { url, ...etagOf(header("etag")), properties: body.properties };
  const theirs = writtenOf(body.properties, now());
  const rest = without(post, ["tried", "next", "fault"]);
  const mine = async () => {
    await keep({ ...rest, former: current, state: "waiting", tries: 0 });
    go(placeOf("waiting"));
  };
  const drop = async () => {
    await discard(post);
    go(placeOf("post", url));
  };
  return {
    title: words.choose,
    content: [
      h("p", words.chooseHint),
      versionOf(words.mine, post),
      versionOf(words.theirs, theirs),
      h(
        "div.actions",
        button(words.keepMine, acting(mine), { class: "main" }),
        button(words.keepTheirs, acting(drop)),
        button(
          words.keepBoth,
          acting(() => copied(rest)),
        ),
      ),
    ],
  };
}

/** A post of its own, which its author looks at before it goes. */
async function copied(post: KeptPost): Promise<void> {
  const id = crypto.randomUUID();
  await keep({
    ...without(post, ["former", "url", "status", "problems"]),
    id,
    made: Date.now(),
    state: "writing",
    tries: 0,
  });
  // The files are the copy's now.
  await discard({ ...post, media: [] });
  go(placeOf("kept", id));
}

const versionOf = (name: string, { title, text, tags }: PostContent): Child =>
  h("section.version", [
    h("h2", name),
    title !== "" && h("h3", title),
    h("p.excerpt", { dir: "auto" }, text),
    tags.length > 0 && h("p.note", tags.join(", ")),
  ]);
