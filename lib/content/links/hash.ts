/** The input hash of a post with links to others. */
import { digest } from "../../base/digest.ts";
import type { PostLinks } from "../../model.ts";

/** Moves when the post is rendered from something else, or its links lead elsewhere. */
export const linkedHash = ({ own, targets }: Pick<PostLinks, "own" | "targets">): string => digest(own, targets);

/** Of a last good entry whose links were changed, since its file cannot be rendered. */
export const relinkedHash = (former: string, targets: PostLinks["targets"]): string =>
  digest("relinked", former, targets);
