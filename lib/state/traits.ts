/** What tells one post from another when its file is renamed. */
import type { Facts } from "../model.ts";

/** A post that is renamed and edited mostly keeps its title and the moment of its publication. */
export const headline = ({ published, title }: Pick<Facts, "published" | "title">): string => `${published} ${title}`;
