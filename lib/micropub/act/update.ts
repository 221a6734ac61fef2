/** An update → the file with the fields that it changes, and its text (Micropub 3.4). */
import { invalid } from "../../base/http/error.ts";
import { present } from "../../base/optional.ts";
import type { Grant } from "../../signin/types.ts";
import type { Site } from "../../site/types.ts";
import { withChanges } from "../edit/frontmatter.ts";
import { linesAbove, type ShownChanges, shownLines, withBeginning } from "../post/beginning/beginning.ts";
import { fieldsOf } from "../post/fields.ts";
import { pagesIn } from "../post/leading.ts";
import { contentOf, isKnownProperty, postedOf, titleOf } from "../post/posted.ts";
import { type PostFile, propertiesOf } from "../post/read.ts";
import { bodyOf, withoutBlankEnds } from "../post/text.ts";
import type { Posted, PostedContent } from "../post/types.ts";
import type { Properties, UpdateRequest } from "../request/types.ts";
import { type PostsContext, textContext } from "../store/context.ts";
import { languageToWrite } from "../store/defaults.ts";
import { applied } from "./apply.ts";
import { changesBetween, publishing } from "./fieldchanges.ts";
import { assertForm, authorsFor } from "./may.ts";
import { assertKinds } from "./mediakinds.ts";
import { asDraft } from "./withdraw.ts";

export async function updatedFile(
  context: PostsContext,
  grant: Grant,
  file: PostFile,
  request: UpdateRequest,
): Promise<Uint8Array> {
  const { site } = context;
  const all = propertiesOf(file, site);
  const whole = applied(all, request);
  const [before, after] = onlyChanged(all, whole);
  const [old, next] = [postedBefore(before, after, site), postedOf(after, site.timezone)];
  assertKinds(next, site);
  const inFields = (posted: Posted): Posted => (file.hasPhotoField ? posted : { ...posted, photos: [] });
  const { language: _, ...others } = next;
  const language = present({ language: await languageToWrite(context, file, next.language) });
  const isAnothers = before.has("author") || after.has("author");
  const fields = changesBetween(
    fieldsOf(inFields({ ...old, isDraft: false }), file.dialect, site.timezone),
    fieldsOf(
      inFields({ ...others, ...language, authors: isAnothers ? authorsFor(grant, next, site) : [], isDraft: false }),
      file.dialect,
      site.timezone,
    ),
    file,
    site,
  );
  const flags =
    next.isDraft === old.isDraft ? [] : next.isDraft ? [asDraft(file, site.timezone)] : publishing(file, site);
  const isChanged = (name: string) => before.has(name) || after.has(name);
  const content = isChanged("content") ? contentOf(after) : undefined;
  assertForm(grant, content);
  const words = isChanged("content") ? textFor(context, file, content) : undefined;
  const changed = {
    ...pagesBetween(all, whole),
    photo: isChanged("photo") && !file.hasPhotoField ? next.photos : undefined,
    video: isChanged("video") ? next.videos : undefined,
    audio: isChanged("audio") ? next.audios : undefined,
  };
  const lines = linesAfter(file, changed, old);
  return withChanges(file.bytes, { fields: [...fields, ...flags], body: bodyWith(file, words, lines) });
}

/** The lines at the beginning; `undefined` where they stay. */
function linesAfter(
  { beginning, dialect }: PostFile,
  changed: ShownChanges,
  old: Posted,
): readonly string[] | undefined {
  if (!beginning || Object.values(changed).every((each) => each === undefined)) return undefined;
  const lines = shownLines(changed, dialect, { beginning, posted: old });
  const isSame = lines.length === beginning.lines.length && beginning.lines.every(({ line }, i) => line === lines[i]);
  return isSame ? undefined : lines;
}

/** The pages to which the text leads, by the title, if they or the title differ. */
function pagesBetween(before: Properties, after: Properties): ShownChanges {
  const [formerTitle, title] = [titleOf(before), titleOf(after)];
  const [former, page] = [pagesIn(before), pagesIn(after)];
  if (title === formerTitle && JSON.stringify(former) === JSON.stringify(page)) return {};
  return { title, formerTitle, page };
}

/**
 * The properties that differ: what an update does not name may be written in any way, and stays so. Those that have no key of
 * their own are one field, and belong together.
 */
function onlyChanged(before: Properties, after: Properties): readonly [before: Properties, after: Properties] {
  const names = new Set([...before.keys(), ...after.keys()]);
  const changed = new Set([...names].filter((name) => !same(before, after, name)));
  const isOther = (name: string) => !isKnownProperty(name);
  if ([...changed].some(isOther)) for (const name of names) if (isOther(name)) changed.add(name);
  const only = (properties: Properties) => new Map([...properties].filter(([name]) => changed.has(name)));
  return [only(before), only(after)];
}

/** What is written in a file need not be what an app may send: it can be replaced, not taken away. */
function postedBefore(before: Properties, after: Properties, { timezone }: Site): Posted {
  const read = [...before].filter(([name, values]) => {
    try {
      postedOf(new Map([[name, values]]), timezone);
      return true;
    } catch (error) {
      if (after.has(name)) return false;
      throw error;
    }
  });
  return postedOf(new Map(read), timezone);
}

/** Words are put below the lines at the beginning, and these above the words, that are there. */
function bodyWith(
  { beginning, source }: PostFile,
  words: string | undefined,
  lines: readonly string[] | undefined,
): string | undefined {
  if (words === undefined && lines === undefined) return undefined;
  const former = beginning?.rest ?? source.body;
  const shown = lines ?? beginning?.lines.map(({ line }) => line) ?? [];
  const above = words === undefined ? shown : linesAbove(words, shown, former);
  return withBeginning(above, words ?? withoutBlankEnds(former), beginning?.lines.length ? former : undefined);
}

function textFor(
  context: PostsContext,
  { dialect, isMdx, isHtml, source, beginning }: PostFile,
  content: PostedContent | undefined,
): string {
  if (content === undefined) return "";
  if (!isHtml) return bodyOf(content, textContext(context, dialect, isMdx), beginning?.rest ?? source.body);
  if (content.form !== "html") throw invalid('this post is an HTML file: send its text as {"html": "<p>…</p>"}');
  return content.text.trim();
}

const same = (before: Properties, after: Properties, name: string): boolean =>
  JSON.stringify(before.get(name)) === JSON.stringify(after.get(name));
